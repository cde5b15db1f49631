//! What does a person read of it in a terminal?

use super::{Shown, is_asked, of_level};
use crate::output::encode::{guard, terminal, terminal_text};
use crate::output::text::policy_line;
use crate::output::text::wrap::wrap;
use crate::phrase::{Lang, Phrase, Words};
use crate::policy::{Origin, Ruling, Said};
use crate::rule::{Level, Rule, Setting, Severity};
use std::collections::BTreeMap;

/// Between a value and whoever said so.
const GAP: &str = "  < ";

/// What is in force, wrapped at `width` columns.
pub fn text(shown: &Shown<'_>, lang: Lang, width: usize) -> String {
    let mut lines = head(shown, lang, width);
    let rulings = shown.rulings();
    let asked = rulings.iter().filter(|(_, ruling)| is_asked(ruling)).count();
    lines.push(String::new());
    let title = Phrase::new("Asked: {asked} of {all} rules", "Gefragt: {asked} von {all} Regeln")
        .with("asked", asked.to_string())
        .with("all", rulings.len().to_string());
    lines.extend(wrap(&terminal(&title.message(lang)), "", 0, width));
    let hint = lang.pick(
        "Behind < stands who says so; without it, the value is that of the rule's page.",
        "Hinter < steht, wer das sagt; ohne < gilt, was auf der Seite der Regel steht.",
    );
    lines.extend(wrap(hint, "", 0, width));
    for level in Level::ALL {
        let of_level: Vec<_> = of_level(&rulings, level).filter(|(_, ruling)| is_asked(ruling)).collect();
        if of_level.is_empty() {
            continue;
        }
        lines.push(String::new());
        lines.push(level.title(lang).to_owned());
        for (rule, ruling) in of_level {
            asked_rule(&mut lines, rule, ruling, lang, width);
        }
    }
    not_asked(&mut lines, &rulings, lang, width);
    guard(&(lines.join("\n") + "\n"))
}

/// Which policy it is, and what it says of the run as a whole.
fn head(shown: &Shown<'_>, lang: Lang, width: usize) -> Vec<String> {
    let policy = shown.policy;
    let mut facts: Vec<(Words, String)> = Vec::new();
    let mut fact = |label: Words, text: String| facts.push((label, text));
    fact(Words::new("Repository", "Repository"), terminal_text(&shown.path));
    let used = shown.used.map(|used| terminal(&policy_line(used).message(lang)));
    let none = || lang.pick("no file; civiclint's own profile decides", "keine Datei; ein mitgeliefertes Profil gilt");
    fact(Words::new("Policy", "Richtlinie"), used.unwrap_or_else(|| none().to_owned()));
    fact(Words::new("Builds on", "Baut auf"), terminal_text(&policy.name.as_str().into()));
    let files: Vec<String> = policy.files().map(|file| terminal_text(&file.into())).collect();
    if files.len() > 1 {
        fact(Words::new("Files", "Dateien"), files.join(", "));
    }
    for norm in policy.norms() {
        fact(Words::new("Norm", "Norm"), format!("{}, {}", norm.name(lang), norm.version(lang)));
    }
    let never = lang.pick("never", "nie");
    let fails = match policy.fail_on() {
        Some(said) => said_by(said.value.map_or(never, |severity| severity.title(lang)).to_owned(), said, lang),
        None => Severity::Error.title(lang).to_owned(),
    };
    fact(Words::new("Fails from", "Scheitert ab"), fails);
    if shown.left_out > 0 {
        let files = Phrase::new("{files} files", "{files} Dateien").with("files", shown.left_out.to_string());
        fact(Words::new("Left out", "Ausgelassen"), terminal(&files.message(lang)));
    }
    if !policy.waivers.is_empty() {
        fact(Words::new("Waivers", "Ausnahmen"), policy.waivers.len().to_string());
    }
    if !policy.inline_waivers {
        let no = lang.pick("do not count", "zählen nicht");
        fact(Words::new("In the line", "In der Zeile"), format!("{} {no}", lang.pick("waivers", "Ausnahmen")));
    }
    let here = [&shown.here.kind, &shown.here.life_cycle];
    let known: Vec<&str> = here.into_iter().flatten().map(String::as_str).collect();
    if !known.is_empty() {
        fact(Words::new("For [[when]]", "Für [[when]]"), known.join(", "));
    }
    let indent = facts.iter().map(|(label, _)| label.get(lang).chars().count()).max().unwrap_or_default() + 2;
    let fact = |(label, text): (Words, String)| wrap(&text, &format!("{:indent$}", label.get(lang)), indent, width);
    facts.into_iter().flat_map(fact).collect()
}

fn asked_rule(lines: &mut Vec<String>, rule: &Rule, ruling: &Ruling, lang: Lang, width: usize) {
    let mut says = said_by(ruling.severity.value.title(lang).to_owned(), &ruling.severity, lang);
    // That a profile asks it is said above, once for all.
    let asked = Some(&ruling.asked.by).filter(|by| !matches!(by, Origin::Profile(_)));
    for by in asked.into_iter().chain([&ruling.level.by]) {
        let by = terminal(&by.message(lang));
        if !by.is_empty() && !says.contains(&by) {
            says = format!("{says}{}{by}", if says.contains(GAP) { ", " } else { GAP });
        }
    }
    lines.extend(wrap(&says, &format!("  {:36}  ", rule.id), 6, width));
    for (name, said) in &ruling.settings {
        let value = match &said.value {
            Setting::Number(number) => number.to_string(),
            Setting::List(list) => {
                let quoted = |one: &String| format!("\"{}\"", terminal_text(&one.as_str().into()));
                format!("[{}]", list.iter().map(quoted).collect::<Vec<_>>().join(", "))
            }
        };
        lines.extend(wrap(&said_by(format!("{name} = {value}"), said, lang), "      ", 8, width));
    }
}

/// A value, and whoever said so.
fn said_by<T>(value: String, said: &Said<T>, lang: Lang) -> String {
    match &said.by {
        Origin::Default => value,
        by => format!("{value}{GAP}{}", terminal(&by.message(lang))),
    }
}

/// The rules that are not asked, by whoever says so.
fn not_asked(lines: &mut Vec<String>, rulings: &[(&Rule, Ruling)], lang: Lang, width: usize) {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (rule, ruling) in rulings.iter().filter(|(_, ruling)| !is_asked(ruling)) {
        let why = match (&ruling.switched_off, ruling.asked.value) {
            (Some(why), true) => terminal(&why.message(lang)),
            _ => terminal(&ruling.asked.by.message(lang)),
        };
        groups.entry(why).or_default().push(&rule.id);
    }
    if groups.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push(lang.pick("Not asked", "Nicht gefragt").to_owned());
    for (why, mut ids) in groups {
        ids.sort_unstable();
        lines.extend(wrap(&format!("{why}: {}", ids.join(", ")), "  ", 4, width));
    }
}
