//! What do shell scripts, makefiles and container files fetch?

use super::evidence::{is_source, place};
use super::finder::Program;
use super::script::{Line, Word, commands, is_noise};
use super::{Awaits, Evidence, Is, Pin, Use, model};
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
    Use {
        line,
        column,
        end_column,
        is,
        called,
        address,
        evidence: Evidence::Call,
        awaits: Awaits::Nothing,
        pin: Pin::NotAsked,
    }
}

fn fetched(text: &str, word: &Word, gets: Gets, sort: Sort, bare: bool) -> Option<Use> {
    let address = match Address::find(&word.text) {
        Some((start, address)) if start < 12 => address,
        // wget takes an address without a scheme as http.
        None if bare && word.text.contains('/') => Address { scheme: "http".into(), ..Address::bare(&word.text)? },
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
