//! What do shell scripts, makefiles and container files fetch?

use super::evidence::{is_source, place};
use super::finder::Program;
use super::{Awaits, Evidence, Is, Use, model};
use crate::reading::address::{Address, HOLE};
use crate::reading::calls::Reads;
use crate::reading::file_kinds::{self, FileKind};
use crate::reading::hosts::{self, SourceKind};
use crate::repository::RepoPath;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A row of `fetches.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Command {
    /// the command and the words that must follow it
    words: Vec<String>,
    gets: Gets,
    #[serde(default)]
    values: Vec<String>,
    means: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Gets {
    /// whatever the address gives
    Web,
    /// a file that may be a program
    File,
    /// data
    Data,
    /// the first of two places; where that is no address, something is put there
    Copy,
    /// a data set of a hub
    Dataset,
    /// a trained model
    Model,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    command: Vec<Command>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("../fetches.toml")).expect("a test parses the table"));

/// Words that tell even without an address.
pub(super) fn telling() -> impl Iterator<Item = &'static str> {
    let named =
        |row: &&Command| matches!(row.gets, Gets::Dataset | Gets::Model) || row.words.iter().any(|word| word == "wget");
    TABLE
        .command
        .iter()
        .filter(named)
        .filter_map(|row| row.words.first())
        .map(String::as_str)
        .filter(|word| word.len() > 3)
}

/// How a script is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// a script that people run: what it fetches is data unless it looks like a program
    Script,
    /// builds and installs: what it fetches is a program unless it looks like data
    Build,
}

/// What a script uses.
pub(super) fn uses(path: &RepoPath, text: &str) -> Vec<Use> {
    let name = path.name_lower();
    let folder = path.lower();
    let build = [
        "dockerfile",
        "containerfile",
        "makefile",
        "gnumakefile",
        "justfile",
        "install",
        "setup",
        "bootstrap",
        "provision",
        "build",
        "entrypoint",
    ]
    .iter()
    .any(|start| name.starts_with(start))
        || name.ends_with(".dockerfile")
        || [
            "ci/",
            ".ci/",
            "docker/",
            ".devcontainer/",
            "packaging/",
            "infrastructure/",
            "terraform/",
            "ansible/",
            ".github/",
        ]
        .iter()
        .any(|part| folder.starts_with(part) || folder.contains(&format!("/{part}")));
    read(text, if build { Sort::Build } else { Sort::Script }).uses
}

/// What a script uses that stands in another file.
pub(super) fn program(text: &str) -> Program {
    read(text, Sort::Script)
}

/// What steps of automation use.
pub(super) fn steps(text: &str) -> Vec<Use> {
    read(text, Sort::Build).uses
}

/// A word of a command: its text with variables filled in, where it stands, and where the text of a variable stands.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    start: usize,
    end: usize,
}

fn read(text: &str, sort: Sort) -> Program {
    let mut known: BTreeMap<String, Word> = BTreeMap::new();
    let mut program = Program::default();
    for command in commands(text) {
        let mut words: Vec<Word> = Vec::new();
        for word in &command.words {
            words.push(fill(word, &known, &mut program.mentioned));
        }
        let first = words.iter().position(|word| !is_noise(&word.text)).unwrap_or(words.len());
        let words = words.get(first..).unwrap_or_default();
        if let [name, sign, value] = words
            && matches!(sign.text.as_str(), ":=" | "=" | "?=" | "::=")
        {
            known.insert(name.text.clone(), value.clone());
            continue;
        }
        if let [word, ..] = words
            && let Some((name, value)) = assignment(&word.text)
        {
            let start = word.start + name.len() + 1;
            known.insert(name.to_owned(), Word { text: value.to_owned(), start, end: word.end });
            continue;
        }
        program.uses.extend(command_uses(text, words, &command, sort));
        if words.first().is_some_and(|word| TABLE.command.iter().any(|row| row.words.first() == Some(&word.text))) {
            program.needed.extend(command.words.iter().flat_map(|word| variables(&word.text)));
        }
    }
    program
}

fn is_noise(word: &str) -> bool {
    matches!(
        word,
        "export"
            | "local"
            | "readonly"
            | "declare"
            | "sudo"
            | "RUN"
            | "time"
            | "exec"
            | "then"
            | "do"
            | "else"
            | "if"
            | "!"
            | "env"
            | "ENV"
            | "ARG"
            | "@"
            | "-"
            | "nohup"
            | "command"
            | "while"
            | "until"
            | "&&"
            | "{"
            | "("
            | "set"
            | "let"
    ) || word.starts_with("--mount")
        || word.starts_with('@') && word.len() == 1
}

fn assignment(word: &str) -> Option<(&str, &str)> {
    let (name, value) = word.split_once('=')?;
    let name = name.trim_end_matches([':', '?', '+']);
    let plain = !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.as_bytes()[0].is_ascii_digit();
    plain.then_some((name, value))
}

/// The variables a word mentions.
fn variables(word: &str) -> Vec<String> {
    word.split('$')
        .skip(1)
        .map(|rest| {
            rest.trim_start_matches(['{', '(']).chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}

/// Fills known variables in; an unknown one is a hole, one with a default is its default.
fn fill(word: &Word, known: &BTreeMap<String, Word>, mentioned: &mut BTreeSet<String>) -> Word {
    if !word.text.contains('$') {
        return word.clone();
    }
    let mut filled = Word { text: String::new(), start: word.start, end: word.end };
    let mut rest = word.text.as_str();
    while let Some(at) = rest.find('$') {
        filled.text.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let braced = after.starts_with(['{', '(']);
        let inner = after.trim_start_matches(['{', '(']);
        let len = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let (name, behind) = inner.split_at(len);
        mentioned.insert(name.to_owned());
        let (default, behind) = match (braced, behind.find(['}', ')'])) {
            (true, Some(end)) => (behind[..end].trim_start_matches([':', '-', '=']), &behind[end + 1..]),
            _ => ("", behind),
        };
        match known.get(name) {
            Some(value) => {
                if filled.text.is_empty() {
                    (filled.start, filled.end) = (value.start, value.end);
                }
                filled.text.push_str(&value.text);
            }
            None if default.contains("://") => filled.text.push_str(default),
            None if name.is_empty() && !braced => filled.text.push('$'),
            None => filled.text.push(HOLE),
        }
        if filled.text.len() > 4096 {
            break;
        }
        rest = behind;
    }
    filled.text.push_str(rest);
    filled
}

fn command_uses(text: &str, words: &[Word], command: &Line, sort: Sort) -> Vec<Use> {
    let Some(first) = words.first() else { return Vec::new() };
    let program = first.text.rsplit('/').next().unwrap_or_default();
    let row = TABLE.command.iter().find(|row| {
        row.words.first().is_some_and(|word| word == program)
            && row.words.iter().skip(1).all(|wanted| words.iter().skip(1).take(4).any(|word| word.text == *wanted))
    });
    let Some(row) = row else { return Vec::new() };
    if command.piped_to_program || sends(words) {
        return Vec::new();
    }
    let arguments = arguments(words, row);
    match row.gets {
        Gets::Dataset | Gets::Model => {
            let Some(word) = arguments.iter().find(|word| !row.words.contains(&word.text)) else { return Vec::new() };
            let id = word.text.as_str();
            let plain = id.len() > 1 && !id.contains([HOLE, ' ', '$']) && !id.starts_with(['.', '/', '-']);
            let Some(means) = row.means.as_deref().filter(|_| plain) else { return Vec::new() };
            let (is, called) = match row.gets {
                Gets::Dataset => (Is::Source(SourceKind::Hub), format!("{means}/{id}")),
                _ => (Is::Model, model::called(id, "hosted").unwrap_or_else(|| id.to_owned())),
            };
            let address = Address::bare(&called).unwrap_or_default();
            vec![at(text, word, called, address, is)]
        }
        Gets::Copy => copy(text, words, &arguments),
        gets => arguments.into_iter().filter_map(|word| fetched(text, word, gets, sort, program == "wget")).collect(),
    }
}

fn at(text: &str, word: &Word, called: String, address: Address, is: Is) -> Use {
    let (line, column, end_column) = place(text, word.start, word.end);
    Use { line, column, end_column, is, called, address, evidence: Evidence::Call, awaits: Awaits::Nothing }
}

fn fetched(text: &str, word: &Word, gets: Gets, sort: Sort, bare: bool) -> Option<Use> {
    let address = match Address::find(&word.text) {
        Some((start, address)) if start < 12 => address,
        None if bare && word.text.contains('/') => Address::bare(&word.text)?,
        _ => return None,
    };
    let kind = file_kinds::of(&address);
    let telling = hosts::portal(&address).is_some()
        || kind == FileKind::Data
        || kind == FileKind::Model
        || speaks_of_data(&address);
    let packed = matches!(address.extension().as_str(), "zip" | "gz" | "tgz" | "bz2" | "xz" | "zst" | "tar" | "7z");
    let fits = match (gets, sort) {
        (Gets::Data, _) => true,
        (_, Sort::Build) => telling || hosts::mark(&address).is_some() && kind == FileKind::Maybe && !packed,
        (_, Sort::Script) => telling || !packed,
    };
    if !fits {
        return None;
    }
    let (is, _) = is_source(&address, Some(if gets == Gets::Data { Reads::Data } else { Reads::Web }))?;
    let called = if is == Is::Model { model::weights(&address) } else { hosts::group(&address) };
    Some(at(text, word, called, address, is))
}

/// Whether the name of an archive says that data is in it.
fn speaks_of_data(address: &Address) -> bool {
    let path = address.path.to_ascii_lowercase();
    [
        "gtfs",
        "geojson",
        "shape",
        "_shp",
        "-shp",
        "osm",
        "csv",
        "dataset",
        "opendata",
        "open-data",
        "/data/",
        "/daten/",
        "raster",
        "netcdf",
    ]
    .iter()
    .any(|word| path.contains(word))
}

/// Whether a download sends something, or only asks whether something is there.
fn sends(words: &[Word]) -> bool {
    let flags = [
        "-d",
        "--data",
        "--data-raw",
        "--data-binary",
        "-F",
        "--form",
        "-T",
        "--upload-file",
        "-I",
        "--head",
        "--post-data",
        "--post-file",
        "--spider",
        "--method=POST",
    ];
    let get = words.iter().any(|word| matches!(word.text.as_str(), "-G" | "--get"));
    !get && words.iter().any(|word| flags.contains(&word.text.as_str()))
        || words.windows(2).any(|pair| {
            matches!(pair[0].text.as_str(), "-X" | "--request")
                && matches!(pair[1].text.as_str(), "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD")
        })
        || words.iter().any(|word| matches!(word.text.as_str(), "-XPOST" | "-XPUT" | "-XDELETE" | "-XPATCH"))
}

/// The words that are no flags and no values of flags.
fn arguments<'w>(words: &'w [Word], row: &Command) -> Vec<&'w Word> {
    let mut found = Vec::new();
    let mut skip = false;
    for word in words.iter().skip(1) {
        if std::mem::take(&mut skip) {
            continue;
        }
        if word.text.starts_with('-') {
            skip = row.values.contains(&word.text);
            continue;
        }
        if word.text.starts_with(['>', '<']) || row.words.contains(&word.text) {
            continue;
        }
        found.push(word);
    }
    found
}

/// `aws s3 cp s3://from to`: what is read is the first place.
fn copy(text: &str, words: &[Word], arguments: &[&Word]) -> Vec<Use> {
    let endpoint =
        words.windows(2).find(|pair| pair[0].text == "--endpoint-url").and_then(|pair| Address::find(&pair[1].text));
    let Some(first) = arguments
        .iter()
        .find(|word| word.text.contains("://") || word.text.contains('/') || word.text.starts_with('.'))
    else {
        return Vec::new();
    };
    let Some((0, mut address)) = Address::find(&first.text) else { return Vec::new() };
    if !address.is_public() {
        return Vec::new();
    }
    let mut called = hosts::group(&address);
    if let Some((_, endpoint)) = endpoint.filter(|(_, endpoint)| endpoint.is_public()) {
        called = format!("{}/{}", endpoint.host, address.host);
        address = Address { path: format!("/{}{}", address.host, address.path), ..endpoint };
    }
    vec![at(text, first, called, address, Is::Source(SourceKind::ObjectStore))]
}

