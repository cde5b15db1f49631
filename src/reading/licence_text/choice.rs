//! Do several licences that are named apply together, or may one be chosen?

use super::expression;
use super::lists::lists;
use super::mention::{Mention, Named};
use super::place::Place;
use super::statement::{Context, How, Statement};
use super::work;

/// A longer text than this many words names a GNU licence without its version in passing, unless it does so early.
const LONG: usize = 360;
/// More licences than these are a list of licences, not a statement.
const MOST: usize = 8;

/// Adds names that are joined to one that states a licence by nothing but a comma, a slash, *and* or *or*, and that
/// alone would say too little: `MIT` in "MIT/GPL2 licensed", `BSD` in "dual BSD/GPL".
pub(super) fn join_neighbours(context: &Context<'_>, mentions: &[Mention], stated: &mut [bool]) {
    const JOINING: &[&str] =
        &["or", "and", "oder", "und", "ou", "et", "the", "a", "either", "license", "licenses", "style", "dual", "gnu"];
    /// Words between two names that are still joined.
    const APART: usize = 4;
    let joined = |first: &Mention, second: &Mention| {
        let between = first.tokens.end..second.tokens.start;
        let gap = context.gap(first, second);
        between.len() <= APART
            && between.clone().all(|at| JOINING.contains(&context.word(at)))
            && !gap.contains(['.', ';', '(', '|', '#', '*'])
            && gap.matches('\n').count() < 2
            && (gap.contains(['/', '&', ',', '+']) || !between.is_empty())
    };
    let extends = |mention: &Mention| {
        let vague = matches!(&mention.licence, Named::Vague(_)) || matches!(&mention.licence, Named::Gnu(_));
        (mention.weak || vague) && !matches!(&mention.licence, Named::Exception(_))
    };
    let mut forward: Vec<usize> = (1..mentions.len()).collect();
    // Forward first, then back: each pass carries on over a whole list of names.
    for back in [false, true] {
        if back {
            forward.reverse();
        }
        for at in &forward {
            work::steps(1);
            let (Some(first), Some(second)) = (mentions.get(at - 1), mentions.get(*at)) else { continue };
            let (known, other, new) = if back { (*at, at - 1, first) } else { (at - 1, *at, second) };
            let is = |at: usize| stated.get(at).copied().unwrap_or_default();
            if is(known)
                && !is(other)
                && extends(new)
                && joined(first, second)
                && let Some(stated) = stated.get_mut(other)
            {
                *stated = true;
            }
        }
    }
}

