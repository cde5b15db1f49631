//! How is git asked, so that it does nothing but fetch?

use super::FetchLimits;
use super::address::is_local;
use crate::batch::child::{Ended, GUARD, Task, run};
use crate::repository::LARGEST_HEAD;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Blobs of at least so many bytes stay on the server: those that are never read, not even their beginning (16 MiB,
/// `repository::objects`), so that what is said of a clone does not depend on whether it is filtered.
pub(super) const FILTER_BYTES: u64 = LARGEST_HEAD + 1;

/// How much of what git says is kept.
const OUTPUT: usize = 256 << 10;

/// Settings of git, each given with `-c`, which is stronger than all files and variables.
const SETTINGS: &[&str] = &[
    "protocol.allow=never",
    "protocol.https.allow=always",
    "protocol.ssh.allow=always",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "transfer.bundleURI=false",
    // Objects are checked by whoever reads them; old repositories hold what fsck refuses (zero-padded modes, dates
    // without a space), and would be refused as a whole.
    "transfer.fsckObjects=false",
    "fetch.fsckObjects=false",
    // packs only: nothing is unpacked into thousands of files
    "transfer.unpackLimit=1",
    "fetch.unpackLimit=1",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "http.followRedirects=initial",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "credential.interactive=false",
    "init.defaultRefFormat=files",
    "advice.detachedHead=false",
];

/// Variables that would lead git elsewhere, or let it write elsewhere. What tells who the user is and how the network
/// is reached (`GIT_CONFIG_GLOBAL`, `GIT_CONFIG_COUNT`, `GIT_SSH_COMMAND`, `HTTPS_PROXY`) stays.
const WITHOUT: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_QUARANTINE_PATH",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS",
    "GIT_TEMPLATE_DIR",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_PROTOCOL_FROM_USER",
    "GIT_DEFAULT_HASH",
    "GIT_TRACE",
    "GIT_TRACE_CURL",
    "GIT_TRACE_PACKET",
    "GIT_TRACE_SETUP",
    "GIT_TRACE2",
    "GIT_TRACE2_EVENT",
    "GIT_TRACE2_PERF",
    "GIT_CURL_VERBOSE",
    "LANGUAGE",
    "DISPLAY",
];

/// The git program, and how it is asked.
#[derive(Clone, Debug)]
pub(super) struct Git {
    /// the program
    pub(super) program: PathBuf,
    /// this program, under which it runs
    pub(super) guard: PathBuf,
    /// the folder it is started in, by its real name
    pub(super) folder: PathBuf,
    /// the user has said how ssh is called
    pub(super) own_ssh: bool,
}

impl Git {
    /// Runs git with these arguments. `grows` is a folder that may come to so many bytes.
    pub(super) fn run(
        &self,
        args: &[&OsStr],
        address: &str,
        time: Duration,
        limits: &FetchLimits,
        grows: Option<&Path>,
        stop: &AtomicBool,
    ) -> io::Result<Ended> {
        let local = limits.local && is_local(address);
        let mut all: Vec<OsString> = vec![GUARD.into(), self.program.clone().into()];
        all.extend(["-C".into(), self.folder.clone().into(), "--no-pager".into()]);
        for setting in SETTINGS {
            all.extend(["-c".into(), (*setting).into()]);
        }
        if local {
            all.extend(["-c".into(), "protocol.file.allow=always".into()]);
        }
        if !self.own_ssh {
            // weaker than the variable GIT_SSH_COMMAND
            all.extend(["-c".into(), "core.sshCommand=ssh -oBatchMode=yes -oConnectTimeout=30".into()]);
        }
        all.extend(args.iter().map(OsString::from));
        let ceiling = self.folder.parent().unwrap_or(&self.folder);
        let env = [
            ("GIT_ALLOW_PROTOCOL", OsString::from(if local { "https:ssh:file" } else { "https:ssh" })),
            ("GIT_CEILING_DIRECTORIES", ceiling.into()),
            ("GIT_TERMINAL_PROMPT", "0".into()),
            ("GIT_ASKPASS", "false".into()),
            ("SSH_ASKPASS", "false".into()),
            ("SSH_ASKPASS_REQUIRE", "never".into()),
            ("GCM_INTERACTIVE", "never".into()),
            ("GIT_DEFAULT_REF_FORMAT", "files".into()),
            ("GIT_NO_LAZY_FETCH", "1".into()),
            ("GIT_OPTIONAL_LOCKS", "0".into()),
            ("LC_ALL", "C".into()),
        ];
        let task = Task {
            program: self.guard.clone(),
            args: all,
            env: env.into_iter().map(|(name, value)| (name.into(), value)).collect(),
            without: WITHOUT.iter().map(OsString::from).collect(),
            input: Vec::new(),
            time,
            memory: limits.memory,
            output: OUTPUT,
            folder: grows.map(|path| (path.to_owned(), limits.bytes)),
        };
        run(&task, stop)
    }
}

/// What the server says its HEAD is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RemoteHead {
    /// a branch, as `refs/heads/main`
    Branch(String),
    /// a commit, in hexadecimal
    Commit(String),
    /// nothing: there are no commits
    None,
}

/// Reads what `git ls-remote --symref origin HEAD` says.
pub(super) fn remote_head(said: &str) -> RemoteHead {
    let mut head = RemoteHead::None;
    for line in said.lines() {
        let Some((what, "HEAD")) = line.split_once('\t') else { continue };
        match what.strip_prefix("ref: ") {
            Some(branch) if branch.starts_with("refs/heads/") => return RemoteHead::Branch(branch.to_owned()),
            None if what.len() == 40 && what.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                head = RemoteHead::Commit(what.to_owned());
            }
            _ => {}
        }
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        let id = "0123456789012345678901234567890123456789";
        for (said, head) in [
            (format!("ref: refs/heads/main\tHEAD\n{id}\tHEAD\n"), RemoteHead::Branch("refs/heads/main".into())),
            (format!("{id}\tHEAD\n{id}\trefs/remotes/origin/HEAD\n"), RemoteHead::Commit(id.into())),
            (format!("ref: ../../x\tHEAD\n{id}\tHEAD\n"), RemoteHead::Commit(id.into())),
            ("--x\tHEAD\n".into(), RemoteHead::None),
            (String::new(), RemoteHead::None),
        ] {
            assert_eq!(remote_head(&said), head, "{said}");
        }
    }

    #[test]
    fn nothing_that_is_read_is_left_out_by_the_filter() {
        assert!(FILTER_BYTES > crate::repository::Limit::FileBytes.default_value());
    }
}
