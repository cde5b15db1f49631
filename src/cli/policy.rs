//! What can be asked of policies: which one decides, and what the command line changes in it?

use super::{LangArg, LevelArg, Look};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Which policy decides, and what is different in it.
#[derive(Debug, Args)]
pub(crate) struct PolicyArgs {
    /// A policy file of your own, instead of the repository's civiclint.toml
    #[arg(long, value_name = "FILE", conflicts_with_all = ["policy_rev", "no_policy"])]
    pub(crate) policy: Option<PathBuf>,

    /// Read the repository's policy from this revision: on a pull request, from the branch it is to be merged into
    #[arg(long, value_name = "REVISION", conflicts_with = "no_policy")]
    pub(crate) policy_rev: Option<String>,

    /// Leave the repository's own policy aside
    #[arg(long)]
    pub(crate) no_policy: bool,

    #[command(flatten)]
    pub(crate) asking: Asking,
}

/// What is different from the policy.
#[derive(Debug, Args)]
pub(crate) struct Asking {
    /// What the policy builds on, whatever it says itself: civic (every rule), dpg, funding-de, minimal, opencode, osps,
    /// reuse (at the speed of a REUSE checker) or standard-for-public-code [default: civic]
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,

    /// Only rules of this level and below
    #[arg(long, value_enum)]
    pub(crate) level: Option<LevelArg>,

    /// Only these rules, chapters or norms, for instance licence/missing, data or norm:osps (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,

    /// Not these rules, chapters or norms (repeatable)
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,

    /// Another value of a rule's setting, for instance licence/not-approved.approved=EUPL-1.2,MIT (repeatable)
    #[arg(long, value_name = "RULE.SETTING=VALUE")]
    pub(crate) set: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Policy {
    #[command(subcommand)]
    pub(crate) command: PolicyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PolicyCommand {
    /// Print what is in force for a repository, and where each value comes from
    Show(Box<ShowPolicy>),
    /// Check a policy file without looking at any repository
    Check {
        /// The file
        file: PathBuf,

        /// More rules: a folder of pages <chapter>/<rule>.md (repeatable)
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,

        /// The language of messages [default: from the locale]
        #[arg(long, value_enum)]
        lang: Option<LangArg>,
    },
    /// Print the JSON Schema of policy files, for editors
    Schema,
}

#[derive(Debug, Args)]
pub(crate) struct ShowPolicy {
    /// A work tree, a bare repository or a plain folder
    #[arg(default_value = ".")]
    pub(crate) path: PathBuf,

    /// How to print it
    #[arg(long, value_enum, default_value_t = PolicyFormat::Text)]
    pub(crate) format: PolicyFormat,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    #[command(flatten)]
    pub(crate) look: Look,
}

/// A format of `policy show`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyFormat {
    /// for people
    Text,
    /// for programs
    Json,
}