/// One simple command.
#[derive(Debug, Default)]
struct Line {
    words: Vec<Word>,
    /// what it puts out is run or installed
    piped_to_program: bool,
}

/// So many words are kept of one script.
const MOST: usize = 100_000;

/// Commands within commands are followed this deep.
const DEEPEST: u32 = 4;

/// Splits a script into simple commands; comments are left out.
fn commands(text: &str) -> Vec<Line> {
    let mut lines = commands_in(text, 0, text.len());
    let mut from = 0;
    for _ in 0..DEEPEST {
        let upto = lines.len();
        let nested: Vec<(usize, usize)> = lines
            .get(from..)
            .unwrap_or_default()
            .iter()
            .flat_map(|line| &line.words)
            .flat_map(|word| substitutions(text, word))
            .take(MOST)
            .collect();
        if nested.is_empty() {
            break;
        }
        for (start, end) in nested {
            lines.extend(commands_in(text, start, end));
        }
        from = upto;
    }
    lines
}

/// Where the commands within a word stand: `$(…)`.
fn substitutions(text: &str, word: &Word) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let raw = text.get(word.start..word.end).unwrap_or_default();
    let mut from = 0;
    while let Some(open) = raw.get(from..).and_then(|rest| rest.find("$(")).map(|at| from + at + 2) {
        let mut depth = 1u32;
        let close = raw.get(open..).unwrap_or_default().bytes().position(|byte| {
            depth = match byte {
                b'(' => depth + 1,
                b')' => depth.saturating_sub(1),
                _ => depth,
            };
            depth == 0
        });
        let end = close.map_or(raw.len(), |close| open + close);
        if raw.get(open..end).is_some_and(|inner| inner.contains(' ')) {
            found.push((word.start + open, word.start + end));
        }
        from = end;
    }
    found
}

