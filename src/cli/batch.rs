//! What can be asked of a batch?

use super::{Asking, FailOn, Input, LangArg};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every repository was looked at · 1 findings, with --fail-on · 2 wrong use · 3 a repository could not be
            looked at in full · 4 a file could not be written · 130 stopped. The same command goes on where it stopped.")]
pub(crate) struct Batch {
    #[command(flatten)]
    pub(crate) input: Input,

    /// The folder for everything that comes of it: journal, results, clones, history, and the portfolio in index.html.
    /// The same command goes on where it was stopped
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,

    /// One policy for all repositories [default: the profile; the repositories' own policies do not count]
    #[arg(long, value_name = "FILE", conflicts_with = "own_policy")]
    pub(crate) policy: Option<PathBuf>,

    /// Let the policy of each repository decide over it
    #[arg(long)]
    pub(crate) own_policy: bool,

    #[command(flatten)]
    pub(crate) asking: Asking,

    /// The day of the scan, as YYYY-MM-DD [default: today, or the day of the run that goes on]
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<jiff::civil::Date>,

    /// More rules: a folder of pages <chapter>/<rule>.md (repeatable)
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Vec<PathBuf>,

    /// Move a limit of what is read of each repository, for instance file-bytes=16MiB; `civiclint limits` lists them (repeatable)
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) limit: Vec<String>,

    /// Look again only at repositories whose commit or rules have changed since the last run
    #[arg(long)]
    pub(crate) since: bool,

    /// Look again at what could not be looked at
    #[arg(long)]
    pub(crate) retry: bool,

    /// Begin anew, whatever the folder holds of an unfinished run
    #[arg(long, conflicts_with = "retry")]
    pub(crate) fresh: bool,

    /// Only this part of the list: 2/4, or `auto` in a job that GitLab (`parallel`) or Kubernetes (an Indexed Job)
    /// numbers; auto/4 where only the number of the job is known
    #[arg(long, value_name = "I/N")]
    pub(crate) shard: Option<ShardArg>,

    /// How many repositories are looked at at once [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,

    /// How many repositories are fetched at once
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=64))]
    pub(crate) fetch_jobs: u16,

    /// Seconds that looking at one repository may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) time_limit: u64,

    /// MiB of memory that looking at one repository may take
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(16..=1 << 20))]
    pub(crate) memory_limit: u64,

    /// Seconds that fetching one repository may take
    #[arg(long, value_name = "SECONDS", default_value_t = 900, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) fetch_time_limit: u64,

    /// MiB that the clone of one repository may have
    #[arg(long, value_name = "MIB", default_value_t = 4096, value_parser = clap::value_parser!(u64).range(1..=1 << 30))]
    pub(crate) fetch_limit: u64,

    /// The folder where clones are kept [default: clones, below --out]
    #[arg(long, value_name = "DIR")]
    pub(crate) clones: Option<PathBuf>,

    /// MiB that all clones together may have; those not used for longest go first
    #[arg(long, value_name = "MIB", default_value_t = 20_480, value_parser = clap::value_parser!(u64).range(1..=1 << 40))]
    pub(crate) clones_limit: u64,

    /// Look at every file again, whether it has changed or not: neither read nor write the folder `cache` below --out
    #[arg(long)]
    pub(crate) no_cache: bool,

    /// MiB that the cache may have; what was not used for longest goes first
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(1..=1 << 20))]
    pub(crate) cache_size: u64,

    /// End with exit code 1 where a repository has a finding of this severity or worse
    #[arg(long, value_enum, default_value_t = FailOn::Never)]
    pub(crate) fail_on: FailOn,

    /// The language of the portfolio and of messages [default: from the locale]
    #[arg(long, value_enum)]
    pub(crate) lang: Option<LangArg>,

    /// Only mistakes, and nothing of how far it is
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// A line for each repository
    #[arg(short, long)]
    pub(crate) verbose: bool,

    /// The program that looks, in tests of what becomes of one that hangs
    #[arg(long, hide = true)]
    pub(crate) examiner: Option<PathBuf>,
}

/// Which part of a list is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ShardArg {
    /// this one of so many
    Named(usize, usize),
    /// the one that the job is for, of so many if that is known
    Auto(Option<usize>),
}

impl std::str::FromStr for ShardArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || "write the part and the number of parts, for instance 2/4, or auto".to_owned();
        let (index, of) = text.split_once('/').map_or((text, None), |(index, of)| (index, Some(of)));
        let of = of.map(|of| of.parse().ok().filter(|of| (1..=100_000).contains(of)).ok_or_else(wrong)).transpose()?;
        match (index, of) {
            ("auto", of) => Ok(Self::Auto(of)),
            (index, Some(of)) => {
                let index = index.parse().ok().filter(|index| (1..=of).contains(index)).ok_or_else(wrong)?;
                Ok(Self::Named(index, of))
            }
            _ => Err(wrong()),
        }
    }
}
