//! What does a repository with so many files, commits and findings look like to civiclint? For measuring.
//!
//! ```text
//! cargo run --example generate_repository -- FILES COMMITS FINDINGS DIR [bare]
//! ```

#![allow(clippy::disallowed_methods, reason = "a tool for maintainers, on a folder they chose")]

#[path = "../tests/common/generate/mod.rs"]
mod generate;

use generate::Plan;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [files, commits, findings, dir, rest @ ..] = arguments.as_slice() else {
        return Err("FILES COMMITS FINDINGS DIR [bare]".into());
    };
    let bare = rest.first().is_some_and(|word| word == "bare");
    let plan = Plan { files: files.parse()?, commits: commits.parse()?, findings: findings.parse()?, bare };
    Ok(plan.write(Path::new(dir))?)
}