fn commands_in(text: &str, start: usize, end: usize) -> Vec<Line> {
    let text = text.get(..end).unwrap_or(text);
    let bytes = text.as_bytes();
    let mut lines: Vec<Line> = vec![Line::default()];
    let mut piped = false;
    let mut at = start;
    let mut count = 0;
    while at < bytes.len() && count < MOST {
        match bytes[at] {
            b'\\' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => {
                at += 2 + usize::from(bytes.get(at + 1) == Some(&b'\r'))
            }
            b'\n' | b';' | b'&' | b'|' | b'`' | b'(' | b')' => {
                let pipe = bytes[at] == b'|' && bytes.get(at + 1) != Some(&b'|');
                end_line(&mut lines, piped);
                piped = pipe;
                at += 1;
            }
            byte if byte.is_ascii_whitespace() => at += 1,
            b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() || bytes[at - 1] == b';' => {
                at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
            }
            _ => {
                let (word, end) = word(text, at);
                count += 1;
                if let Some(line) = lines.last_mut() {
                    line.words.push(word);
                }
                at = end.max(at + 1);
            }
        }
    }
    end_line(&mut lines, piped);
    lines
}

fn end_line(lines: &mut Vec<Line>, piped: bool) {
    let runs = lines.last().is_some_and(|line| {
        line.words.iter().find(|word| !is_noise(&word.text)).is_some_and(|word| {
            matches!(
                word.text.rsplit('/').next().unwrap_or_default(),
                "sh" | "bash"
                    | "zsh"
                    | "gpg"
                    | "apt-key"
                    | "tee"
                    | "python"
                    | "python3"
                    | "node"
                    | "tar"
                    | "dpkg"
                    | "install"
                    | "fish"
                    | "perl"
            )
        })
    });
    if piped && runs && lines.len() > 1 {
        let before = lines.len() - 2;
        if let Some(line) = lines.get_mut(before) {
            line.piped_to_program = true;
        }
    }
    if lines.last().is_some_and(|line| !line.words.is_empty()) {
        lines.push(Line::default());
    }
}

