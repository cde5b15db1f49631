//! How is one repository of a batch looked at, in the process that `batch` starts for it?

use super::check::look;
use super::{Failure, kept, limits, load, options, policy};
use crate::cli::{Batch, PolicyArgs};
use civiclint::batch::examine::{self, Answer, SUBCOMMAND, both};
use civiclint::batch::run::Asked;
use civiclint::output::{self, write};
use civiclint::phrase::{Lang, Phrase};
use civiclint::repository::{Limits, Repository};
use civiclint::rule;
use clap::Parser;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// What the process of one repository is told; nobody types it.
#[derive(Debug, Parser)]
#[command(name = SUBCOMMAND, disable_help_flag = true, disable_version_flag = true)]
pub(crate) struct Examine {
    /// The repository
    path: PathBuf,
    /// The name of its files, without an ending
    #[arg(long)]
    results: PathBuf,
    /// The day of the scan
    #[arg(long)]
    as_of: jiff::civil::Date,
    /// The language of SARIF
    #[arg(long)]
    lang: crate::cli::LangArg,
    /// Not where the commit is this one
    #[arg(long)]
    unless: Option<String>,
    /// Where is kept what files told
    #[arg(long)]
    cache: Option<PathBuf>,
    #[arg(long, default_value_t = 256)]
    cache_size: u64,
    #[arg(long)]
    rules: Vec<PathBuf>,
    #[arg(long)]
    limit: Vec<String>,
    #[command(flatten)]
    policy: PolicyArgs,
}

/// The arguments of that process; what is asked of every repository is given by `common`.
pub(crate) fn arguments(asked: &Asked<'_>, common: &[OsString]) -> Vec<OsString> {
    let mut args: Vec<OsString> = vec![SUBCOMMAND.into(), "--results".into(), asked.results.into()];
    args.extend(["--as-of".into(), asked.as_of.into()]);
    if let Some(unless) = asked.unless {
        args.extend(["--unless".into(), unless.into()]);
    }
    args.extend(common.iter().cloned());
    // A path may begin with a dash.
    args.extend(["--".into(), asked.path.into()]);
    args
}

/// What every repository is asked, as arguments; `cache` is the folder where is kept what files told.
pub(crate) fn common(batch: &Batch, cache: Option<&Path>, lang: Lang) -> Vec<OsString> {
    let mut args: Vec<OsString> = vec!["--lang".into(), lang.tag().into()];
    let mut add = |name: &str, value: &OsStr| {
        let mut arg = OsString::from(format!("--{name}="));
        arg.push(value);
        args.push(arg);
    };
    if let Some(cache) = cache {
        add("cache", cache.as_os_str());
        add("cache-size", OsStr::new(&batch.cache_size.to_string()));
    }
    for folder in &batch.rules {
        add("rules", folder.as_os_str());
    }
    let asking = &batch.asking;
    for (name, values) in
        [("select", &asking.select), ("ignore", &asking.ignore), ("set", &asking.set), ("limit", &batch.limit)]
    {
        for value in values {
            add(name, OsStr::new(value));
        }
    }
    if let Some(profile) = &asking.profile {
        add("profile", OsStr::new(profile));
    }
    if let Some(level) = asking.level {
        add("level", OsStr::new(rule::Level::from(level).name()));
    }
    match &batch.policy {
        Some(file) => add("policy", file.as_os_str()),
        None if !batch.own_policy => args.push("--no-policy".into()),
        None => {}
    }
    args
}

/// Looks, writes, and prints the answer.
pub(crate) fn examine(args: impl Iterator<Item = OsString>) -> Result<u8, Failure> {
    let args = match Examine::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => return super::usage(&error),
    };
    let answer = answer(&args)?;
    let told = serde_json::to_string(&answer).unwrap_or_default();
    super::print(&(told + "\n"))
}

fn answer(args: &Examine) -> Result<Answer, Failure> {
    let lang = Lang::from(args.lang);
    let mut repo = match open(args, limits::of(&args.limit, lang)?) {
        Ok(repo) => repo,
        Err(why) => return Ok(Answer::Refused(both(&why))),
    };
    if args.unless.is_some() && repo.revision() == args.unless.as_deref() {
        return Ok(Answer::Same);
    }
    let rules = load(&args.rules, lang)?;
    let decided = policy::decide(&args.policy, &repo, &args.path, &rules, lang)?;
    repo.leave_out(|path| decided.found.policy.excludes(path));
    // A repository around the folder of the batch could bring its own cache: it is looked at without one.
    let cache = kept::open(args.cache.as_deref(), args.cache_size, &args.path, &repo).ok().flatten();
    let readings = kept::readings(&repo, cache.as_ref());
    let (report, _) = look(rules, decided, &repo, &readings, &args.path);
    // What could not be kept is read again the next time.
    let _ = kept::keep(&readings, cache.as_ref());
    let result = examine::result(&report, &readings, &repo);
    let sarif = output::sarif::render(&report, lang, None);
    let written =
        place(&args.results, "sarif", &sarif).and_then(|()| place(&args.results, "json", &examine::render(&result)));
    Ok(written.map_or_else(|failed| Answer::Unwritten(both(&failed.why)), |()| Answer::Seen))
}

fn place(results: &Path, ending: &str, text: &str) -> Result<(), write::WriteError> {
    write::to_file(text, &results.with_extension(ending))
}

/// The commit that is checked out, as it is in git; where there is no git or no commit yet, the files as they lie.
fn open(args: &Examine, limits: Limits) -> Result<Repository, Phrase> {
    let committed = Repository::open(&args.path, options(Some("HEAD".to_owned()), Some(args.as_of), limits));
    let opened = committed.or_else(|_| Repository::open(&args.path, options(None, Some(args.as_of), limits)));
    opened.map_err(|refusal| refusal.why)
}
