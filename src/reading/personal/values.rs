//! Do the cells of a column look like what its header says?

use super::words::{WORDS, fold, is_part_of_name};
use regex::Regex;
use std::sync::LazyLock;

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:mailto:)?([^\s@<>,;]{1,64})@([^\s@<>,;]+\.[a-zA-Zäöü]{2,})$").expect("tested"));
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\+|00)?\(?[0-9][0-9\s()/.–-]{5,24}$").expect("tested"));
/// A date with its year: at the beginning, or at the end.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year = "(?:18|19|20)[0-9]{2}";
    let first = format!(r"({year})[-./](?:0?[1-9]|1[0-2])[-./][0-3]?[0-9](?:[T ].*)?");
    let last = format!(r"[0-3]?[0-9][-./][0-3]?[0-9][-./]({year})");
    Regex::new(&format!("^(?:{first}|{last})$")).expect("tested")
});
/// A street with the number of a house.
static HOUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\pL[\pL'’.\s-]+\s[0-9]+\s?[a-zA-Z]?(?:[\s,/-].*)?|[0-9]+\s?[a-zA-Z]?,?\s\pL.+)$").expect("tested")
});

/// The part of an address for e-mail before the @, and its domain, in small letters.
pub(super) fn email(cell: &str) -> Option<(String, String)> {
    let parts = EMAIL.captures(cell.trim())?;
    Some((parts.get(1)?.as_str().to_lowercase(), parts.get(2)?.as_str().to_lowercase()))
}

/// Whether an address belongs to an office rather than a person.
pub(super) fn is_office(mailbox: &str) -> bool {
    let boxes = &WORDS.office.boxes;
    boxes.contains(mailbox) || mailbox.split(['.', '-', '_', '+']).any(|part| boxes.contains(part))
}

/// Whether a service gives addresses of this domain to private persons.
pub(super) fn is_private(domain: &str) -> bool {
    WORDS.office.private.contains(domain)
}

/// Whether nobody has addresses of this domain.
pub(super) fn is_made_up(domain: &str) -> bool {
    domain.split(['.', '-']).any(|part| WORDS.synthetic.domains.contains(part))
}

/// Whether a cell is a phone number.
pub(super) fn is_phone(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits) && PHONE.is_match(cell) && !DATE.is_match(cell)
}

/// The year of a date.
pub(super) fn year(cell: &str) -> Option<u32> {
    let parts = DATE.captures(cell)?;
    parts.get(1).or(parts.get(2))?.as_str().parse().ok()
}

/// Whether a cell is a street with the number of a house.
pub(super) fn is_house(cell: &str) -> bool {
    HOUSE.is_match(cell)
}

/// Whether a cell can be a given name, or a family name, alone.
pub(super) fn is_one_name(cell: &str) -> bool {
    is_name(cell, 1, 3)
}

/// Whether a cell can be the name of a person, given and family name.
pub(super) fn is_full_name(cell: &str) -> bool {
    is_name(cell, 2, 4)
}

fn is_name(cell: &str, least: usize, most: usize) -> bool {
    const PARTICLES: &[&str] =
        &["von", "van", "de", "di", "da", "del", "der", "den", "zu", "la", "le", "dos", "dr", "prof"];
    let letters = cell.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ','));
    if !letters || cell.chars().count() > 40 {
        return false;
    }
    let words: Vec<&str> = cell.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &&&str| {
        let folded = fold(word);
        !PARTICLES.contains(&folded.as_str())
    };
    let names: Vec<&&str> = words.iter().filter(is_name).collect();
    let written = names.iter().all(|word| word.chars().next().is_some_and(char::is_uppercase))
        || least == 1 && names.len() == 1 && cell.chars().all(char::is_lowercase);
    (least..=most).contains(&names.len())
        && written
        && names.iter().all(|word| is_part_of_name(&fold(word)))
        && names.iter().any(|word| word.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        for (cell, yes) in [("Jan Kruse", true), ("Kruse, Jan-Ole", true), ("Dr. Ilse von Hagen", true)] {
            assert_eq!(is_full_name(cell), yes, "{cell}");
        }
        for cell in
            ["Stadt Köln", "BRCA1", "Linde", "Museum für Kunst", "am alten Markt", "Hauptstraße 5", "", "a b c d e f"]
        {
            assert!(!is_full_name(cell), "{cell}");
        }
        assert!(
            is_one_name("Kruse") && is_one_name("KRUSE") && !is_one_name("x1") && !is_one_name("Quercus robur und x")
        );
        for (cell, yes) in [
            ("+49 30 1234567", true),
            ("(0221) 98 76 54", true),
            ("12.03.1987", false),
            ("5", false),
            ("52.5200", false),
            ("abc", false),
        ] {
            assert_eq!(is_phone(cell), yes, "{cell}");
        }
        for (cell, expected) in [
            ("1987-03-12", Some(1987)),
            ("12.03.1987", Some(1987)),
            ("3/12/1987", Some(1987)),
            ("1987", None),
            ("12.03.87", None),
        ] {
            assert_eq!(year(cell), expected, "{cell}");
        }
        assert!(is_house("Lindenweg 5") && is_house("12 rue de la Paix") && !is_house("Lindenweg") && !is_house("5"));
    }

    #[test]
    fn addresses() {
        assert_eq!(email("J.Kruse@posteo.muster"), Some(("j.kruse".into(), "posteo.muster".into())));
        assert_eq!(email("no address"), None);
        for mailbox in &WORDS.office.boxes {
            assert!(is_office(mailbox), "{mailbox}");
        }
        for domain in &WORDS.office.private {
            assert!(is_private(domain) && !is_made_up(domain), "{domain}");
        }
        for part in &WORDS.synthetic.domains {
            assert!(is_made_up(&format!("{part}.org")) && is_made_up(&format!("mail.{part}")), "{part}");
        }
        assert!(!is_office("jan.kruse") && is_office("info.bezirk") && !is_made_up("posteo.muster"));
    }
}