/// One expression from all that was stated.
pub(super) fn combine(context: &Context<'_>, stated: &[&Mention]) -> Option<Statement> {
    let choice = context.offers_choice(stated) || context.is_alternative(stated);
    let shared = share_versions(context, stated);
    let stated: Vec<&Mention> = shared.iter().collect();
    let heard = heard(context, &stated, choice);
    let mut parts: Vec<String> = Vec::new();
    let mut vague: Vec<&'static str> = Vec::new();
    let mut operators: Vec<&str> = Vec::new();
    let mut last: Option<&Mention> = None;
    for mention in &heard {
        if let Named::Exception(exception) = mention.licence {
            if let Some(part) = parts.iter_mut().rev().find(|part| part.contains("GPL-") && !part.contains(" WITH ")) {
                part.push_str(" WITH ");
                part.push_str(exception);
            }
            continue;
        }
        let id = mention.licence.id();
        if let Named::Vague(stands_for) = mention.licence {
            // Named with its version elsewhere in the same statement.
            if parts.iter().any(|part| same_family(part, &id)) {
                last = Some(mention);
                continue;
            }
            vague.push(stands_for);
        } else if let Some(at) = parts.iter().position(|part| vague.contains(&part.as_str()) && same_family(part, &id))
        {
            vague.retain(|other| parts.get(at).is_none_or(|part| part != other));
            if let Some(part) = parts.get_mut(at) {
                *part = id;
            }
            last = Some(mention);
            continue;
        }
        let offered = matches!(mention.licence, Named::Listed(_)) && id.contains(" OR ");
        if let (Some(last), false) = (last, parts.iter().any(|part| names(part, &id))) {
            operators.push(context.between(last, mention));
        }
        if offered {
            operators.push("OR");
        }
        let ids: Vec<&str> = if offered { id.split(" OR ").collect() } else { vec![&id] };
        for id in ids {
            add(&mut parts, id);
        }
        last = Some(mention);
    }
    let any_or = choice || operators.contains(&"OR");
    // A family without a version says enough only where it may be chosen beside a GNU licence.
    if !any_or || !parts.iter().any(|part| part.contains("GPL-")) {
        parts.retain(|part| !vague.contains(&part.as_str()));
        vague.clear();
    }
    if parts.len() > MOST {
        return None;
    }
    let expression = (!parts.is_empty()).then(|| expression::join(&parts, if any_or { "OR" } else { "AND" }))?;
    let place = |mention: &&Mention| {
        let start = context.tokens.get(mention.tokens.start)?.at;
        Some(start..context.tokens.get(mention.tokens.end.checked_sub(1)?)?.until)
    };
    let without_grant = heard.iter().any(|mention| matches!(&mention.licence, Named::Gnu(gnu) if gnu.later.is_none()))
        && !heard.iter().any(|mention| matches!(&mention.licence, Named::Gnu(gnu) if gnu.later.is_some()));
    let at = heard.iter().filter_map(place).collect();
    Some(Statement { expression, how: How::Name, without_grant, choice: any_or, vague, at })
}

/// Adds a licence that is named. `-only` by default gives way to a grant made elsewhere in the same text.
fn add(parts: &mut Vec<String>, id: &str) {
    let family = |id: &str| id.trim_end_matches("-only").trim_end_matches("-or-later").to_owned();
    if let Some(part) = parts.iter_mut().find(|part| part.contains("GPL-") && family(part) == family(id)) {
        if id.ends_with("-or-later") && part.ends_with("-only") {
            *part = id.to_owned();
        }
    } else if !parts.iter().any(|part| names(part, id)) {
        parts.push(id.to_owned());
    }
}

/// Whether a part names this licence already, with an exception or not.
fn names(part: &str, id: &str) -> bool {
    part == id || part.strip_prefix(id).is_some_and(|rest| rest.starts_with(" WITH "))
}

/// "GPL or LGPL version 2": the version behind the second name is that of the first, too.
fn share_versions(context: &Context<'_>, stated: &[&Mention]) -> Vec<Mention> {
    let mut shared: Vec<Mention> = stated.iter().map(|mention| (*mention).clone()).collect();
    for at in (1..shared.len()).rev() {
        let (before, behind) = shared.split_at_mut(at);
        let (Some(first), Some(second)) = (before.last_mut(), behind.first()) else { continue };
        let apart = second.tokens.start - first.tokens.end;
        let joined = apart <= 2
            && (first.tokens.end..second.tokens.start)
                .all(|at| matches!(context.word(at), "or" | "and" | "the" | "gnu"));
        if let (Named::Gnu(one), Named::Gnu(other)) = (&mut first.licence, &second.licence)
            && one.version.is_none()
            && joined
            && one.family != other.family
            && other.version.is_some_and(|version| exists(one.family, version))
        {
            one.version = other.version;
            one.later = other.later;
        }
    }
    shared
}

/// Whether a GNU licence has this version.
fn exists(family: &str, version: &str) -> bool {
    matches!((family, version), ("GPL" | "LGPL", "2.0" | "3.0") | ("LGPL", "2.1") | ("AGPL", "3.0"))
}

