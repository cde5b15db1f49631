//! Which rules are there, and what may a rule ask? The generated `rules/README.md`, and the table of the README.

use super::words;
use crate::phrase::{Lang, Words};
use crate::rule::{Level, Norms, Precision, Rule, Severity, Vocabulary};
use crate::signal::{Kind, Signal};
use std::fmt::Write as _;

/// The index of all rules, and everything a rule may say: the manual for authors, as Markdown. The English one is
/// `rules/README.md`, the German one `rules/README.de.md`.
pub fn index(rules: &[Rule], lang: Lang) -> String {
    index_of(rules, &Vocabulary::of_rooms(), lang)
}

pub(super) fn index_of(rules: &[Rule], vocabulary: &Vocabulary, lang: Lang) -> String {
    let mut text = format!("{}\n\n", lang.pick(HEAD.en, HEAD.de));
    for level in Level::ALL {
        let of_level = in_order(rules, level);
        if of_level.is_empty() {
            continue;
        }
        text += &format!("## {}\n\n{}\n\n", capital(level.title(lang)), level_means(level).get(lang));
        text += &table(
            &[
                Words::new("Rule", "Regel"),
                Words::new("Severity", "Schweregrad"),
                Words::new("What was found", "Was gefunden wurde"),
            ],
            lang,
        );
        for rule in of_level {
            let link = format!("[{}]({}{})", rule.id, rule.id, extension(rule, lang));
            text += &row(&[link, rule.severity.title(lang).to_owned(), rule.page(lang).title.clone()]);
        }
        text.push('\n');
    }
    text += &format!("{}\n\n", lang.pick(ASK.en, ASK.de));
    text += &format!("### `repository`\n\n{}\n\n", lang.pick(REPOSITORY.en, REPOSITORY.de));
    signals(&mut text, vocabulary.wholes.iter().map(|whole| &whole.signal), lang);
    for subject in &vocabulary.subjects {
        let each = lang.pick("One each", "Je eins");
        text += &format!("### `{}`\n\n{each}: {}.\n\n", subject.name, subject.is.get(lang));
        signals(&mut text, subject.signals.iter(), lang);
    }
    text += &block_words(lang);
    text
}

/// What is checked, as a Markdown table: rule, level, severity and title. Links lead from the root of this project.
pub fn check_table(rules: &[Rule], lang: Lang) -> String {
    let mut text = table(
        &[
            Words::new("Rule", "Regel"),
            Words::new("Level", "Stufe"),
            Words::new("Severity", "Schweregrad"),
            Words::new("What it finds", "Was sie findet"),
        ],
        lang,
    );
    for rule in Level::ALL.into_iter().flat_map(|level| in_order(rules, level)) {
        let link = format!("[{}](rules/{}{})", rule.id, rule.id, extension(rule, lang));
        text += &row(&[
            link,
            rule.level.title(lang).to_owned(),
            rule.severity.title(lang).to_owned(),
            rule.page(lang).title.clone(),
        ]);
    }
    text
}

const HEAD: Words = Words::new(
    "# Rules

What civiclint checks, and what a rule may ask. Each rule is the page it links to; the page is also what the program
reads. This index is made from the pages and the tables of the program (`UPDATE_INDEX=1 cargo test --test rules`);
[auf Deutsch](README.de.md).",
    "# Regeln

Was civiclint prüft und was eine Regel fragen kann. Jede Regel ist die Seite, zu der der Link führt; dieselbe Seite
liest auch das Programm. Diese Übersicht entsteht aus den Seiten und den Tabellen des Programms
(`UPDATE_INDEX=1 cargo test --test rules`); [in English](README.md).",
);

