//! What does somebody with two minutes need to know? `portfolio.md`, also for the summary of a CI job.

use super::{CSV, catalogue};
use crate::output::encode::{clip, guard, markdown_cell};
use crate::phrase::Lang;
use crate::portfolio::numbers::{number, share};
use crate::portfolio::summary::{Licence, Row, Summary, Upkeep};
use crate::portfolio::{Run, Status};
use crate::rule::Rule;
use crate::untrusted::Untrusted;

/// Lines of a table; more are counted only.
const LINES: usize = 10;

/// Runs in the table of runs: a year of months, and the month a year ago.
const RUNS: usize = 13;

/// The longest foreign text in a cell, in characters.
const CELL: usize = 100;

/// The summary of a run. `rules` are those in force, for their titles.
pub fn render(run: &Run, summary: &Summary, rules: &[Rule], lang: Lang) -> String {
    let page = Page { summary, rules, lang };
    let mut out = page.beginning(run);
    out.push_str(&page.levels());
    out.push_str(&page.trend());
    out.push_str(&page.hindering());
    out.push_str(&page.nearest());
    out.push_str(&page.licences());
    out.push_str(&page.sources());
    out.push_str(&page.upkeep());
    out.push_str(&page.unseen());
    out.push_str(&page.end());
    guard(&(out.trim_end().to_owned() + "\n"))
}

/// A word for a status.
pub fn status(status: Status, lang: Lang) -> &'static str {
    match status {
        Status::Ok => lang.pick("nothing found", "nichts gefunden"),
        Status::Findings => lang.pick("with findings", "mit Befunden"),
        Status::Incomplete => lang.pick("not looked at in full", "nicht vollständig angesehen"),
        Status::Timeout => lang.pick("took too long", "dauerte zu lange"),
        Status::Crashed => lang.pick("ended unforeseen", "unerwartet beendet"),
        Status::Oom => lang.pick("took too much memory", "brauchte zu viel Speicher"),
        Status::Unreachable => lang.pick("could not be reached", "nicht erreichbar"),
    }
}

/// Names are aligned left, numbers right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

struct Page<'s> {
    summary: &'s Summary,
    rules: &'s [Rule],
    lang: Lang,
}

