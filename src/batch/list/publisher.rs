//! publishers.yml, as the publiccode-crawler of Developers Italia reads it.
//!
//! A list of publishers; each has `id`, `name`, `orgs` (addresses of organisations and groups) and `repos` (addresses of
//! repositories), see `common/publisher.go` of <https://github.com/italia/publiccode-crawler>. Its API says the same as
//! `codeHosting`, a list of `{url, group}`, which is read, too.

use super::data::{Lines, text_of};
use super::gather::{Entry, Gather, short};
use crate::phrase::Phrase;
use serde_json::{Map, Value};

/// What lists of groups are called.
const GROUPS: [&str; 4] = ["orgs", "organizations", "organisations", "groups"];
/// What lists of repositories are called.
const REPOSITORIES: [&str; 2] = ["repos", "repositories"];
/// What the API of Developers Italia calls both.
const HOSTING: &str = "codeHosting";

/// Whether an object is a publisher: it has a list of groups or repositories.
pub(super) fn is_publisher(object: &Map<String, Value>) -> bool {
    let lists = GROUPS.iter().chain(&REPOSITORIES).chain([&HOSTING]);
    lists.into_iter().any(|key| object.get(*key).is_some_and(|value| value.is_array() || value.is_null()))
}

/// Reads one publisher.
pub(super) fn read(object: &Map<String, Value>, lines: &mut Lines<'_>, gather: &mut Gather) {
    let owner = ["name", "id", "description"].iter().find_map(|key| object.get(*key).and_then(text_of));
    let owner = owner.as_deref();
    let mut number = 0;
    for address in GROUPS.iter().flat_map(|key| list(object.get(*key))) {
        number += 1;
        match text_of(address) {
            Some(address) => gather.add_group(lines.of(&address), &address, owner),
            None => not_text(lines, gather),
        }
    }
    for address in REPOSITORIES.iter().flat_map(|key| list(object.get(*key))) {
        number += 1;
        match text_of(address) {
            Some(address) => gather.add(lines.of(&address), Entry { address: &address, name: None, owner }),
            None => not_text(lines, gather),
        }
    }
    for hosting in list(object.get(HOSTING)) {
        number += 1;
        let Some(address) = hosting.get("url").and_then(text_of) else {
            not_text(lines, gather);
            continue;
        };
        let line = lines.of(&address);
        // The API's default: an account, not a repository.
        if hosting.get("group").and_then(Value::as_bool).unwrap_or(true) {
            gather.add_group(line, &address, owner);
        } else {
            gather.add(line, Entry { address: &address, name: None, owner });
        }
    }
    if number == 0 {
        let name = owner.and_then(short).unwrap_or_default();
        gather.tell(
            Phrase::new("the publisher {name} names no repository", "der Herausgeber {name} nennt kein Repository")
                .with("name", name),
        );
    }
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn not_text(lines: &Lines<'_>, gather: &mut Gather) {
    gather.wrong(lines.here(), Phrase::new("an address is missing here", "hier fehlt eine Adresse"));
}
