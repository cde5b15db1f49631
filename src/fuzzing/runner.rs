//! What does a runner of GitHub take for a command?
//!
//! A port of `ActionCommand.cs` and of the part of `ActionCommandManager.cs` that knows the names (actions/runner).

/// The names that a runner obeys, in whatever case.
const NAMES: [&str; 16] = [
    "internal-set-repo-path",
    "set-env",
    "set-output",
    "save-state",
    "add-path",
    "add-mask",
    "add-matcher",
    "remove-matcher",
    "warning",
    "error",
    "notice",
    "debug",
    "group",
    "endgroup",
    "echo",
    "stop-commands",
];

/// A command: its name, its properties as they are written, and its data.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Command<'l> {
    pub(super) name: &'l str,
    pub(super) properties: &'l str,
    pub(super) data: &'l str,
}

fn known(name: &str) -> bool {
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The command in one line: `::name properties::data` behind white space, or `##[name properties]data` anywhere.
fn of_line(line: &str) -> Option<Command<'_>> {
    let new = line.trim_start().strip_prefix("::").and_then(|rest| rest.split_once("::"));
    let old = || line.split_once("##[").and_then(|(_, rest)| rest.split_once(']'));
    [new, old()].into_iter().flatten().find_map(|(inner, data)| {
        let (name, properties) = inner.split_once(' ').unwrap_or((inner, ""));
        known(name).then_some(Command { name, properties, data })
    })
}

/// The commands of an output that a runner would obey were it never told to stop.
pub(super) fn commands(output: &str) -> Vec<Command<'_>> {
    output.split(['\n', '\r']).filter_map(of_line).collect()
}

/// What a property or the data of a command says, without its escapes.
pub(super) fn meant(written: &str) -> String {
    let colons = written.replace("%3A", ":").replace("%2C", ",");
    colons.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_runner_sees() {
        for (line, name) in [
            ("::error::x", Some("error")),
            ("  \u{3000}::ERROR file=a,line=1::x", Some("ERROR")),
            ("x ##[add-path]/tmp", Some("add-path")),
            ("::unknown::##[debug]x", Some("debug")),
            ("::error", None),
            ("x ::error::y", None),
            ("##[error", None),
            ("std::fs::read", None),
        ] {
            assert_eq!(of_line(line).map(|command| command.name), name, "{line}");
        }
        assert_eq!(meant("a%3Ab%0A%25"), "a:b\n%");
    }
}
