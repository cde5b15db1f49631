//! Does a list of requirements say of each package exactly which version?

use crate::reading::node::{Node, yaml};
use regex::Regex;
use std::sync::LazyLock;

/// What a list asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pins {
    /// how many packages it names
    pub entries: usize,
    /// how many of them without an exact version
    pub loose: usize,
    /// other lists that it includes, as it names them
    pub includes: Vec<String>,
    /// lists that only say which version is taken, where a package is needed
    pub constraints: Vec<String>,
}

impl Pins {
    fn count(&mut self, pinned: bool) {
        self.entries += 1;
        self.loose += usize::from(!pinned);
    }
}

/// `name==1.2`, `name[extra]===1.2 ; marker`, `name @ https://…/name-1.2.whl`, an address with a commit or tag.
static PINNED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[A-Za-z0-9][\w.-]*\s*(\[[^\]]*\])?\s*={2,3}\s*[^\s*;,]+\s*(;.*|\\|--hash.*)?$",
        r"|\.(whl|tar\.gz|zip|tgz)(#.*|\s*;.*)?$",
        r"|\bgit\+\S+@[\w./-]+(#\S*|\s*;.*)?$",
        r"|/(archive|zipball|tarball)/\S+",
    ))
    .expect("the pattern is part of the program and tested")
});

/// Reads requirements.txt (<https://pip.pypa.io/en/stable/reference/requirements-file-format/>).
pub(super) fn requirements(text: &str) -> Pins {
    let mut pins = Pins::default();
    let mut continued = false;
    for line in text.lines() {
        let body = line.split(" #").next().unwrap_or_default().trim();
        let goes_on = std::mem::replace(&mut continued, body.ends_with('\\'));
        if goes_on || body.is_empty() || body.starts_with('#') {
            continue;
        }
        let option = |names: [&str; 2]| {
            let rest = names.into_iter().find_map(|name| body.strip_prefix(name))?;
            rest.starts_with([' ', '=', '\t']).then(|| rest.trim_start_matches(['=', ' ', '\t']).to_owned())
        };
        if let Some(other) = option(["-r", "--requirement"]) {
            pins.includes.push(other);
        } else if let Some(other) = option(["-c", "--constraint"]) {
            pins.constraints.push(other);
        } else if let Some(address) = option(["-e", "--editable"]) {
            if !is_local(&address) {
                pins.count(PINNED.is_match(&address));
            }
        } else if !body.starts_with('-') && !is_local(body) {
            pins.count(PINNED.is_match(body.trim_end_matches('\\').trim_end()));
        }
    }
    pins
}

/// Reads conda's environment.yml; nothing where it cannot be read. `pip` without a version is no package of its own.
pub(super) fn environment(text: &str) -> Pins {
    let mut pins = Pins::default();
    let Ok(document) = yaml(text) else { return pins };
    for entry in document.root.get("dependencies").map(Node::list).unwrap_or_default() {
        for line in entry.get("pip").map(Node::list).unwrap_or_default().iter().filter_map(Node::scalar) {
            let inner = requirements(line);
            pins.entries += inner.entries;
            pins.loose += inner.loose;
            pins.includes.extend(inner.includes);
        }
        if let Some(line) = entry.scalar().filter(|line| !matches!(*line, "pip" | "nodefaults")) {
            let bare = line.rsplit("::").next().unwrap_or(line);
            let version = bare.split_once('=').filter(|(name, _)| !name.ends_with(['>', '<', '!', '~']));
            pins.count(version.is_some_and(|(_, version)| !version.trim_start_matches('=').starts_with('*')));
        }
    }
    pins
}

/// A folder of the own tree.
fn is_local(entry: &str) -> bool {
    entry.starts_with(['.', '/']) || entry.starts_with("file:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pins: &Pins) -> (usize, usize) {
        (pins.entries, pins.loose)
    }

    #[test]
    fn lists_of_pip() {
        for (text, wanted) in [
            ("a==1.0\nb[c]==2.0 ; python_version > '3'\n", (2, 0)),
            ("a==1.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:11\n", (1, 0)),
            ("a==1.0 --hash=sha256:00\n", (1, 0)),
            ("a===1.0  # why\n", (1, 0)),
            ("a @ https://example.org/a-1.0-py3-none-any.whl\n", (1, 0)),
            ("git+https://example.org/a.git@v1.0#egg=a\n", (1, 0)),
            ("-e git+https://example.org/a.git@0123abc#egg=a\n", (1, 0)),
            ("https://example.org/a/archive/main.zip\n", (1, 0)),
            ("a\nb>=1\nc~=2.0\nd==1.*\ne==1,<2\n", (5, 5)),
            ("git+https://example.org/a.git\n", (1, 1)),
            ("-e .\n./own\n--index-url https://example.org\n# a\n\n", (0, 0)),
        ] {
            assert_eq!(of(&requirements(text)), wanted, "{text}");
        }
        let read = requirements("-r base.txt\n--constraint=pins.txt\n");
        assert_eq!((read.includes, read.constraints), (vec!["base.txt".to_owned()], vec!["pins.txt".to_owned()]));
    }

    #[test]
    fn environments_of_conda() {
        for (text, wanted) in [
            ("dependencies:\n- python=3.12\n- conda-forge::numpy=1.26.4=py312_0\n- pip\n", (2, 0)),
            ("dependencies:\n- numpy==1.26\n- pip:\n  - six==1.0\n  - attrs\n", (3, 1)),
            ("dependencies:\n- numpy\n- pandas>=2\n- x=*\n", (3, 3)),
            ("dependencies: none\n", (0, 0)),
            ("a: [", (0, 0)),
        ] {
            assert_eq!(of(&environment(text)), wanted, "{text}");
        }
    }
}