/// What of the statements counts: "See the GNU General Public License for more details" says nothing beside the
/// version named before.
fn heard<'m>(context: &Context<'_>, stated: &[&'m Mention], choice: bool) -> Vec<&'m Mention> {
    let specific: Vec<&str> = stated
        .iter()
        .filter_map(|mention| match &mention.licence {
            Named::Gnu(gnu) if gnu.version.is_some() => Some(gnu.family),
            _ => None,
        })
        .collect();
    let any_other = |family: &str| {
        stated
            .iter()
            .any(|other| !matches!(&other.licence, Named::Gnu(gnu) if gnu.version.is_none() && gnu.family == family))
    };
    let counts = |mention: &&Mention| match &mention.licence {
        Named::Gnu(gnu) if gnu.version.is_none() => {
            let related = specific.contains(&gnu.family) || gnu.family == "GPL" && !specific.is_empty();
            let long =
                context.tokens.len() > LONG && context.place == Place::LicenceFile && mention.tokens.start > LONG / 2;
            let guess = context.place == Place::Document || gnu.family == "AGPL" || long || any_other(gnu.family);
            !related && (choice || !guess)
        }
        _ => true,
    };
    stated.iter().copied().filter(counts).collect()
}

/// Whether two ids differ in their version only: `BSD-2-Clause` and `BSD-3-Clause`, `MPL-1.1` and `MPL-2.0`.
pub(super) fn same_family(one: &str, other: &str) -> bool {
    let family = |id: &str| id.split('-').next().unwrap_or_default().to_owned();
    family(one) == family(other)
}

impl Context<'_> {
    /// Whether the words between two names offer a choice.
    fn between(&self, first: &Mention, second: &Mention) -> &'static str {
        let mut words: Vec<&str> = (first.tokens.end..second.tokens.start).map(|at| self.word(at)).collect();
        // "redistribute it and/or modify it" is no choice between licences.
        while let Some(at) = words.windows(2).position(|two| matches!(two, ["and", "or"])) {
            words.drain(at..at + 2);
        }
        let first_or = words.iter().position(|word| lists().or.contains(*word));
        let slash = words.is_empty() && self.gap(first, second).trim() == "/";
        let far = words.len() > 40 && !words.iter().any(|word| word.starts_with("alternativ"));
        if first_or == Some(0) || !far && first_or.is_some() && !words.contains(&"and") || slash { "OR" } else { "AND" }
    }

    /// The text between two names.
    fn gap(&self, first: &Mention, second: &Mention) -> &str {
        let end = first.tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.until);
        self.text.get(end..self.at(second)).unwrap_or_default()
    }

    /// Whether something stated is said to be an alternative to what stands before: "Alternatively, … under the GPL",
    /// "This software is also made available under …".
    fn is_alternative(&self, stated: &[&Mention]) -> bool {
        stated.iter().any(|mention| {
            let lead = self.lead(mention);
            let also = lead.iter().position(|word| matches!(*word, "also" | "optionally" | "auch"));
            let (before, behind) = lead.split_at(also.unwrap_or(lead.len()));
            // "This license is also available with a FAQ at …" speaks of the licence, not of the work.
            let of_work = before.iter().any(|word| lists().work.contains(*word) || matches!(*word, "version" | "file"))
                && !before.contains(&"license");
            lead.iter().any(|word| word.starts_with("alternativ"))
                || of_work && behind.iter().any(|word| lists().grants.contains(*word))
        })
    }

    /// "either of", "at your option", "dual-licensed", near the names.
    fn offers_choice(&self, heard: &[&Mention]) -> bool {
        let (Some(first), Some(last)) = (heard.first(), heard.last()) else { return false };
        let window = first.tokens.start.saturating_sub(20)..(last.tokens.end + 12).min(self.tokens.len());
        let names = |at: usize| heard.iter().any(|mention| mention.tokens.contains(&at));
        window.filter(|at| !names(*at)).any(|at| {
            let next = self.word(at + 1);
            match self.word(at) {
                "either" => {
                    !matches!(next, "express" | "version" | "expressed" | "to" | "in" | "implied")
                        && !next.starts_with(|c: char| c.is_ascii_digit())
                }
                "your" => {
                    matches!(next, "option" | "choice") && self.word(at + 2) != "any" && self.word(at + 2) != "version"
                }
                "dual" | "duallicensed" | "wahlweise" | "alternatively" | "multilicensed" => true,
                "multi" | "triple" | "tri" => next.starts_with("licens"),
                "choice" => next == "of",
                "any" | "one" => {
                    next == "of"
                        && (self.word(at + 2) == "the" && self.is_licences(at + 3)
                            || matches!(self.word(at + 2), "two" | "these" | "three"))
                }
                "ihrer" => next == "wahl" && !matches!(self.word(at + 2), "jeder" | "einer"),
                _ => false,
            }
        })
    }

    /// `licences`, `following licences`, `two licences` at a word.
    fn is_licences(&self, at: usize) -> bool {
        let word = self.word(at);
        word.starts_with("licen")
            || matches!(word, "following" | "two" | "three") && self.word(at + 1).starts_with("licen")
    }
}

