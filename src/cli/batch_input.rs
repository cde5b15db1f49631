//! Which repositories may a batch be asked for?

use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Input {
    /// A folder of clones, or a list: a text (one address or path a line), CSV, JSON, JSON Lines or publishers.yml;
    /// see docs/batch-input.md
    #[arg(value_name = "LIST")]
    #[cfg_attr(feature = "forges", arg(required_unless_present = "from"))]
    #[cfg_attr(not(feature = "forges"), arg(required = true))]
    pub(crate) list: Option<PathBuf>,

    /// All repositories of an owner on a forge, for instance gitlab:https://gitlab.example.org/group, github:ORG,
    /// gitea:https://HOST/OWNER, forgejo:https://HOST/OWNER (repeatable); a token is read from CIVICLINT_TOKEN, or
    /// GITLAB_TOKEN, GITHUB_TOKEN, GITEA_TOKEN
    #[cfg(feature = "forges")]
    #[arg(long, value_name = "FORGE:OWNER")]
    pub(crate) from: Vec<String>,

    /// Take in forks, too, where a forge lists the repositories
    #[cfg(feature = "forges")]
    #[arg(long)]
    pub(crate) forks: bool,

    /// Leave out archived repositories, where a forge lists the repositories
    #[cfg(feature = "forges")]
    #[arg(long)]
    pub(crate) no_archived: bool,

    /// The longest time in all to wait where a forge asks for patience, in seconds
    #[cfg(feature = "forges")]
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600)]
    pub(crate) forge_patience: u64,
}
