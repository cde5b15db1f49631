//! Manifests and lock files that are read line by line.

use super::{Origin, OriginKind, either, folder, remote};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longer lines were written by a program that has no lock file in mind.
const LONGEST: usize = 4_000;

/// The lines of a text with their places.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        (line.len() <= LONGEST).then(|| (start, line.trim_end()))
    })
}

/// The first part of a pattern in each line, and where it stands.
fn caught<'t>(pattern: &'static Regex, text: &'t str) -> impl Iterator<Item = (&'t str, Range<usize>)> {
    lines(text).filter_map(move |(start, line)| {
        let found = pattern.captures(line)?;
        let part = found.iter().skip(1).flatten().next()?;
        Some((part.as_str(), start + part.start()..start + part.end()))
    })
}

macro_rules! pattern {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("a test uses every pattern"));
    };
}

pattern!(RESOLVED, r#"^\s*"(?:resolved|version)":\s*"((?:file:|git\+|git@|ssh:|https?:|\.\./)[^"]*)""#);
pattern!(YARN, r#"^\s+(?:resolved "([^"]+)"|resolution: "[^"]+@((?:https?:|git@|ssh:|git\+ssh:)[^"]*)")"#);
pattern!(PNPM, r#"tarball: ['"]?((?:https?|git\+ssh|ssh):[^'",}\s]+)"#);
pattern!(PYTHON, r#"^(?:url = "([^"]+)"|source = \{ (?:registry|git|url) = "([^"]+)")"#);
pattern!(PYTHON_FOLDER, r#"^source = \{ (?:editable|directory|path|virtual) = "([^"]+)""#);
pattern!(INDEX, r#"^\s*(?:-\s+)?(?:-i|--index-url|--extra-index-url|-f|--find-links)[ =]+['"]?(https?://\S+)"#);
pattern!(WANTED, r#"^[^#]*?((?:git\+)(?:ssh|https?)://\S+|git\+git@\S+)"#);
pattern!(WANTED_FOLDER, r#"^\s*(?:-e\s+|[\w.\[\]-]+\s*@\s*)?(?:file:)?(\.\./\S*)"#);
pattern!(PIP, r#"^\s*(?:extra-)?index-url\s*=\s*(\S+)"#);
pattern!(SSH_IN_CODE, r#"^[^#]*?(git\+ssh://[^'"\s]+)"#);
pattern!(CARGO_LOCK, r#"^source = "(?:registry|git|sparse)\+([^"]+)""#);
pattern!(GEM_SOURCE, r#"^\s*source[ (]+['"]([^'"]+)"#);
pattern!(GEM_GIT, r#"^\s*gem[ (].*(?:git:|:git =>)\s*['"]([^'"]+)"#);
pattern!(GEM_PATH, r#"^\s*gem[ (].*(?:path:|:path =>)\s*['"]([^'"]+)"#);
pattern!(GEM_REMOTE, r#"^  remote: (\S+)"#);
pattern!(GO_REPLACE, r#"=>\s*(\.\.?/\S*)"#);
pattern!(GO_HOST, r#"^\s*(?:require\s+)?([a-z0-9.-]+\.[a-z]+)/\S+ v\d"#);
pattern!(SWIFT, r#"\.package\([^)]*(?:url|path):\s*"([^"]+)""#);
pattern!(POD, r#"^\s*(?:source\s+|pod\s.*(?::git\s*=>|git:)\s*)['"]([^'"]+)"#);
pattern!(POD_PATH, r#"^\s*pod\s.*(?::path\s*=>|path:)\s*['"]([^'"]+)"#);
pattern!(MIX, r#"\{:\w+,[^}]*\bgit:\s*"([^"]+)""#);
pattern!(MIX_PATH, r#"\{:\w+,[^}]*\bpath:\s*"([^"]+)""#);
pattern!(MODULE, r#"^\s*url\s*=\s*(\S+)"#);
pattern!(SBT, r#"^\s*(?:\w+\s*/\s*)?resolvers?\b.*\bat\s+"([^"]+)""#);

/// .npmrc, as <https://docs.npmjs.com/cli/v11/configuring-npm/npmrc> has it. A registry other than npm's own that is
/// always asked with a token gives nothing without one.
pub(super) fn npmrc(text: &str) -> Vec<Origin> {
    let asks_always = |host: &str| {
        let start = format!("//{host}/");
        let is_public = ["registry.npmjs.org", "registry.yarnpkg.com"].contains(&host);
        let always = lines(text).any(|(_, line)| {
            line.strip_prefix(start.as_str()).is_some_and(|rest| rest.replace(' ', "").ends_with(":always-auth=true"))
        });
        always && !is_public
    };
    let mut found = Vec::new();
    for (start, line) in lines(text).filter(|(_, line)| !line.starts_with(['#', ';', '/'])) {
        let Some((key, value)) = line.split_once('=') else { continue };
        let (scope, key) = key.trim().rsplit_once(':').map_or((None, key.trim()), |(scope, key)| (Some(scope), key));
        if key != "registry" || scope.is_some_and(|scope| !scope.starts_with('@')) {
            continue;
        }
        let at = start + line.len() - value.len()..start + line.len();
        let registry = remote(OriginKind::Registry, value.trim().trim_matches('"'), at);
        found.extend(registry.map(|registry| {
            let token = asks_always(&registry.called);
            Origin { scope: scope.map(str::to_owned), token, ..registry }
        }));
    }
    found
}

pub(super) fn package_lock(text: &str) -> Vec<Origin> {
    caught(&RESOLVED, text).filter_map(|(part, at)| either(OriginKind::Registry, part, at)).collect()
}

pub(super) fn yarn_lock(text: &str) -> Vec<Origin> {
    caught(&YARN, text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at)).collect()
}

pub(super) fn pnpm_lock(text: &str) -> Vec<Origin> {
    caught(&PNPM, text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at)).collect()
}

pub(super) fn python_lock(text: &str) -> Vec<Origin> {
    let remotes = caught(&PYTHON, text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at));
    remotes.chain(caught(&PYTHON_FOLDER, text).filter_map(|(part, at)| folder(part, at))).collect()
}

pub(super) fn requirements(text: &str) -> Vec<Origin> {
    let indexes = caught(&INDEX, text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at));
    let wanted = caught(&WANTED, text).filter_map(|(part, at)| {
        let plain = part.strip_prefix("git+git@").map(|rest| format!("git@{rest}"));
        remote(OriginKind::Git, plain.as_deref().unwrap_or(part), at)
    });
    indexes.chain(wanted).chain(caught(&WANTED_FOLDER, text).filter_map(|(part, at)| folder(part, at))).collect()
}

pub(super) fn pip_conf(text: &str) -> Vec<Origin> {
    caught(&PIP, text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at)).collect()
}

pub(super) fn setup_py(text: &str) -> Vec<Origin> {
    caught(&SSH_IN_CODE, text).filter_map(|(part, at)| remote(OriginKind::Git, part, at)).collect()
}

pub(super) fn cargo_lock(text: &str) -> Vec<Origin> {
    caught(&CARGO_LOCK, text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at)).collect()
}

/// The text with lines blanked out that stand under a condition: between `if` and its `end`, or with `ENV` in them.
fn unconditional(text: &str) -> String {
    let (mut out, mut depth) = (String::with_capacity(text.len()), 0usize);
    for line in text.split_inclusive('\n') {
        let said = line.trim();
        let opens = ["if ", "unless ", "case "].iter().any(|word| said.starts_with(word));
        let inner = depth > 0 && said.ends_with(" do");
        depth += usize::from(opens || inner);
        let hidden = depth > 0 || said.starts_with('#') || said.contains("ENV") || said.contains(" if ");
        if hidden {
            out.extend(line.chars().map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) }));
        } else {
            out.push_str(line);
        }
        if depth > 0 && said == "end" {
            depth -= 1;
        }
    }
    out
}

pub(super) fn gemfile(text: &str) -> Vec<Origin> {
    let text = unconditional(text);
    let sources = caught(&GEM_SOURCE, &text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at));
    let gits = caught(&GEM_GIT, &text).filter_map(|(part, at)| remote(OriginKind::Git, part, at));
    sources.chain(gits).chain(caught(&GEM_PATH, &text).filter_map(|(part, at)| folder(part, at))).collect()
}

pub(super) fn gemfile_lock(text: &str) -> Vec<Origin> {
    caught(&GEM_REMOTE, text).filter_map(|(part, at)| either(OriginKind::Registry, part, at)).collect()
}

pub(super) fn go_mod(text: &str) -> Vec<Origin> {
    let folders = caught(&GO_REPLACE, text).filter_map(|(part, at)| folder(part, at));
    let hosts = caught(&GO_HOST, text);
    folders.chain(hosts.filter_map(|(host, at)| remote(OriginKind::Git, &format!("https://{host}"), at))).collect()
}

pub(super) fn package_swift(text: &str) -> Vec<Origin> {
    let plain = |(part, at): (&str, Range<usize>)| {
        if part.contains("://") || part.contains('@') { remote(OriginKind::Git, part, at) } else { folder(part, at) }
    };
    caught(&SWIFT, text).filter_map(plain).collect()
}

pub(super) fn podfile(text: &str) -> Vec<Origin> {
    let text = unconditional(text);
    let remotes = caught(&POD, &text).filter_map(|(part, at)| remote(OriginKind::Git, part, at));
    remotes.chain(caught(&POD_PATH, &text).filter_map(|(part, at)| folder(part, at))).collect()
}

pub(super) fn mix(text: &str) -> Vec<Origin> {
    let remotes = caught(&MIX, text).filter_map(|(part, at)| remote(OriginKind::Git, part, at));
    remotes.chain(caught(&MIX_PATH, text).filter_map(|(part, at)| folder(part, at))).collect()
}

pub(super) fn gitmodules(text: &str) -> Vec<Origin> {
    caught(&MODULE, text).filter_map(|(part, at)| remote(OriginKind::Git, part, at)).collect()
}

pub(super) fn sbt(text: &str) -> Vec<Origin> {
    caught(&SBT, text).filter_map(|(part, at)| remote(OriginKind::Registry, part, at)).collect()
}
