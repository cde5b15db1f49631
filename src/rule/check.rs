//! Do an administration's own rules say what their fixtures expect?

use super::folder::{FIXTURES, from_folder, list};
use super::nearest::did_you_mean;
use super::{Mistake, Rule, Wrong};
use crate::judge::judge;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::report::{Report, Verdict};
use crate::repository::{Options, Repository};
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The verdicts that a fixture may expect.
const VERDICTS: [&str; 3] = ["ok", "finding", "skip"];
/// What declares a history; it is not acted out here.
const HISTORY: &str = "history.toml";

/// One fixture: its path as shown, where it is, and the verdict it expects.
struct Fixture {
    shown: String,
    path: PathBuf,
    expected: &'static str,
}

/// Everything that is wrong with a folder of rules: its pages and, where those hold, the verdicts that its fixtures
/// `fixtures/<chapter>/<rule>/<ok|finding|skip>-<story>/` get. A fixture is looked at as it lies there.
pub fn check_folder(folder: &Path, options: &Options) -> Vec<Mistake> {
    match from_folder(folder) {
        Ok(rules) => check_fixtures(folder, rules, options),
        Err(mistakes) => mistakes,
    }
}

/// The fixtures of a folder that get another verdict than they expect, or cannot be looked at.
pub(super) fn check_fixtures(folder: &Path, rules: Vec<Rule>, options: &Options) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let mut fixtures = fixtures(folder, &rules, &mut mistakes);
    for mut rule in rules {
        for fixture in fixtures.remove(&rule.id).unwrap_or_default() {
            let (again, mistake) = run(rule, &fixture, options);
            mistakes.extend(mistake);
            let Some(again) = again else { break };
            rule = again;
        }
    }
    mistakes.sort_by(|a, b| a.path.cmp(&b.path));
    mistakes
}

/// The fixtures by the id of their rule; what is called otherwise is refused.
fn fixtures(folder: &Path, rules: &[Rule], mistakes: &mut Vec<Mistake>) -> BTreeMap<String, Vec<Fixture>> {
    let mut fixtures: BTreeMap<String, Vec<Fixture>> = BTreeMap::new();
    let folders = |path: &Path| {
        list(path).unwrap_or_default().into_iter().filter(|(name, path)| path.is_dir() && !name.starts_with('.'))
    };
    let top = folder.join(FIXTURES);
    for (chapter, path) in folders(&top) {
        for (name, path) in folders(&path) {
            let id = format!("{chapter}/{name}");
            let shown = top.join(&chapter).join(&name).to_string_lossy().into_owned();
            if !rules.iter().any(|rule| rule.id == id) {
                let reason = Phrase::new(
                    "there is no rule `{id}` for this fixture",
                    "Zu diesem Testfall gibt es keine Regel `{id}`",
                )
                .with("id", id.as_str());
                let help = did_you_mean(&id, rules.iter().map(|rule| rule.id.as_str()));
                mistakes.push(Mistake::new(shown, Wrong::FixtureName, reason).help(help));
                continue;
            }
            for (story, path) in folders(&path) {
                let shown = format!("{shown}/{story}");
                let word = story.split('-').next().unwrap_or_default();
                match VERDICTS.into_iter().find(|verdict| *verdict == word) {
                    Some(expected) => {
                        fixtures.entry(id.clone()).or_default().push(Fixture { shown, path, expected });
                    }
                    None => {
                        let reason = Phrase::new(
                            "a fixture is called after the verdict it expects: `ok-…`, `finding-…` or `skip-…`",
                            "Ein Testfall heißt nach dem Ergebnis, das er erwartet: `ok-…`, `finding-…` oder `skip-…`",
                        );
                        mistakes.push(Mistake::new(shown, Wrong::FixtureName, reason));
                    }
                }
            }
        }
    }
    fixtures
}

/// Holds a rule against its fixture; gives the rule back, and the mistake where there is one.
fn run(rule: Rule, fixture: &Fixture, options: &Options) -> (Option<Rule>, Option<Mistake>) {
    let refused = |reason: Phrase| Some(Mistake::new(&fixture.shown, Wrong::Fixture, reason));
    if fixture.path.join(HISTORY).exists() {
        let reason = Phrase::new(
            "`history.toml` is not acted out here; a fixture is looked at as it lies in its folder",
            "`history.toml` wird hier nicht nachgespielt; ein Testfall wird so angesehen, wie er in seinem Ordner liegt",
        );
        return (Some(rule), refused(reason));
    }
    let repository = match Repository::open(&fixture.path, options.clone()) {
        Ok(repository) => repository,
        Err(error) => return (Some(rule), refused(error.why)),
    };
    let shown = Untrusted::from(fixture.shown.as_str());
    let report = judge(&Readings::new(&repository), vec![rule], shown, "");
    let mistake = match report.losses.first() {
        Some(loss) => refused(loss.why.clone()),
        None => mismatch(&report, fixture),
    };
    (report.outcomes.into_iter().next().map(|outcome| outcome.rule), mistake)
}

fn mismatch(report: &Report, fixture: &Fixture) -> Option<Mistake> {
    let verdict = &report.outcomes.first()?.verdict;
    if verdict.name() == fixture.expected {
        return None;
    }
    let reason = Phrase::new(
        "`{id}` says `{verdict}` here; the fixture expects `{expected}`",
        "`{id}` sagt hier `{verdict}`; der Testfall erwartet `{expected}`",
    )
    .with("id", report.outcomes.first()?.rule.id.as_str())
    .with("verdict", verdict.name())
    .with("expected", fixture.expected);
    let help = match verdict {
        Verdict::Skipped(why) => Some(why.clone()),
        Verdict::Findings(findings) => findings.first().and_then(|finding| {
            let path = finding.place.path.as_ref()?;
            let line = finding.place.span.map_or(String::new(), |span| format!(":{}", span.line));
            let place = Untrusted::new([path.as_bytes(), line.as_bytes()].concat());
            Some(
                Phrase::new("the first finding is in {place}", "Der erste Befund liegt in {place}")
                    .with("place", place),
            )
        }),
        Verdict::Ok => None,
    };
    Some(Mistake::new(&fixture.shown, Wrong::FixtureVerdict, reason).help(help))
}