#[cfg(test)]
mod tests {
    use super::super::statement::statement;
    use super::*;

    #[test]
    fn choices() {
        for (place, text, wanted) in [
            (Place::Source, "// MIT/GPL2 Licensed\n", "MIT OR GPL-2.0-only"),
            (Place::Source, "Dual licensed under the MIT and GPL licenses", "MIT OR GPL-1.0-or-later"),
            (Place::Source, "you may use it under a dual BSD/GPLv2 license.", "BSD-3-Clause OR GPL-2.0-only"),
            (
                Place::Source,
                "under the terms of the GNU General Public License version 2 as\n * published by the Free Software \
                 Foundation.\n *\n * Alternatively, this may be distributed under the terms of BSD\n * license.\n",
                "GPL-2.0-only OR BSD-3-Clause",
            ),
            (
                Place::Source,
                "is available under the LGPL, MPL or BSD license (at your choice).",
                "LGPL-2.0-or-later OR MPL-1.1 OR BSD-3-Clause",
            ),
            (
                Place::Source,
                "distribute under the terms of either the GNU General Public\n# License or the Artistic License",
                "GPL-1.0-or-later OR Artistic-1.0-Perl",
            ),
            (
                Place::Source,
                "redistribute it under the same terms as Perl itself.",
                "Artistic-1.0-Perl OR GPL-1.0-or-later",
            ),
            (
                Place::Source,
                "subject to the terms of either the GNU General Public License Version 2 only (\"GPL\") or the Common \
                 Development and Distribution License(\"CDDL\") (collectively, the \"License\").",
                "GPL-2.0-only OR CDDL-1.0",
            ),
            // Without a choice a family says too little, and so it does beside licences that come in many versions.
            (Place::Source, "parts are licensed under the GPLv2 and the BSD license", "GPL-2.0-only"),
            (Place::Source, "licensed under the Apache License 2.0 or the BSD license", "Apache-2.0"),
            (
                Place::Source,
                "under the terms of the GPL version 3. Under Section 7 of GPL version 3, you are granted permissions described in the GCC Runtime Library Exception",
                "GPL-3.0-only WITH GCC-exception-3.1",
            ),
            (
                Place::LicenceFile,
                "[\"MIT\", \"ISC\", \"Zlib\", \"0BSD\", \"CC0-1.0\", \"Unlicense\", \"WTFPL\", \"BSL-1.0\", \"MPL-2.0\"]",
                "",
            ),
        ] {
            let stated = statement(text, place, &[]).map(|statement| statement.expression).unwrap_or_default();
            assert_eq!(stated, wanted, "{text}");
        }
    }

    #[test]
    fn families() {
        assert!(same_family("BSD-2-Clause", "BSD-3-Clause") && same_family("MPL-1.1", "MPL-2.0"));
        assert!(!same_family("MIT", "MPL-2.0") && !same_family("CC-BY-4.0", "BSD-3-Clause"));
    }
}
