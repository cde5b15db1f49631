//! What is wrong with a document, in words?

use super::kinds::short;
use crate::phrase::Phrase;
use crate::place::Span;

/// Something in a document that its standard does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// the key: `maintenance.contacts[0].email`; foreign
    pub key: String,
    /// the key's or the value's place; of what is missing, the place of what should hold it
    pub span: Option<Span>,
    /// what is wrong, as the end of a sentence
    pub why: Phrase,
    /// whether it breaks the standard; false for what is only out of date
    pub breaks: bool,
}

/// A file that a document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// the key
    pub key: String,
    /// the place of the value
    pub span: Span,
    /// the path or address, as written; foreign
    pub value: String,
    /// what its name may end in; anything where there is none
    pub endings: &'static [String],
}

/// A sort of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Text,
    YesNo,
    List,
    Section,
}

/// A value of another sort than the wanted one.
pub(super) fn wrong_sort(wanted: Sort) -> Phrase {
    match wanted {
        Sort::Text => Phrase::new(
            "here stands no single text; the standard wants one",
            "hier steht kein einzelner Text; der Standard verlangt einen",
        ),
        Sort::YesNo => Phrase::new(
            "the standard wants true or false here (yes, no, on and off are texts in YAML 1.2)",
            "der Standard verlangt hier true oder false (yes, no, on und off sind in YAML 1.2 Texte)",
        ),
        Sort::List => Phrase::new(
            "here stands no list; the standard wants one, even of a single entry",
            "hier steht keine Liste; der Standard verlangt eine, auch für einen einzelnen Eintrag",
        ),
        Sort::Section => Phrase::new(
            "here stand no keys; the standard wants a section with keys of its own",
            "hier stehen keine Schlüssel; der Standard verlangt einen Abschnitt mit eigenen Schlüsseln",
        ),
    }
}

pub(super) fn missing() -> Phrase {
    Phrase::new("is missing; the standard asks for it", "fehlt; der Standard verlangt das")
}

pub(super) fn missing_where(neighbour: &str, value: &str) -> Phrase {
    Phrase::new(
        "is missing; the standard asks for it where {neighbour} is {value}",
        "fehlt; der Standard verlangt das, wenn {neighbour} den Wert {value} hat",
    )
    .with("neighbour", neighbour)
    .with("value", short(value))
}

pub(super) fn misplaced(neighbour: &str, only: &[String]) -> Phrase {
    Phrase::new("may stand only where {neighbour} is {only}", "darf nur stehen, wenn {neighbour} den Wert {only} hat")
        .with("neighbour", neighbour)
        .with("only", only.join(" / "))
}

pub(super) fn not_beside(neighbour: &str) -> Phrase {
    Phrase::new("stands beside {neighbour}, which means the same", "steht neben {neighbour}, das dasselbe bedeutet")
        .with("neighbour", neighbour)
}

pub(super) fn empty() -> Phrase {
    Phrase::new("is empty", "ist leer")
}

pub(super) fn twice() -> Phrase {
    Phrase::new("stands here more than once", "steht hier mehr als einmal")
}

/// A key that the standard has not; `near` is one it has.
pub(super) fn unknown(near: Option<&str>) -> Phrase {
    match near {
        Some(near) => Phrase::new(
            "the standard has no such key; perhaps {near} is meant",
            "der Standard kennt diesen Schlüssel nicht; gemeint ist vielleicht {near}",
        )
        .with("near", near),
        None => Phrase::new("the standard has no such key here", "der Standard kennt diesen Schlüssel hier nicht"),
    }
}

/// A word that is none of a list.
pub(super) fn no_word(value: &str, words: &[String]) -> Phrase {
    const MOST: usize = 10;
    let near = nearest(value, words.iter().map(String::as_str));
    if words.len() <= MOST {
        return Phrase::new("{value} is none of {words}", "{value} ist keines von {words}")
            .with("value", short(value))
            .with("words", words.join(", "));
    }
    match near {
        Some(near) => Phrase::new(
            "{value} is not among the words that the standard allows; perhaps {near} is meant",
            "{value} gehört nicht zu den Wörtern, die der Standard zulässt; gemeint ist vielleicht {near}",
        )
        .with("value", short(value))
        .with("near", near),
        None => Phrase::new(
            "{value} is not among the words that the standard allows",
            "{value} gehört nicht zu den Wörtern, die der Standard zulässt",
        )
        .with("value", short(value)),
    }
}

pub(super) fn too_short(length: usize, least: usize) -> Phrase {
    Phrase::new(
        "has {length} characters; the standard asks for at least {least}",
        "hat {length} Zeichen; der Standard verlangt mindestens {least}",
    )
    .with("length", length.to_string())
    .with("least", least.to_string())
}

pub(super) fn too_long(length: usize, most: usize) -> Phrase {
    Phrase::new(
        "has {length} characters; the standard allows {most} at most",
        "hat {length} Zeichen; der Standard lässt höchstens {most} zu",
    )
    .with("length", length.to_string())
    .with("most", most.to_string())
}

pub(super) fn deprecated(since: &str, instead: Option<&str>) -> Phrase {
    match instead {
        Some(instead) => Phrase::new(
            "is out of date since version {since}; {instead} takes its place",
            "ist seit Version {since} veraltet; an seine Stelle tritt {instead}",
        )
        .with("since", since)
        .with("instead", instead),
        None => Phrase::new(
            "is out of date since version {since} and can be left out",
            "ist seit Version {since} veraltet und kann wegfallen",
        )
        .with("since", since),
    }
}

pub(super) fn newer(since: &str, version: &str) -> Phrase {
    Phrase::new(
        "came with version {since}, but the file says that it follows {version}",
        "kam mit Version {since}; die Datei sagt aber, dass sie {version} folgt",
    )
    .with("since", since)
    .with("version", short(version))
}

pub(super) fn unknown_version(version: &str, newest: &str) -> Phrase {
    Phrase::new(
        "{version} is no version of the standard that validators accept; the newest known here is {newest}",
        "{version} ist keine Version des Standards, die Prüfprogramme annehmen; die neueste hier bekannte ist {newest}",
    )
    .with("version", short(version))
    .with("newest", newest)
}

pub(super) fn other_version(version: &str) -> Phrase {
    Phrase::new(
        "it follows version {version} of its standard, which is not looked at here",
        "es folgt Version {version} des Standards, die hier nicht geprüft wird",
    )
    .with("version", short(version))
}

pub(super) fn version_no_text(version: &str) -> Phrase {
    Phrase::new(
        "is a number here; the version must be a text, in quotes: \"{version}\"",
        "ist hier eine Zahl; die Version muss ein Text sein, in Anführungszeichen: \"{version}\"",
    )
    .with("version", short(version))
}

pub(super) fn language(tag: &str) -> Phrase {
    Phrase::new("{tag} is no language tag of BCP 47 (de, en-GB)", "{tag} ist kein Sprachkürzel nach BCP 47 (de, en-GB)")
        .with("tag", short(tag))
}

/// The known word that another is most like, if it is like one at all.
pub(super) fn nearest<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    const LONGEST: usize = 60;
    if word.len() > LONGEST {
        return None;
    }
    let folded = word.to_lowercase().replace(['_', ' '], "-");
    let distance = |one: &str| strsim::damerau_levenshtein(&folded, &one.to_lowercase());
    known.map(|one| (distance(one), one)).min().filter(|(far, one)| far * 3 <= one.len()).map(|(_, one)| one)
}
