//! Does a change of a licence's words change what it says?

use super::lists::lists;

/// A longer change is no variant that a steward made.
const LONG: usize = 600;

/// Whether a change leaves the sense as it was: spelling, spacing, small words, the name of those who hold the rights.
/// `next` are the words of the licence that follow.
pub(super) fn harmless(new: &[&str], old: &[&str], next: &[&str]) -> bool {
    if new.len() + old.len() < LONG {
        let known = |words: &[&str]| {
            let joined = words.join(" ");
            lists().variants.iter().fold(joined, |rest, variant| rest.replace(variant.as_str(), ""))
        };
        let (left, gone) = (known(new), known(old));
        let (left, gone): (Vec<&str>, Vec<&str>) =
            (left.split_whitespace().collect(), gone.split_whitespace().collect());
        let some_known = left.len() < new.len() || gone.len() < old.len();
        // The foreword of Creative Commons goes with everything that stands in it.
        const NO_LAW_FIRM: &str = "not a law firm and does not provide legal services";
        if some_known && !weighs(&left, &gone) || [new, old].iter().any(|words| words.join(" ").contains(NO_LAW_FIRM)) {
            return true;
        }
    }
    let template = !old.is_empty() && old.iter().all(|word| lists().placeholders.contains(*word));
    if template && new.len() <= 20 && !new.iter().any(|word| lists().never_a_name.contains(*word)) {
        return true;
    }
    let endorsing = |words: &[&str]| {
        words.iter().filter(|word| lists().weighty.contains(**word)).all(|word| lists().endorsing.contains(*word))
    };
    if (next.contains(&"endorse") || next.contains(&"promote")) && endorsing(new) && endorsing(old) {
        return true;
    }
    let spelling = || new.len() == old.len() && new.iter().zip(old).all(|(new, old)| typo(new, old));
    let small = || new.iter().chain(old).all(|word| lists().small.contains(*word));
    new.concat() == old.concat() || spelling() || small()
}

/// Whether one word is the other with up to two letters wrong.
fn typo(new: &str, old: &str) -> bool {
    if new == old {
        return true;
    }
    let (new, old): (Vec<char>, Vec<char>) = (new.chars().collect(), old.chars().collect());
    if old.len() < 4 || new.len().abs_diff(old.len()) > 2 {
        return false;
    }
    let front = new.iter().zip(&old).take_while(|(a, b)| a == b).count();
    let back = new.iter().rev().zip(old.iter().rev()).take_while(|(a, b)| a == b).count();
    let longest = new.len().max(old.len());
    front + back + 2 >= longest && front + back >= 2
}

/// Whether a change speaks of what is allowed and on which terms.
pub(super) fn weighs(new: &[&str], old: &[&str]) -> bool {
    let only_in = |these: &[&str], those: &[&str]| {
        these.iter().any(|word| lists().weighty.contains(*word) && count(these, word) > count(those, word))
    };
    only_in(new, old) || only_in(old, new)
}

fn count(words: &[&str], word: &str) -> usize {
    words.iter().filter(|other| **other == word).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes() {
        for (new, old, next, wanted) in [
            ("furnised", "furnished", "", "harmless"),
            ("non infringement", "noninfringement", "", "harmless"),
            ("the", "", "", "harmless"),
            ("ada example foundation", "holder", "", "harmless"),
            ("including the next paragraph", "", "", "harmless"),
            ("may not", "nor the names of its holder may", "be used to endorse or promote products", "harmless"),
            ("may not", "may", "be used commercially", "matters"),
            ("only", "", "", "matters"),
            ("", "sell", "", "matters"),
            ("public authority", "person", "", "matters"),
            ("this permission may be revoked at any time", "", "", "matters"),
            ("berlin", "paris", "", "differs"),
        ] {
            let words = |text: &'static str| text.split_whitespace().collect::<Vec<&str>>();
            let (new, old, next) = (words(new), words(old), words(next));
            let found = match (harmless(&new, &old, &next), weighs(&new, &old)) {
                (true, _) => "harmless",
                (false, true) => "matters",
                (false, false) => "differs",
            };
            assert_eq!(found, wanted, "{new:?} {old:?}");
        }
    }
}