/// One word from here on, its quotes taken off.
fn word(text: &str, from: usize) -> (Word, usize) {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::new();
    let mut quote = 0u8;
    let mut depth = 0u32;
    let mut at = from;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' if quote != b'\'' => {
                match bytes.get(at + 1) {
                    Some(b'\n') | None => {}
                    Some(next) => out.push(*next),
                }
                at += 2;
                continue;
            }
            b'"' | b'\'' if quote == byte => quote = 0,
            b'"' | b'\'' if quote == 0 => quote = byte,
            b'{' | b'(' if at > from && bytes[at - 1] == b'$' && quote != b'\'' => {
                depth += 1;
                out.push(byte);
            }
            b'}' | b')' if depth > 0 => {
                depth -= 1;
                out.push(byte);
            }
            b'\n' if quote == 0 && depth == 0 => break,
            _ if quote == 0
                && depth == 0
                && (byte.is_ascii_whitespace() || matches!(byte, b';' | b'|' | b'&' | b'(' | b')' | b'`')) =>
            {
                // `a?b=1&c=2` without quotes is one word for people who forgot them
                if byte == b'&' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) && out.contains(&b'?') {
                    out.push(byte);
                } else {
                    break;
                }
            }
            b'$' if quote == b'\'' => out.push(b'_'),
            _ => out.push(byte),
        }
        at += 1;
        if out.len() > 8192 {
            break;
        }
    }
    let lead = usize::from(matches!(bytes.get(from), Some(b'"' | b'\'')));
    let end = at.min(bytes.len());
    let trail = usize::from(lead == 1 && end > from + 1 && matches!(bytes.get(end - 1), Some(b'"' | b'\'')));
    (Word { text: String::from_utf8_lossy(&out).into_owned(), start: from + lead, end: end - trail }, end)
}