impl Page<'_> {
    fn n(&self, value: usize) -> String {
        number(value, self.lang)
    }

    fn heading(&self, en: &str, de: &str) -> String {
        format!("### {}\n\n", self.lang.pick(en, de))
    }

    fn name(&self, row: &Row) -> String {
        cell(&row.record.name)
    }

    /// The title of a rule, and its id.
    fn rule(&self, id: &str) -> String {
        match self.rules.iter().find(|rule| rule.id == id) {
            Some(rule) => format!("{} (`{}`)", cell(&rule.page(self.lang).title), rule.id),
            None => cell(id),
        }
    }

    /// A table: headings with the side on which their columns are aligned, and its lines.
    fn table(&self, headings: &[(&str, &str, Side)], lines: impl Iterator<Item = Vec<String>>) -> String {
        let heads: Vec<&str> = headings.iter().map(|(en, de, _)| self.lang.pick(*en, *de)).collect();
        let sides: String =
            headings.iter().map(|(.., side)| if *side == Side::Left { "---|" } else { "---:|" }).collect();
        let mut out = format!("| {} |\n|{sides}\n", heads.join(" | "));
        for line in lines {
            out.push_str(&format!("| {} |\n", line.join(" | ")));
        }
        out + "\n"
    }

    fn more(&self, all: usize) -> String {
        match all.saturating_sub(LINES) {
            0 => String::new(),
            more => {
                format!("{}\n\n", self.lang.pick("And {n} more.", "Und {n} weitere.").replace("{n}", &self.n(more)))
            }
        }
    }

    fn beginning(&self, run: &Run) -> String {
        let all = self.summary.rows.len();
        let title = self.lang.pick("## civiclint: {n} repositories, {day}", "## civiclint: {n} Repositorys, {day}");
        let title = title.replace("{n}", &self.n(all)).replace("{day}", &cell(&run.as_of));
        let words = match self.summary.seen {
            seen if seen == all => self.lang.pick("All of them were looked at.", "Alle wurden angesehen.").to_owned(),
            seen => {
                let words = self.lang.pick(
                    "{seen} of them were looked at ({share}); shares below are of these.",
                    "{seen} davon wurden angesehen ({share}); Anteile beziehen sich auf diese.",
                );
                words.replace("{seen}", &self.n(seen)).replace("{share}", &share(seen, all, self.lang))
            }
        };
        let mut out = format!("{title}\n\n{words}");
        if !run.complete {
            let words = self.lang.pick(
                " **The run is not complete**: run the same command again and it goes on.",
                " **Der Lauf ist nicht vollständig**: Derselbe Befehl setzt ihn fort.",
            );
            out.push_str(words);
        }
        if let Some(shard) = run.shard {
            let words = self.lang.pick(" This is part {i} of {n} of the list.", " Das ist Teil {i} von {n} der Liste.");
            out.push_str(&words.replace("{i}", &shard.index.to_string()).replace("{n}", &shard.of.to_string()));
        }
        out + "\n\n"
    }

    fn levels(&self) -> String {
        let levels = self.summary.levels.iter().rev().filter_map(|count| Some((count.level?, count)));
        let mut lines: Vec<Vec<String>> = levels
            .map(|(level, count)| {
                let title = level.title(self.lang).to_owned();
                vec![title, self.n(count.at_least), share(count.at_least, self.summary.seen, self.lang)]
            })
            .collect();
        let none = self.summary.levels.iter().find(|count| count.level.is_none()).map_or(0, |count| count.exactly);
        let title = self.lang.pick("no level yet", "noch keine Stufe").to_owned();
        lines.push(vec![title, self.n(none), share(none, self.summary.seen, self.lang)]);
        let headings = [
            ("Level, or a higher one", "Stufe oder höher", Side::Left),
            ("Repositories", "Repositorys", Side::Right),
            ("Share", "Anteil", Side::Right),
        ];
        self.heading("Levels", "Stufen") + &self.table(&headings, lines.into_iter())
    }

    fn trend(&self) -> String {
        let trend = &self.summary.trend;
        if trend.len() < 2 {
            return String::new();
        }
        let start = trend.len().saturating_sub(RUNS);
        let headings = [
            ("Day", "Tag", Side::Left),
            ("Repositories", "Repositorys", Side::Right),
            ("publishable", "veröffentlichbar", Side::Right),
            ("reusable", "nachnutzbar", Side::Right),
            ("sustained", "nachhaltig", Side::Right),
            ("Errors", "Fehler", Side::Right),
            ("Warnings", "Warnungen", Side::Right),
        ];
        let mut changed = false;
        let lines = trend.iter().enumerate().skip(start).map(|(at, point)| {
            let before = at.checked_sub(1).and_then(|before| trend.get(before));
            let other = before.is_some_and(|before| before.rules != point.rules);
            changed |= other;
            let level = |level| share(point.at_least(level), point.seen(), self.lang);
            let [publishable, reusable, sustained] = crate::rule::Level::ALL.map(level);
            let day = format!("{}{}", cell(&point.as_of), if other { "\\*" } else { "" });
            let (errors, warnings) = (self.n(point.errors), self.n(point.warnings));
            vec![day, self.n(point.repositories), publishable, reusable, sustained, errors, warnings]
        });
        let lines: Vec<Vec<String>> = lines.collect();
        let mut out = self.heading("Runs", "Läufe") + &self.table(&headings, lines.into_iter());
        if changed {
            out.push_str(self.lang.pick(
                "\\* From here on other rules or another version were in force; numbers before do not compare.\n\n",
                "\\* Ab hier galten andere Regeln oder eine andere Version; frühere Zahlen sind nicht vergleichbar.\n\n",
            ));
        }
        out
    }

    fn hindering(&self) -> String {
        let all = &self.summary.hindering;
        if all.is_empty() {
            return String::new();
        }
        let headings = [
            ("Rule", "Regel", Side::Left),
            ("in the way of the next level in", "der nächsten Stufe im Weg bei", Side::Right),
            ("the only one in", "als Einzige bei", Side::Right),
            ("Findings", "Befunde", Side::Right),
        ];
        let rules = all.iter().filter_map(|at| self.summary.rules.get(*at)).take(LINES);
        let lines =
            rules.map(|rule| vec![self.rule(&rule.id), self.n(rule.next), self.n(rule.alone), self.n(rule.findings)]);
        self.heading("What hinders most", "Was am meisten hindert")
            + &self.table(&headings, lines)
            + &self.more(all.len())
    }

    fn nearest(&self) -> String {
        let all = &self.summary.nearest;
        if all.is_empty() {
            return String::new();
        }
        let lines = all.iter().filter_map(|at| self.summary.rows.get(*at)).take(LINES).filter_map(|row| {
            let next = row.next.as_ref()?;
            let rules: Vec<String> = next.rules.iter().take(3).map(|id| format!("`{}`", code(id))).collect();
            let more = if next.rules.len() > 3 { " …" } else { "" };
            let what = format!("{}{more}", rules.join(", "));
            Some(vec![self.name(row), next.level.title(self.lang).to_owned(), self.n(next.findings), what])
        });
        let headings = [
            ("Repository", "Repository", Side::Left),
            ("next level", "nächste Stufe", Side::Left),
            ("findings away", "Befunde entfernt", Side::Right),
            ("Rules", "Regeln", Side::Left),
        ];
        self.heading("Nearest to the next level", "Der nächsten Stufe am nächsten")
            + &self.table(&headings, lines)
            + &self.more(all.len())
    }

    fn licences(&self) -> String {
        let all = &self.summary.licences;
        if all.is_empty() {
            return String::new();
        }
        let known = |licence: &Licence| matches!(licence, Licence::Known(_));
        let named = all.iter().filter(|group| known(&group.licence));
        let rest = all.iter().filter(|group| !known(&group.licence));
        let lines = named.clone().take(LINES).chain(rest).map(|group| {
            let name = match &group.licence {
                Licence::Known(name) => cell(name),
                Licence::Absent => self.lang.pick("none", "keine").to_owned(),
                Licence::Unclear => {
                    self.lang.pick("there is one, unclear which", "vorhanden, unklar welche").to_owned()
                }
                Licence::NotAsked => self.lang.pick("not asked", "nicht gefragt").to_owned(),
            };
            vec![name, self.n(group.rows.len()), share(group.rows.len(), self.summary.seen, self.lang)]
        });
        let headings = [
            ("Licence", "Lizenz", Side::Left),
            ("Repositories", "Repositorys", Side::Right),
            ("Share", "Anteil", Side::Right),
        ];
        self.heading("Licences", "Lizenzen") + &self.table(&headings, lines) + &self.more(named.count())
    }

    fn sources(&self) -> String {
        let mut out = String::new();
        let kinds = [
            (&self.summary.sources, "Undocumented data sources", "Undokumentierte Datenquellen"),
            (&self.summary.models, "Undocumented models", "Undokumentierte Modelle"),
        ];
        for (all, en, de) in kinds {
            if all.findings == 0 {
                continue;
            }
            let lines = all
                .list
                .iter()
                .take(LINES)
                .map(|named| vec![cell(&named.called), self.n(named.rows.len()), self.n(named.findings)]);
            let headings = [
                ("Name", "Name", Side::Left),
                ("Repositories", "Repositorys", Side::Right),
                ("Findings", "Befunde", Side::Right),
            ];
            out.push_str(&self.heading(en, de));
            out.push_str(&self.table(&headings, lines));
            out.push_str(&self.more(all.list.len()));
        }
        out
    }

    fn upkeep(&self) -> String {
        let count =
            |wanted| self.summary.upkeep.iter().find(|(answer, _)| *answer == wanted).map_or(0, |(_, number)| *number);
        let nobody = count(Upkeep::Nobody);
        let others = [
            (Upkeep::OnePerson, "resting on one person: {n}", "auf einer Person ruhen: {n}"),
            (Upkeep::Ended, "ended by their own account: {n}", "nach eigenen Worten beendet: {n}"),
            (Upkeep::CannotTell, "cannot be told: {n}", "lässt sich nicht sagen: {n}"),
        ];
        let told: Vec<String> = others
            .into_iter()
            .filter(|(answer, ..)| count(*answer) > 0)
            .map(|(answer, en, de)| self.lang.pick(en, de).replace("{n}", &self.n(count(answer))))
            .collect();
        if nobody == 0 && told.is_empty() {
            return String::new();
        }
        let mut out = self.heading("Without a living maintainer", "Ohne lebende Betreuung");
        let one = (
            "Nobody has worked on one repository for longer than the policy allows, and nothing says that this is meant so",
            "An einem Repository hat länger niemand gearbeitet, als die Richtlinie erlaubt, und nichts sagt, dass das so gewollt ist",
        );
        let words = self.lang.pick(
            "Nobody has worked on {n} repositories for longer than the policy allows, and nothing says that this is meant so",
            "An {n} Repositorys hat länger niemand gearbeitet, als die Richtlinie erlaubt, und nichts sagt, dass das so gewollt ist",
        );
        let words = if nobody == 1 { self.lang.pick(one.0, one.1) } else { words };
        out.push_str(&words.replace("{n}", &self.n(nobody)));
        out.push('.');
        if !told.is_empty() {
            let words = self.lang.pick(" Counted apart: {told}.", " Eigens gezählt: {told}.");
            out.push_str(&words.replace("{told}", &told.join("; ")));
        }
        out.push_str("\n\n");
        let groups = &self.summary.unmaintained;
        if groups.is_empty() {
            return out;
        }
        let mut groups: Vec<_> = groups.iter().collect();
        // Stable: equals stay in the order of their owners and kinds.
        groups.sort_by_key(|group| std::cmp::Reverse(group.rows.len()));
        let lines = groups.iter().take(LINES).map(|group| {
            let unknown = || "–".to_owned();
            let owner = group.owner.as_deref().map_or_else(unknown, cell);
            let kind = group.kind.as_deref().map_or_else(unknown, |kind| self.kind(kind));
            let names = group.rows.iter().take(3).filter_map(|at| self.summary.rows.get(*at));
            let names: Vec<String> = names.map(|row| self.name(row)).collect();
            let more = if group.rows.len() > 3 { " …" } else { "" };
            vec![owner, kind, self.n(group.rows.len()), format!("{}{more}", names.join(", "))]
        });
        let headings = [
            ("Owner", "Zuständig", Side::Left),
            ("Kind", "Art", Side::Left),
            ("Repositories", "Repositorys", Side::Right),
            ("for instance", "zum Beispiel", Side::Left),
        ];
        out.push_str(&self.table(&headings, lines));
        out.push_str(&self.more(groups.len()));
        out
    }

    fn kind(&self, kind: &str) -> String {
        match kind {
            "software" => self.lang.pick("software", "Software").to_owned(),
            "data" => self.lang.pick("data", "Daten").to_owned(),
            "documentation" => self.lang.pick("documentation", "Dokumentation").to_owned(),
            other => cell(other),
        }
    }

    fn unseen(&self) -> String {
        let not = || self.summary.rows.iter().filter(|row| !matches!(row.record.status, Status::Ok | Status::Findings));
        if not().next().is_none() {
            return String::new();
        }
        let sums = self
            .summary
            .statuses
            .iter()
            .filter(|(status, number)| *number > 0 && !matches!(status, Status::Ok | Status::Findings));
        let sums: Vec<String> =
            sums.map(|(which, number)| format!("{}: {}", status(*which, self.lang), self.n(*number))).collect();
        let lines = not().take(LINES).map(|row| {
            let why = row.record.why.as_ref().map(|why| cell(self.lang.pick(&why.en, &why.de)));
            let status = status(row.record.status, self.lang);
            format!("- {}: {status}{}\n", self.name(row), why.map(|why| format!(" ({why})")).unwrap_or_default())
        });
        self.heading("Not looked at, or not in full", "Nicht oder nicht vollständig angesehen")
            + &sums.join(" · ")
            + "\n\n"
            + &lines.collect::<String>()
            + "\n"
            + &self.more(not().count())
    }

    fn end(&self) -> String {
        let words = self.lang.pick(
            "Every repository by itself: `index.html` (in a browser), `{csv}` (in a spreadsheet); the publiccode.yml files: `{catalogue}`.\n",
            "Jedes Repository für sich: `index.html` (im Browser), `{csv}` (in einer Tabellenkalkulation); die Dateien publiccode.yml: `{catalogue}`.\n",
        );
        words.replace("{csv}", CSV).replace("{catalogue}", catalogue::FILE)
    }
}

/// Foreign text in a cell.
fn cell(text: &str) -> String {
    markdown_cell(&Untrusted::from(clip(text, CELL)))
}

/// The id of a rule between backticks; ids of rule pages hold none.
fn code(id: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    clip(&id.chars().filter(|c| safe(*c)).collect::<String>(), CELL)
}
