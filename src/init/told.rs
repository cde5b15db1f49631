//! What does a person read of it?

use super::{Gap, Name, Plan, Planned, State};
use crate::output::encode::{guard, terminal, terminal_text};
use crate::output::text::wrap::wrap;
use crate::phrase::{Lang, Words};
use crate::repository::NotCreated;
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

/// What became of the documents that were complete, where they were written.
pub type Outcome = BTreeMap<Name, Result<(), NotCreated>>;

/// The documents as they would be written, for standard output. One that was asked for alone stands alone.
pub fn documents(plan: &Plan, lang: Lang, colour: bool) -> String {
    let texts: Vec<(&Planned, &str)> = plan
        .documents
        .iter()
        .filter_map(|document| match &document.state {
            State::Ready(text) | State::Incomplete(text, _) => Some((document, text.as_str())),
            _ => None,
        })
        .collect();
    let alone = plan.chosen && plan.documents.len() == 1;
    let mut out = String::new();
    for (document, text) in texts {
        if !alone {
            let open = matches!(document.state, State::Incomplete(..));
            let note = Words::new(" (not complete)", " (unvollständig)").get(lang);
            let head = format!("==> {} <=={}", document.name.path(), if open { note } else { "" });
            out.push_str(&bold(&head, colour));
            out.push('\n');
        }
        out.push_str(text);
        out.push_str(if alone { "" } else { "\n" });
    }
    guard(&out)
}

/// What is there, what is missing, what to do next; for standard error. `written` is there where it was to be written,
/// `path` is the folder as it was named.
pub fn summary(
    plan: &Plan,
    written: Option<&Outcome>,
    path: &Untrusted,
    lang: Lang,
    colour: bool,
    width: usize,
) -> String {
    let mut told = Told { lines: Vec::new(), lang, colour, width };
    let ready = plan.documents.iter().filter(|document| matches!(document.state, State::Ready(_)));
    let ready: Vec<Name> = ready.map(|document| document.name).collect();
    let became = |name: &Name| written.and_then(|written| written.get(name));
    match written {
        None if !ready.is_empty() => {
            told.head(&Words::new("Would be written:", "Würde geschrieben:"));
            ready.iter().for_each(|name| told.document(*name));
        }
        None => {}
        Some(_) => {
            let new: Vec<Name> = ready.iter().copied().filter(|name| became(name) == Some(&Ok(()))).collect();
            if new.is_empty() {
                told.head(&Words::new("Nothing was written.", "Es wurde nichts geschrieben."));
            } else {
                told.head(&Words::new("Written:", "Geschrieben:"));
                new.iter().for_each(|name| told.document(*name));
            }
        }
    }
    told.open(plan);
    told.there(plan, written);
    told.not_needed(plan);
    told.failed(written);
    told.next(plan, &ready, written, path);
    guard(&(told.lines.join("\n") + "\n"))
}

struct Told {
    lines: Vec<String>,
    lang: Lang,
    colour: bool,
    width: usize,
}

