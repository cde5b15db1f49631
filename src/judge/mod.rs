//! Does what was observed hold against what is asked?

mod answers;

pub use answers::Answers;

mod complete;

use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::report::{About, Finding, Outcome, Report, Verdict};
use crate::repository::{Class, File, FileKind};
use crate::rule::condition::Truth;
use crate::rule::{Asked, Clause, Rule};
use crate::signal::{Observation, Place, Reading, Value};
use crate::untrusted::Untrusted;
use std::collections::BTreeMap;

fn not_asked() -> Phrase {
    Phrase::new("this was not asked", "danach wurde nicht gefragt")
}

/// The `{places}` of a rule's message.
fn places(rule: &Rule) -> impl Iterator<Item = &str> {
    rule.en.says.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// Holds the rules against a repository. The rules are those that are active, with the settings in force.
pub fn judge(readings: &Readings<'_>, rules: Vec<Rule>, path: Untrusted, profile: &str) -> Report {
    judge_in_two_steps(readings, rules, path, profile, true, ("", |_| Vec::new()))
}

/// As [`judge`], where only the rules are of interest: what kind of repository it is and which licence it has as a
/// whole is not asked, unless a rule does.
pub fn judge_only(readings: &Readings<'_>, rules: Vec<Rule>, path: Untrusted, profile: &str) -> Report {
    judge_in_two_steps(readings, rules, path, profile, false, ("", |_| Vec::new()))
}

/// As [`judge`] (or, without `head`, as [`judge_only`]), where the rules that look at one subject come last, because it
/// is about the verdicts of the others: `later` names the subject, is given those verdicts, may change them, and says
/// what is met.
pub fn judge_in_two_steps(
    readings: &Readings<'_>,
    rules: Vec<Rule>,
    path: Untrusted,
    profile: &str,
    head: bool,
    later: (&str, impl FnOnce(&mut [Outcome]) -> Vec<Observation>),
) -> Report {
    let (subject, meet) = later;
    let mut answers = Answers::for_rules(readings, &rules, head);
    let (second, first): (Vec<Rule>, Vec<Rule>) =
        rules.into_iter().partition(|rule| rule.looks_at.is_some_and(|asked| asked.name == subject));
    let mut outcomes = outcomes(first, &answers, readings);
    answers.meet(subject, meet(&mut outcomes));
    outcomes.extend(self::outcomes(second, &answers, readings));
    Outcome::sort(&mut outcomes);
    Report {
        as_of: readings.repo.as_of().to_string(),
        repository: about(readings, &answers, path),
        level: Report::level_of(&outcomes),
        outcomes,
        profile: profile.to_owned(),
        policy: None,
        left_out: readings.repo.left_out(),
        losses: readings.repo.losses(),
        work: readings.repo.work(),
        norm: None,
        baseline: None,
        limits: *readings.repo.limits(),
        confinement: readings.repo.confinement(),
    }
}

fn outcomes(rules: Vec<Rule>, answers: &Answers, readings: &Readings<'_>) -> Vec<Outcome> {
    let judged = |rule: Rule| Outcome { verdict: verdict(&rule, answers), rule, waived: Vec::new() };
    let mut outcomes: Vec<Outcome> = rules.into_iter().map(judged).collect();
    complete::complete(&mut outcomes, readings);
    outcomes
}

/// What these questions about the whole are answered, by name; `None` where nobody can tell. With them the history is
/// expected that `rules` will ask for, so that it is read meanwhile, and with `head` also what the head of the report
/// will say is asked already.
pub fn ask_first(
    readings: &Readings<'_>,
    names: &[&'static str],
    rules: &[&Rule],
    head: bool,
) -> BTreeMap<&'static str, Option<String>> {
    if names.is_empty() {
        return BTreeMap::new();
    }
    let answers = Answers::first(readings, names, rules, head);
    let text = |name| match answers.whole(name) {
        Ok(Value::Text(text)) => Some(text.lossy().into_owned()),
        _ => None,
    };
    names.iter().map(|name| (*name, text(name))).collect()
}

/// What the head of a report says.
pub fn about(readings: &Readings<'_>, answers: &Answers, path: Untrusted) -> About {
    let text = |name: &str| match answers.whole(name) {
        Ok(Value::Text(text)) if !text.is_empty() => Some(text),
        _ => None,
    };
    About {
        path,
        revision: readings.repo.revision().map(str::to_owned),
        kind: text("kind").map(|kind| kind.lossy().into_owned()),
        licence: text("licence"),
        asked: answers.has_head(),
        shallow: readings.repo.is_shallow(),
        anchor: anchor(readings),
    }
}

/// A file that findings about the whole can be shown at: README, else a package manifest, else the first there is.
fn anchor(readings: &Readings<'_>) -> Option<crate::repository::RepoPath> {
    let mut files = readings.repo.files().iter().filter(|file| file.kind == FileKind::Regular);
    let rank = |file: &&File| {
        let name = file.path.name_lower();
        match file.path.at_root() {
            true if name.starts_with("readme") || name.starts_with("liesmich") => 0,
            true if file.class == Class::Manifest => 1,
            true => 2,
            false => 3,
        }
    };
    files.by_ref().min_by_key(rank).map(|file| file.path.clone())
}

fn verdict(rule: &Rule, answers: &Answers) -> Verdict {
    let whole;
    let (observations, none) = match rule.looks_at {
        Some(subject) => (
            answers.subjects().get(subject.name).map_or(&[][..], Vec::as_slice),
            Phrase::new(subject.none.en, subject.none.de),
        ),
        None => {
            whole = [Observation::new(Place::default(), "")];
            (&whole[..], not_asked())
        }
    };
    let mut findings = Vec::new();
    let mut doubt = None;
    let mut not_applicable = None;
    let mut looked_at = false;
    for seen in observations {
        match all(&rule.applies_when, seen, rule, answers) {
            Truth::Yes => {}
            Truth::No => {
                not_applicable.get_or_insert_with(|| why_not(&rule.applies_when, seen, rule, answers));
                continue;
            }
            Truth::Unknown(why) => {
                doubt.get_or_insert(why);
                continue;
            }
        }
        looked_at = true;
        let mut found = all(&rule.finding_when, seen, rule, answers);
        for clause in &rule.not_when {
            found = found.and(!truth(clause, seen, rule, answers));
        }
        match found {
            Truth::Yes => findings.push(finding(rule, seen, answers)),
            Truth::No => {}
            Truth::Unknown(why) => {
                doubt.get_or_insert(why);
            }
        }
    }
    if !findings.is_empty() {
        return Verdict::Findings(findings);
    }
    match (doubt, looked_at, not_applicable) {
        (Some(why), _, _) => Verdict::Skipped(why),
        (None, true, _) => Verdict::Ok,
        (None, false, Some(why)) => Verdict::Skipped(why),
        (None, false, None) if rule.looks_at.is_some_and(|subject| subject.none.en.is_empty()) => Verdict::Ok,
        (None, false, None) => Verdict::Skipped(none),
    }
}

fn reading(clause: &Clause, seen: &Observation, answers: &Answers) -> Reading {
    match clause.asked {
        Asked::Whole(whole) => answers.whole(whole.signal.name),
        Asked::Own(signal) => seen.readings.get(signal.name).cloned().unwrap_or_else(|| Err(not_asked())),
    }
}

fn truth(clause: &Clause, seen: &Observation, rule: &Rule, answers: &Answers) -> Truth {
    Truth::of(clause, &reading(clause, seen, answers), &rule.settings)
}

fn all(clauses: &[Clause], seen: &Observation, rule: &Rule, answers: &Answers) -> Truth {
    clauses.iter().fold(Truth::Yes, |so_far, clause| so_far.and(truth(clause, seen, rule, answers)))
}

/// Why a rule is not asked: the first condition that does not hold, in the words of its question.
fn why_not(clauses: &[Clause], seen: &Observation, rule: &Rule, answers: &Answers) -> Phrase {
    let failed = clauses.iter().find(|clause| truth(clause, seen, rule, answers) == Truth::No);
    let Some(clause) = failed else { return not_asked() };
    let name = clause.written.as_str();
    match reading(clause, seen, answers) {
        Ok(Value::YesNo(true)) => {
            Phrase::new("does not apply: `{signal}` is yes here", "trifft nicht zu: `{signal}` ist hier ja")
                .with("signal", name)
        }
        Ok(Value::YesNo(false)) => {
            Phrase::new("does not apply: `{signal}` is no here", "trifft nicht zu: `{signal}` ist hier nein")
                .with("signal", name)
        }
        Ok(value) => {
            Phrase::new("does not apply: `{signal}` is {value} here", "trifft nicht zu: `{signal}` ist hier {value}")
                .with("signal", name)
                .with("value", crate::report::show(&value, crate::phrase::Lang::En))
        }
        Err(why) => why,
    }
}

fn finding(rule: &Rule, seen: &Observation, answers: &Answers) -> Finding {
    let mut values: BTreeMap<String, Value> = BTreeMap::new();
    for place in places(rule) {
        let name = place.strip_prefix("repository.").unwrap_or(place);
        let own = seen.readings.get(place).and_then(|reading| reading.clone().ok());
        let whole = || answers.wholes().get(name).and_then(|reading| reading.clone().ok());
        let setting = || rule.setting_text(place).map(Value::Text);
        let unknown = || Some(Value::from("?")).filter(|_| !matches!(place, "called" | "path"));
        if let Some(value) = own.or_else(setting).or_else(whole).or_else(unknown) {
            values.insert(place.to_owned(), value);
        }
    }
    Finding {
        place: seen.place.clone(),
        called: seen.called.clone(),
        values,
        stands_for: None,
        excerpt: if seen.quotable { Some(Untrusted::default()) } else { None },
        line_hash: None,
        fingerprint: String::new(),
    }
}