const ASK: Words = Words::new(
    "## What a rule may ask

A rule looks at one kind of thing (`looks-at`) and asks for its signals. Of the repository as a whole every rule may ask,
as `repository.…`. An answer may be missing: then the rule is skipped where the answer would have decided, and the reason
is shown.",
    "## Was eine Regel fragen kann

Eine Regel betrachtet eine Art von Dingen (`looks-at`) und fragt nach deren Signalen. Nach dem Repository als Ganzem kann
jede Regel fragen, mit `repository.…`. Eine Antwort kann fehlen: Hätte sie entschieden, wird die Regel übersprungen und der
Grund genannt.",
);

const REPOSITORY: Words = Words::new(
    "The repository as a whole. A rule that looks at it leaves out `repository.`.",
    "Das Repository als Ganzes. Eine Regel, die es betrachtet, lässt `repository.` weg.",
);

/// The rules of a level, the worst first.
fn in_order(rules: &[Rule], level: Level) -> Vec<&Rule> {
    let mut of_level: Vec<&Rule> = rules.iter().filter(|rule| rule.level == level).collect();
    of_level.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)));
    of_level
}

fn level_means(level: Level) -> Words {
    match level {
        Level::Publishable => Words::new("It can be put online.", "Es kann online gestellt werden."),
        Level::Reusable => Words::new(
            "Somebody else can run it, understand it and build on it.",
            "Andere können es betreiben, verstehen und darauf aufbauen.",
        ),
        Level::Sustained => Words::new(
            "It will still be alive and shared tomorrow.",
            "Es wird auch morgen noch leben und geteilt werden.",
        ),
    }
}

fn extension(rule: &Rule, lang: Lang) -> &'static str {
    match (lang, &rule.de) {
        (Lang::De, Some(_)) => ".de.md",
        _ => ".md",
    }
}

fn signals<'s>(text: &mut String, signals: impl Iterator<Item = &'s Signal>, lang: Lang) {
    *text += &table(
        &[Words::new("Signal", "Signal"), Words::new("Answer", "Antwort"), Words::new("Question", "Frage")],
        lang,
    );
    for signal in signals {
        *text += &row(&[
            format!("`{}`", signal.name),
            words::kind(signal.kind).get(lang).to_owned(),
            signal.asks.get(lang).to_owned(),
        ]);
    }
    text.push('\n');
}

