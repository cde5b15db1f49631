//! Which addresses does a configuration file keep, and under which names?

use super::context::{self, Standing};
use super::evidence::{is_source, place};
use super::{Awaits, Evidence, Is, Pin, Use, configuration, model, shell};
use crate::reading::address::Address;
use crate::reading::calls::Reads;
use crate::reading::data_files;
use crate::reading::hosts;
use crate::repository::RepoPath;

/// How a configuration file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    /// YAML
    Yaml,
    /// JSON
    Json,
    /// a name and a value on each line: TOML, properties, INI, `.env`
    Lines,
}

/// The syntax of a configuration file, by its name.
pub(super) fn syntax(path: &RepoPath) -> Option<Syntax> {
    let name = path.name_lower();
    match path.extension().as_str() {
        "yml" | "yaml" | "dvc" => Some(Syntax::Yaml),
        "lock" if name == "dvc.lock" => Some(Syntax::Yaml),
        "json" | "json5" | "jsonc" => Some(Syntax::Json),
        "toml" | "properties" | "ini" | "cfg" | "conf" | "env" => Some(Syntax::Lines),
        _ if name.starts_with(".env") || name.ends_with(".env.example") || name.ends_with(".env.sample") => {
            Some(Syntax::Lines)
        }
        _ => None,
    }
}

/// Keys below which commands stand.
const COMMANDS: &[&str] = &[
    "run",
    "script",
    "shell",
    "command",
    "cmd",
    "before_script",
    "after_script",
    "commands",
    "entrypoint",
    "bash",
    "cmds",
    "steps",
];

/// What a configuration file keeps or fetches.
pub(super) fn uses(path: &RepoPath, syntax: Syntax, text: &str) -> Vec<Use> {
    let name = path.name_lower();
    let folder = path.lower();
    // `x.metadata.json` beside `x.geojson` says where it came from: it is a document.
    let for_tools = name.contains("schema")
        || data_files::is_description(&name)
        || name.split('.').any(|part| part == "metadata" || part.ends_with("-metadata"))
        || [".vscode/", ".idea/", ".devcontainer/", "fixtures/", "mock", "seeds/"]
            .iter()
            .any(|part| folder.contains(part))
        || folder.starts_with("docs/")
        || folder.contains("/docs/");
    if for_tools || context::is_for_tools(&name) {
        return Vec::new();
    }
    let automation = [
        ".github/",
        ".gitlab",
        ".circleci/",
        ".forgejo/",
        ".gitea/",
        ".woodpecker",
        ".drone",
        "azure-pipelines",
        "bitbucket-pipelines",
        ".travis",
    ]
    .iter()
    .any(|part| folder.contains(part));
    let mut reader = Reader { text, file: &name, automation, uses: Vec::new() };
    match syntax {
        Syntax::Yaml => reader.yaml(),
        Syntax::Json => reader.json(),
        Syntax::Lines => reader.lines(),
    }
    reader.uses
}

struct Reader<'t> {
    text: &'t str,
    /// the name of the file, in lower case
    file: &'t str,
    automation: bool,
    uses: Vec<Use>,
}