impl Told {
    fn head(&mut self, words: &Words) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push(bold(words.get(self.lang), self.colour));
    }

    fn document(&mut self, name: Name) {
        self.lines.push(format!("  {:<20}{}", name.path(), name.purpose().get(self.lang)));
    }

    /// The documents in which something is missing, each with the options that give it.
    fn open(&mut self, plan: &Plan) {
        let open: Vec<(Name, &[Gap])> = plan
            .documents
            .iter()
            .filter_map(|document| match &document.state {
                State::Incomplete(_, gaps) => Some((document.name, gaps.as_slice())),
                _ => None,
            })
            .collect();
        if open.is_empty() {
            return;
        }
        self.head(&Words::new(
            "Not complete, and so not written; please add:",
            "Unvollständig und darum nicht geschrieben; bitte ergänzen:",
        ));
        for (name, gaps) in open {
            self.document(name);
            for gap in gaps {
                let what = terminal(&gap.what.message(self.lang));
                let option = format!("    {}", gap.option);
                self.lines.extend(wrap(&what, &format!("{option:<34}"), 34, self.width));
            }
        }
    }

    fn there(&mut self, plan: &Plan, written: Option<&Outcome>) {
        let mut there: Vec<String> = Vec::new();
        for document in &plan.documents {
            if let State::There(paths) = &document.state {
                let shown: Vec<String> = paths.iter().take(2).map(terminal_text).collect();
                let more = if paths.len() > 2 { format!(" (+ {})", paths.len() - 2) } else { String::new() };
                there.push(format!("{}{more}", shown.join(", ")));
            }
        }
        for (name, outcome) in written.into_iter().flatten() {
            if outcome == &Err(NotCreated::Exists) {
                there.push(name.path().to_owned());
            }
        }
        if there.is_empty() {
            return;
        }
        self.head(&Words::new("There already, and left as it is:", "Schon da und unverändert gelassen:"));
        for path in there {
            self.lines.extend(wrap(&path, "  ", 4, self.width));
        }
    }

    fn not_needed(&mut self, plan: &Plan) {
        let mut first = true;
        for document in &plan.documents {
            let State::NotNeeded(why) = &document.state else { continue };
            if std::mem::take(&mut first) {
                self.head(&Words::new("Not needed:", "Nicht nötig:"));
            }
            let name = format!("  {:<20}", document.name.path());
            self.lines.extend(wrap(&terminal(&why.message(self.lang)), &name, 22, self.width));
        }
    }

    fn failed(&mut self, written: Option<&Outcome>) {
        let mut first = true;
        for (name, outcome) in written.into_iter().flatten() {
            let Err(NotCreated::Failed(why)) = outcome else { continue };
            if std::mem::take(&mut first) {
                self.head(&Words::new("Could not be written:", "Ließ sich nicht schreiben:"));
            }
            let name = format!("  {:<20}", name.path());
            self.lines.extend(wrap(&terminal(&why.message(self.lang)), &name, 22, self.width));
        }
    }

    fn next(&mut self, plan: &Plan, ready: &[Name], written: Option<&Outcome>, path: &Untrusted) {
        let here = path.as_bytes() == b".";
        let plain = path.as_bytes().iter().all(|byte| byte.is_ascii_alphanumeric() || b"-._/+".contains(byte));
        let at = if here || !plain { String::new() } else { format!(" {}", terminal_text(path)) };
        let words: Vec<&str> = plan.documents.iter().map(|document| document.name.word()).collect();
        let only = if plan.chosen { format!(" --only {}", words.join(",")) } else { String::new() };
        let new = ready.iter().filter(|name| written.is_some_and(|written| written.get(name) == Some(&Ok(()))));
        let new: Vec<&str> = new.map(|name| name.path()).collect();
        let mut steps: Vec<(String, Words)> = Vec::new();
        if !new.is_empty() {
            let git = if at.is_empty() { "git add".to_owned() } else { format!("git -C{at} add") };
            steps.push((
                format!("{git} {}", new.join(" ")),
                Words::new("read them first: they speak for you", "vorher lesen: sie sprechen in Ihrem Namen"),
            ));
            if new.contains(&Name::Data.path()) {
                steps.push((
                    String::new(),
                    Words::new(
                        "DATA.md: add licence or terms and what each source is for, and link it from the README",
                        "DATA.md: Lizenz oder Nutzungsbedingungen und Zweck ergänzen und in der README verlinken",
                    ),
                ));
            }
        } else if written.is_none() && !ready.is_empty() {
            steps.push((
                format!("civiclint init{at}{only} --write"),
                Words::new(
                    "writes what is complete, never over a file",
                    "schreibt, was vollständig ist, nie über eine Datei",
                ),
            ));
        }
        let open = plan.documents.iter().any(|document| matches!(document.state, State::Incomplete(..)));
        if open {
            steps.push((
                format!("civiclint init{at}{only} --write …"),
                Words::new("with the options above, for the rest", "mit den Optionen von oben, für den Rest"),
            ));
        }
        steps.push((
            format!("civiclint check{at}"),
            Words::new("says what else others need", "sagt, was andere sonst noch brauchen"),
        ));
        self.head(&Words::new("Next:", "Wie es weitergeht:"));
        for (command, why) in steps {
            if command.is_empty() {
                self.lines.extend(wrap(why.get(self.lang), "  ", 4, self.width));
                continue;
            }
            // Commands are to be copied: they are never broken.
            let line = format!("  {command}");
            if line.chars().count() < 39 {
                self.lines.extend(wrap(why.get(self.lang), &format!("{line:<40}"), 40, self.width));
            } else {
                self.lines.push(line);
                self.lines.extend(wrap(why.get(self.lang), "      ", 6, self.width));
            }
        }
    }
}

fn bold(text: &str, colour: bool) -> String {
    let style = anstyle::Style::new().bold();
    if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
}
