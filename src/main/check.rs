//! `civiclint check`: looks at a repository and reports.

use super::policy::Decided;
use super::sources::lost;
use super::{Failure, error, kept, lang, load, open, path, policy, put, style, tell};
use crate::baseline::Baselines;
use crate::cli::{Check, FailOn, Format};
use civiclint::judge;
use civiclint::output::{self, encode};
use civiclint::policy::Policy;
use civiclint::reading::Readings;
use civiclint::report::norm::{Answering, NormReport};
use civiclint::report::{Outcome, Report};
use civiclint::repository::Repository;
use civiclint::rule::{Rule, Severity};
use civiclint::waiver::{self, Waivers};
use std::io::Write;
use std::path::{Path, PathBuf};

pub(crate) fn check(args: &Check) -> Result<u8, Failure> {
    let lang = lang(args.look.lang);
    let outputs = outputs(args)?;
    let rules = load(&args.look.rules, lang)?;
    let baselines = Baselines::read(args, lang)?;
    let mut repo = open(&args.path, &args.look, lang)?;
    let decided = policy::decide(&args.policy, &repo, &args.path, &rules, lang)?;
    repo.leave_out(|path| decided.found.policy.excludes(path));
    let opened = kept::open(args.cache.as_deref(), args.cache_size, &args.path, &repo);
    let cache = opened.map_err(|why| Failure::Use(error(&why, lang)))?;
    let readings = kept::readings(&repo, cache.as_ref());
    let norm = decided.found.policy.norm().map(|norm| (norm, Answering::of(&rules)));
    let (mut report, policy) = look(rules, decided, &repo, &readings, &args.path);
    baselines.apply(&mut report, &repo, lang)?;
    report.norm = norm.map(|(norm, answering)| {
        NormReport::new(norm, &answering, &report.outcomes, report.repository.kind.as_deref())
    });
    for (format, file) in &outputs {
        let style = style(args, lang, file.is_none());
        let told = match format {
            Format::Text => output::text::render(&report, &style),
            Format::Json => output::json::render(&report, lang),
            Format::Sarif if args.report_waived => {
                output::sarif::render_with_waived(&report, lang, args.sarif_category.as_deref())
            }
            Format::Sarif => output::sarif::render(&report, lang, args.sarif_category.as_deref()),
            Format::Markdown => output::markdown::render(&report, lang),
            Format::Github => output::github::render(&report, lang),
            Format::Gitlab => output::gitlab::render(&report, lang),
            Format::Junit => output::junit::render(&report, lang),
            Format::Rdjson => output::rdjson::render(&report, lang),
            Format::Html => output::html::render(&report, lang),
            Format::Badge => output::badge::svg(&report, lang),
            Format::Shields => output::badge::endpoint(&report, lang),
        };
        put(&told, file.as_deref(), lang)?;
    }
    let unwritten = kept::keep(&readings, cache.as_ref()).filter(|_| !args.quiet);
    let known = kept::told(&readings).filter(|_| args.verbose);
    [unwritten, known].iter().flatten().for_each(|phrase| tell(phrase, lang));
    // Formats without a place for what could not be looked at would pass over it in silence.
    let silent = |format| matches!(format, Format::Gitlab | Format::Rdjson | Format::Badge | Format::Shields);
    if !report.losses.is_empty() && outputs.iter().all(|(format, _)| silent(*format)) {
        // Where stderr is closed there is nobody left to tell.
        let _ = std::io::stderr().write_all(encode::guard(&lost(&report.losses, lang)).as_bytes());
    }
    // Who asks for SARIF uploads it afterwards, and a policy does not keep them from it.
    let by_policy = || match (args.format, policy.fail_on()) {
        (Format::Sarif, _) => None,
        (_, Some(said)) => said.value,
        (_, None) => Some(Severity::Error),
    };
    Ok(exit_code(&report, args.fail_on.map_or_else(by_policy, FailOn::severity)))
}

/// Holds a repository against the policy in force.
pub(crate) fn look(
    rules: Vec<Rule>,
    decided: Decided,
    repo: &Repository,
    readings: &Readings<'_>,
    shown: &Path,
) -> (Report, Policy) {
    policy::not_applied(&decided.refused).into_iter().for_each(|loss| repo.lose(loss));
    let policy = decided.found.policy;
    let head = !policy.is_narrow();
    let here = policy::circumstances(&policy, readings, &rules, head);
    let waivers = Waivers::new(&policy.waivers, policy.inline_waivers, &rules);
    let settled = policy.settle(rules, &here);
    let later = (waiver::SUBJECT, |outcomes: &mut [Outcome]| waivers.apply(outcomes, readings));
    let mut report = judge::judge_in_two_steps(readings, settled.asked, path(shown), &policy.name, head, later);
    report.add_skipped(settled.switched_off);
    report.policy = decided.used;
    drop(waivers);
    (report, policy)
}

/// 1 findings · 3 not everything could be looked at · 0 neither; findings win.
fn exit_code(report: &Report, fail_on: Option<Severity>) -> u8 {
    match (fail_on, report.losses.is_empty()) {
        (Some(severity), _) if report.has(severity) => 1,
        (_, false) => 3,
        (_, true) => 0,
    }
}

/// Which reports go where; `None` is standard output.
fn outputs(args: &Check) -> Result<Vec<(Format, Option<PathBuf>)>, Failure> {
    let mut outputs = Vec::new();
    let mut plain = false;
    for output in &args.output {
        let named = output.split_once('=').and_then(|(format, file)| {
            clap::ValueEnum::from_str(format, true).ok().map(|format: Format| (format, PathBuf::from(file)))
        });
        match named {
            Some((format, file)) => outputs.push((format, Some(file))),
            None if plain => {
                return Err(Failure::Use(
                    "error: more than one --output without a format; write FORMAT=FILE, for instance sarif=out.sarif\n"
                        .to_owned(),
                ));
            }
            None => {
                plain = true;
                outputs.push((args.format, Some(PathBuf::from(output))));
            }
        }
    }
    if !plain {
        outputs.insert(0, (args.format, None));
    }
    Ok(outputs)
}