impl Reader<'_> {
    /// Judges a value that stands at `start` in the file below these keys, the nearest first.
    fn value(&mut self, keys: &[&str], value: &str, start: usize) {
        // `get_url: url=https://… dest=…`
        let lead = value.find("url=http").filter(|at| *at < 40).map_or(0, |at| at + 4);
        let (value, start) = match value.get(lead..).filter(|_| lead > 0) {
            Some(rest) => (rest.split_whitespace().next().unwrap_or_default(), start + lead),
            None => (value, start),
        };
        // `{{ year }}` is a hole, whatever stands in it.
        let filled = value.contains("{{").then(|| value.replace("{{ ", "{{").replace(" }}", "}}"));
        let value = filled.as_deref().unwrap_or(value);
        let Some((from, address)) = Address::find(value) else { return };
        if self.automation || context::standing(value, from) != Standing::Alone {
            return;
        }
        let key = keys.first().copied().unwrap_or_default();
        let reads = configuration::reads(self.file, keys, &address);
        if reads.is_none() && keys.iter().take(2).any(|key| context::is_shown_key(key)) {
            return;
        }
        let (is, evidence, awaits) = match is_source(&address, reads) {
            Some((is, evidence)) => (is, evidence, Awaits::Nothing),
            None => match is_source(&address, Some(Reads::Web)) {
                Some((is, _)) if !context::is_generic(key) => (is, Evidence::Kept, Awaits::Need(key.to_owned())),
                Some((is, _)) if context::is_imported(key) => (is, Evidence::Kept, Awaits::Imported(key.to_owned())),
                _ => return,
            },
        };
        let called = if is == Is::Model { model::weights(&address) } else { hosts::group(&address) };
        let (line, column, end_column) = place(self.text, start + from, start + value.len());
        self.uses.push(Use { line, column, end_column, is, called, address, evidence, awaits, pin: Pin::NotAsked });
    }

    /// Commands that stand in the file from the line that holds `start` on.
    fn commands(&mut self, commands: &str, start: usize) {
        let (line, column, _) = place(self.text, start, start);
        for mut used in shell::steps(commands) {
            if used.line == 1 {
                used.column += column - 1;
                used.end_column += column - 1;
            }
            used.line += line - 1;
            self.uses.push(used);
        }
    }

    fn yaml(&mut self) {
        let text = self.text;
        // The keys around a line, with their columns.
        let mut around: Vec<(usize, &str)> = Vec::new();
        let mut block: Option<(usize, bool, usize)> = None;
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let content = line.trim_start_matches([' ', '\t']);
            let indent = line.len() - content.len();
            if content.trim().is_empty() {
                continue;
            }
            if let Some((deeper_than, runs, from)) = block {
                if indent > deeper_than {
                    continue;
                }
                if runs {
                    self.commands(text.get(from..start).unwrap_or_default(), from);
                }
                block = None;
            }
            if content.starts_with('#') {
                continue;
            }
            let mut content = content.trim_end();
            let mut indent = indent;
            while let Some(item) = content.strip_prefix("- ") {
                // A list may begin in the column of the key it belongs to.
                around.retain(|(column, _)| *column <= indent);
                indent += content.len() - item.trim_start().len();
                content = item.trim_start();
            }
            let at = start + indent;
            let split = key_value(content);
            let item = at > start && text.get(start..at).is_some_and(|lead| lead.contains('-'));
            match split {
                Some((key, value)) => {
                    around.retain(|(column, _)| *column < indent);
                    let value_at = at + (content.len() - value.len());
                    let bare = value.split(" #").next().unwrap_or(value).trim();
                    if matches!(bare.as_bytes().first(), Some(b'|' | b'>')) && bare.len() <= 3 {
                        block = Some((indent, COMMANDS.contains(&key), offset));
                    } else if COMMANDS.contains(&key) && !bare.is_empty() {
                        self.commands(bare, value_at);
                    } else if !bare.is_empty() {
                        self.scalar(key, &around, bare, value_at);
                    }
                    around.push((indent, key));
                }
                None => {
                    let parent = around.last().map_or("", |(_, key)| *key);
                    if item && matches!(content, "|" | ">" | "|-" | ">-") {
                        block = Some((indent.saturating_sub(2), COMMANDS.contains(&parent), offset));
                    } else if COMMANDS.contains(&parent) {
                        self.commands(content.trim_matches(['"', '\'']), at);
                    } else {
                        let bare = content.split(" #").next().unwrap_or(content).trim();
                        self.scalar("", &around, bare, at);
                    }
                }
            }
        }
        if let Some((_, true, from)) = block {
            self.commands(text.get(from..).unwrap_or_default(), from);
        }
    }

    /// A value of YAML, its quotes still on; `NAME=value` in a list has its own key.
    fn scalar(&mut self, key: &str, around: &[(usize, &str)], bare: &str, start: usize) {
        let plain = bare.trim_start_matches(['"', '\'', '[', ' ']);
        let lead = bare.len() - plain.len();
        let plain = plain.split(['"', '\'']).next().unwrap_or(plain);
        let mut keys: Vec<&str> = around.iter().rev().map(|(_, key)| *key).collect();
        if key.is_empty() {
            if let Some((name, value)) = plain.split_once('=')
                && !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            {
                keys.insert(0, name);
                self.value(&keys, value, start + lead + name.len() + 1);
                return;
            }
        } else {
            keys.insert(0, key);
        }
        self.value(&keys, plain, start + lead);
    }

    fn json(&mut self) {
        let bytes = self.text.as_bytes();
        // For each bracket the key it stands under; `None` in the last place: no key was read yet.
        let mut around: Vec<&str> = Vec::new();
        let mut key = "";
        let mut at = 0;
        while let Some(byte) = bytes.get(at).copied() {
            match byte {
                b'"' => {
                    let end = string_end(bytes, at + 1);
                    let inner = self.text.get(at + 1..end).unwrap_or_default();
                    let next =
                        bytes.get(end + 1..).unwrap_or_default().iter().position(|byte| !byte.is_ascii_whitespace());
                    let is_key = next.and_then(|next| bytes.get(end + 1 + next)) == Some(&b':');
                    if is_key {
                        key = inner;
                    } else if inner.contains("://") {
                        let mut keys = vec![key];
                        keys.extend(around.iter().rev());
                        keys.retain(|key| !key.is_empty());
                        self.value(&keys, &inner.replace("\\/", "/"), at + 1);
                    }
                    at = end;
                }
                b'/' if bytes.get(at + 1) == Some(&b'/') => {
                    at += memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).unwrap_or(0);
                }
                b'{' | b'[' => {
                    if around.len() < 256 {
                        around.push(key);
                    }
                    key = "";
                }
                b'}' | b']' => {
                    around.pop();
                    key = "";
                }
                b',' if around.len() < 256 => {
                    // In a list, the key of the list stays.
                    key = "";
                }
                _ => {}
            }
            at += 1;
        }
    }

    fn lines(&mut self) {
        let text = self.text;
        let mut offset = 0;
        let mut last = "";
        for line in text.split_inclusive('\n') {
            let start = offset;
            offset += line.len();
            let content = line.trim_start();
            if content.starts_with(['#', ';', '!', '[']) || content.trim().is_empty() {
                continue;
            }
            let at = start + line.len() - content.len();
            let (key, value_at) = match content.split_once(['=', ':']) {
                Some((key, _)) if !key.contains(['"', '/']) && key.len() < 120 => (key.trim(), at + key.len() + 1),
                _ => (last, at),
            };
            last = key;
            let value = text.get(value_at..offset).unwrap_or_default();
            let plain = value.trim_start_matches([' ', '"', '\'', '[', '\t']);
            let lead = value.len() - plain.len();
            let plain = plain.split(['"', '\'', '\n', '\r']).next().unwrap_or_default();
            let plain = plain.split(" #").next().unwrap_or(plain).trim_end();
            let key = key.trim_start_matches("export ").rsplit('.').next().unwrap_or(key);
            self.value(&[key], plain, value_at + lead);
        }
    }
}

/// The byte of the quote that ends a string of JSON.
pub(super) fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' | b'\n' => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Key and value of a line of YAML.
fn key_value(content: &str) -> Option<(&str, &str)> {
    let at = content
        .match_indices(':')
        .map(|(at, _)| at)
        .find(|at| content.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])))?;
    let key = content.get(..at)?.trim().trim_matches(['"', '\'']);
    let plain = !key.is_empty() && key.len() < 120 && !key.contains(['{', '[', '"']) && !key.contains("://");
    plain.then(|| (key, content.get(at + 1..).unwrap_or_default().trim_start()))
}
