//! What does a check say of a fixture? For tests that look at all of them.

use crate::common;
use civiclint::judge::{judge, judge_in_two_steps};
use civiclint::phrase::{Lang, Message, Piece};
use civiclint::policy::{self, Circumstances};
use civiclint::reading::Readings;
use civiclint::report::{Outcome, Report, Verdict};
use civiclint::repository::Repository;
use civiclint::rule::{self, Rule, Setting};
use civiclint::untrusted::Untrusted;
use civiclint::waiver::{self, Waivers};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// All fixtures, with the id of the rule that each belongs to.
pub(crate) fn fixtures() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for chapter in common::folders(&common::root().join("fixtures/rules")) {
        for rule in common::folders(&chapter) {
            let id = format!("{}/{}", common::name(&chapter), common::name(&rule));
            found.extend(common::folders(&rule).into_iter().map(|case| (id.clone(), case)));
        }
    }
    found
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    rule::shipped().unwrap_or_else(|mistakes| {
        let told: Vec<String> = mistakes.iter().map(|mistake| mistake.render(Lang::En, false)).collect();
        panic!("{}", told.join("\n"))
    })
});

/// The rules that ship.
pub(crate) fn shipped() -> Vec<Rule> {
    RULES.to_vec()
}

/// One of them.
pub(crate) fn one(id: &str) -> Vec<Rule> {
    RULES.iter().filter(|rule| rule.id == id).cloned().collect()
}

/// What a policy sets for a fixture: `settings.toml` at its root, names and numbers or lists.
fn set(case: &Path, rules: &mut [Rule]) {
    let Ok(text) = std::fs::read_to_string(case.join("settings.toml")) else { return };
    let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", case.display()));
    for (name, value) in table {
        let list = value.as_array().map(|list| list.iter().filter_map(|one| Some(one.as_str()?.to_owned())).collect());
        let setting = value.as_integer().map(Setting::Number).or(list.map(Setting::List)).expect("a number or a list");
        for rule in &mut *rules {
            rule.settings.insert(name.clone(), setting.clone());
        }
    }
}

/// What rules say of a fixture.
pub(crate) fn look(case: &Path, rules: Vec<Rule>) -> Report {
    look_in(&common::build(case).open(), case, rules)
}

/// What rules say of a repository that was made of a fixture.
pub(crate) fn look_in(repo: &Repository, case: &Path, mut rules: Vec<Rule>) -> Report {
    set(case, &mut rules);
    if rules.iter().any(|rule| rule.chapter() == "waivers") {
        return look_at_waivers(repo, &rules);
    }
    judge(&Readings::new(repo), rules, Untrusted::from("."), "civic")
}

/// The verdicts of rules about waivers depend on those of all others, and on the policy of the fixture.
fn look_at_waivers(repo: &Repository, wanted: &[Rule]) -> Report {
    let all = shipped();
    let found = policy::from_repository(repo, None, &all).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let waivers = Waivers::new(&found.policy.waivers, found.policy.inline_waivers, &all);
    let readings = Readings::new(repo);
    let later = (waiver::SUBJECT, |outcomes: &mut [Outcome]| waivers.apply(outcomes, &readings));
    let asked = found.policy.settle(all, &Circumstances::default()).asked;
    let mut report = judge_in_two_steps(&readings, asked, Untrusted::from("."), "civic", true, later);
    report.outcomes.retain(|outcome| wanted.iter().any(|rule| rule.id == outcome.rule.id));
    report
}

fn plain(message: &Message) -> String {
    message
        .0
        .iter()
        .map(|piece| match piece {
            Piece::Own(text) => text.clone(),
            Piece::Foreign(text) => {
                text.as_bytes().escape_ascii().to_string().replace("\\'", "'").replace("\\\"", "\"")
            }
        })
        .collect()
}

/// The verdict with all that a reader is told, in both languages.
pub(crate) fn told(report: &Report) -> String {
    let mut text = String::new();
    for outcome in &report.outcomes {
        writeln!(text, "{}: {}", outcome.rule.id, outcome.verdict.name()).expect("a string");
        for finding in outcome.verdict.findings() {
            let path = finding.place.path.as_ref().map_or("(repository)".into(), |path| format!("{path:?}"));
            let place = finding.place.span.map_or(String::new(), |span| {
                format!(":{}:{}-{}:{}", span.line, span.column, span.end_line, span.end_column)
            });
            writeln!(text, "  {path}{place}").expect("a string");
            for lang in [Lang::En, Lang::De] {
                let message = plain(&finding.message(&outcome.rule, lang));
                writeln!(text, "    {}: {message}", lang.tag()).expect("a string");
            }
        }
        if let Verdict::Skipped(why) = &outcome.verdict {
            for lang in [Lang::En, Lang::De] {
                writeln!(text, "    {}: {}", lang.tag(), plain(&why.message(lang))).expect("a string");
            }
        }
    }
    for loss in &report.losses {
        writeln!(text, "lost {:?}: {}", loss.path, plain(&loss.why.message(Lang::En))).expect("a string");
    }
    text
}