/// What every word of a block means.
fn block_words(lang: Lang) -> String {
    let pick = |en: &'static str, de: &'static str| lang.pick(en, de);
    let names = |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let levels = names(Level::ALL.iter().map(|level| level.name()).collect());
    let severities = names(Severity::ALL.iter().map(|severity| severity.name()).collect());
    let precisions = names(Precision::ALL.iter().map(|precision| precision.name()).collect());
    let mut text = format!("## {}\n\n", pick("The words of the block", "Die Wörter des Blocks"));
    text +=
        &table(&[Words::new("Word", "Wort"), Words::new("Value", "Wert"), Words::new("Meaning", "Bedeutung")], lang);
    let text_kind = pick("text", "Text").to_owned();
    let conditions = pick("conditions", "Bedingungen").to_owned();
    for (word, value, meaning) in [
        (
            "level",
            levels,
            pick("the level that a finding stands in the way of", "die Stufe, der ein Befund im Weg steht"),
        ),
        (
            "severity",
            severities,
            pick("how much a finding hinders reuse", "wie sehr ein Befund die Nachnutzung behindert"),
        ),
        (
            "precision",
            precisions,
            pick(
                "how often a finding is right, as measured on labelled repositories",
                "wie oft ein Befund stimmt, gemessen an Repositorys, die von Hand beurteilt wurden",
            ),
        ),
        (
            "norms",
            pick("list of ids", "Liste von Kennungen").to_owned(),
            pick("the requirements it answers to, see below", "die Anforderungen, zu denen sie gehört, siehe unten"),
        ),
        (
            "looks-at",
            pick("a subject or `repository`", "ein Gegenstand oder `repository`").to_owned(),
            pick("what it looks at, one by one", "was sie betrachtet, eins nach dem anderen"),
        ),
        (
            "says",
            text_kind,
            pick(
                "the message of a finding; in braces stand `called`, `path`, signals and settings",
                "die Meldung eines Befunds; in geschweiften Klammern stehen `called`, `path`, Signale und Einstellungen",
            ),
        ),
        (
            "applies-when",
            conditions.clone(),
            pick(
                "asked only where all of these hold; else skipped",
                "gefragt wird nur, wo alle gelten; sonst wird übersprungen",
            ),
        ),
        (
            "finding-when",
            conditions.clone(),
            pick("a finding needs all of these", "für einen Befund müssen alle gelten"),
        ),
        ("not-when", conditions, pick("and none of these", "und keine von diesen")),
        (
            "settings",
            pick("numbers or lists", "Zahlen oder Listen").to_owned(),
            pick("what a policy may change", "was eine Richtlinie ändern kann"),
        ),
    ] {
        text += &row(&[format!("`{word}`"), value, meaning.to_owned()]);
    }
    text += &format!(
        "\n{}\n\n",
        pick(
            "A condition is a `signal` and one test. `more-than`, `less-than`, `one-of` and `none-of` may name a setting \
             instead of a value, in quotes; while that setting is an empty list, the rule is skipped.",
            "Eine Bedingung ist ein `signal` und eine Prüfung. `more-than`, `less-than`, `one-of` und `none-of` können statt des \
             Werts eine Einstellung nennen, in Anführungszeichen; solange die eine leere Liste ist, wird die Regel übersprungen."
        )
    );
    text += &table(
        &[
            Words::new("Test", "Prüfung"),
            Words::new("fits", "passt zu"),
            Words::new("Holds where the answer is", "Gilt, wenn die Antwort"),
        ],
        lang,
    );
    let of = |kinds: &[Kind]| kinds.iter().map(|kind| words::kind(*kind).get(lang)).collect::<Vec<_>>().join(", ");
    for (test, fits, meaning) in [
        ("is", of(&[Kind::YesNo, Kind::Number, Kind::Text]), pick("this value", "dieser Wert ist")),
        ("more-than", of(&[Kind::Number]), pick("greater", "größer ist")),
        ("less-than", of(&[Kind::Number]), pick("smaller", "kleiner ist")),
        (
            "one-of",
            of(&[Kind::Text, Kind::List]),
            pick("in the list, or one of its texts is", "in der Liste steht, oder einer der Texte"),
        ),
        (
            "none-of",
            of(&[Kind::Text, Kind::List]),
            pick("not in the list, nor any of its texts", "nicht in der Liste steht, auch keiner der Texte"),
        ),
        ("includes", of(&[Kind::List]), pick("a list with this text in it", "eine Liste ist, die diesen Text enthält")),
        (
            "matches",
            of(&[Kind::Text, Kind::List]),
            pick(
                "a text, or a list with a text, in which the pattern is found",
                "ein Text ist, in dem das Muster vorkommt, oder eine Liste mit einem solchen",
            ),
        ),
    ] {
        text += &row(&[format!("`{test}`"), fits, meaning.to_owned()]);
    }
    text += &format!("\n### {}\n\n", pick("Norms", "Normen"));
    text +=
        &table(&[Words::new("Ids", "Kennungen"), Words::new("Norm", "Norm"), Words::new("Version", "Fassung")], lang);
    for norm in Norms::shipped().all() {
        let name = match &norm.url {
            Some(url) => format!("[{}]({url})", norm.name(lang)),
            None => norm.name(lang).to_owned(),
        };
        text += &row(&[format!("`{}/…`", norm.id), name, norm.version(lang).to_owned()]);
    }
    text
}

/// The head of a table.
fn table(heads: &[Words], lang: Lang) -> String {
    let heads: Vec<String> = heads.iter().map(|head| head.get(lang).to_owned()).collect();
    row(&heads) + &row(&vec!["---".to_owned(); heads.len()])
}

fn row(cells: &[String]) -> String {
    let mut row = String::from("|");
    for cell in cells {
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|");
        write!(row, " {cell} |").unwrap_or_default();
    }
    row + "\n"
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}
