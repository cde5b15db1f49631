//! `civiclint check`: looks at a repository and reports.

use super::settings::settings;
use super::{Failure, error, lang, load, open, path, put, style, unknown_rule};
use crate::cli::{Check, FailOn, Format};
use civiclint::judge;
use civiclint::output;
use civiclint::phrase::{Lang, Phrase};
use civiclint::policy::{Policy, Profile};
use civiclint::reading::Readings;
use civiclint::report::Report;
use civiclint::rule::Severity;
use std::path::PathBuf;

pub(crate) fn check(args: &Check) -> Result<u8, Failure> {
    let lang = lang(args.look.lang);
    let outputs = outputs(args)?;
    let profile = profile(&args.profile, lang)?;
    let rules = load(&args.look.rules, lang)?;
    let policy = Policy {
        profile,
        level: args.level.map(Into::into),
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        settings: settings(&args.set, &rules, lang)?,
        waivers: Vec::new(),
    };
    if let Some(name) = policy.unknown_names(&rules).first() {
        return Err(unknown_rule(name, &rules, lang));
    }
    let repo = open(&args.path, &args.look, lang)?;
    let readings = Readings::new(&repo);
    let name = policy.profile.name;
    let look = if policy.profile.is_narrow() { judge::judge_only } else { judge::judge };
    let report = look(&readings, policy.active(rules), path(&args.path), name);
    for (format, file) in &outputs {
        let style = style(args, lang, file.is_none());
        let told = match format {
            Format::Text => output::text::render(&report, &style),
            Format::Json => output::json::render(&report, lang),
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
    let fail_on = args.fail_on.unwrap_or(match args.format {
        Format::Sarif => FailOn::Never,
        _ => FailOn::Error,
    });
    Ok(exit_code(&report, fail_on.severity()))
}

fn profile(name: &str, lang: Lang) -> Result<Profile, Failure> {
    Profile::named(name).ok_or_else(|| {
        let phrase = Phrase::new(
            "there is no profile `{name}`; there are {known}",
            "es gibt kein Profil `{name}`; es gibt {known}",
        );
        Failure::Use(error(&phrase.with("name", name).with("known", Profile::names().join(", ")), lang))
    })
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
