//! What is a repository of a list called, and which part of a list does it belong to?

use super::{Listed, Location};
use crate::output::encode::visible;
use crate::portfolio::run::Shard;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Characters of a key that people can read.
const READABLE: usize = 40;

/// Hexadecimal digits at the end of a key, which tell repositories of one name apart.
pub const HASH_DIGITS: usize = 12;

/// A repository of the list, with its place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// what the list says
    pub listed: Listed,
    /// its place in the whole list, from 0
    pub at: usize,
    /// the name of its files: small letters, digits and hyphens
    pub key: String,
    /// what it is called for people
    pub name: String,
}

/// The entries of a list, or of one part of it. What part an entry belongs to hangs on the entry alone, so that it stays
/// where it was when the list changes, and with it the clone that was fetched for it.
pub fn entries(listed: Vec<Listed>, shard: Option<Shard>) -> Vec<Entry> {
    let short: Vec<String> = listed.iter().map(|one| name(one, 0)).collect();
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &short {
        *met.entry(name).or_default() += 1;
    }
    let all = listed.into_iter().zip(&short).enumerate();
    all.filter_map(|(at, (listed, short))| {
        let hash = Sha256::digest(listed.repo.as_bytes());
        let here = shard.is_none_or(|shard| part(&hash, shard.of) + 1 == shard.index);
        here.then(|| {
            // Folders of one name are told apart by what they lie in.
            let is_met_again = met.get(short.as_str()).is_some_and(|number| *number > 1);
            let name = if is_met_again { name(&listed, 1) } else { short.clone() };
            let owner = listed.owner.map(|owner| visible(owner.as_bytes()));
            Entry { at, key: key(short, &hash), name, listed: Listed { owner, ..listed } }
        })
    })
    .collect()
}

/// A hash of the whole list, in hexadecimal.
pub fn hash(listed: &[Listed]) -> String {
    let mut hash = Sha256::new();
    for one in listed {
        for text in [Some(one.repo.as_str()), one.name.as_deref(), one.owner.as_deref()] {
            hash.update(text.unwrap_or_default());
            hash.update([0, u8::from(text.is_some())]);
        }
    }
    hex(&hash.finalize(), 16)
}

/// The first bytes of a hash, in hexadecimal.
pub fn hex(hash: &[u8], bytes: usize) -> String {
    hash.iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}

fn part(hash: &[u8], of: usize) -> usize {
    let first = hash.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    usize::try_from(first % (of.max(1) as u64)).unwrap_or(0)
}

fn key(name: &str, hash: &[u8]) -> String {
    let mut readable = String::new();
    for character in name.chars() {
        let small = character.to_ascii_lowercase();
        if small.is_ascii_alphanumeric() {
            readable.push(small);
        } else if !readable.is_empty() && !readable.ends_with('-') {
            readable.push('-');
        }
        if readable.len() == READABLE {
            break;
        }
    }
    let readable = readable.trim_end_matches('-');
    let hash = hex(hash, HASH_DIGITS / 2);
    if readable.is_empty() { hash } else { format!("{readable}-{hash}") }
}

/// What the list says; else the last two parts of an address, which forges call the full name, or the last part of a
/// path; and so many parts `more`.
fn name(listed: &Listed, more: usize) -> String {
    if let Some(name) = &listed.name {
        return visible(name.as_bytes());
    }
    let (text, parts) = match &listed.location {
        Location::Folder(path) => (String::from_utf8_lossy(path.as_os_str().as_encoded_bytes()).into_owned(), 1),
        Location::Remote(address) => {
            let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
            let path = rest.split_once(['/', ':']).map_or(rest, |(_, path)| path);
            (path.to_owned(), 2)
        }
    };
    let mut last: Vec<&str> =
        text.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".." | ".git")).collect();
    let last = last.split_off(last.len().saturating_sub(parts + more));
    let name = last.join("/");
    let name = name.strip_suffix(".git").unwrap_or(&name);
    visible(if name.is_empty() { listed.repo.as_bytes() } else { name.as_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remote(address: &str) -> Listed {
        Listed { repo: address.to_owned(), location: Location::Remote(address.to_owned()), name: None, owner: None }
    }

    fn folder(path: &str) -> Listed {
        Listed { repo: path.to_owned(), location: Location::Folder(path.into()), name: None, owner: None }
    }

    #[test]
    fn names_are_those_people_use_and_keys_are_safe() {
        let names = [
            (remote("https://git.example.org/amt/wahl.git"), "amt/wahl", "amt-wahl-"),
            (remote("https://git.example.org/a/b/c/"), "b/c", "b-c-"),
            (remote("git@git.example.org:amt/wahl.git"), "amt/wahl", "amt-wahl-"),
            (folder("/srv/clones/amt.git"), "amt", "amt-"),
            (folder("clones/wahl/.git"), "wahl", "wahl-"),
            (folder("../.."), "../..", ""),
            (folder("Bürger amt"), "Bürger amt", "b-rger-amt-"),
        ];
        for (listed, name, start) in names {
            let entry = entries(vec![listed], None).remove(0);
            assert_eq!(entry.name, name);
            assert!(entry.key.starts_with(start), "{}", entry.key);
            assert!(
                entry.key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                entry.key
            );
        }
        let same = entries(vec![remote("https://a.example/x"), remote("https://b.example/x")], None);
        assert_ne!(same[0].key, same[1].key);
    }

    #[test]
    fn what_lists_and_forges_say_is_made_visible() {
        let said = "Amt\u{202e}\u{1b}[2J";
        let listed = Listed { name: Some(said.to_owned()), owner: Some(said.to_owned()), ..folder("a") };
        let entry = entries(vec![listed], None).remove(0);
        assert!(!entry.name.contains(['\u{202e}', '\u{1b}']), "{:?}", entry.name);
        assert_eq!(entry.listed.owner, Some(entry.name));
    }

    #[test]
    fn folders_of_one_name_are_told_apart_in_every_part_of_the_list() {
        let list = vec![folder("a/wahl/repo"), folder("a/amt/repo"), folder("a/solo")];
        let names = |shard| -> BTreeMap<String, String> {
            entries(list.clone(), shard).into_iter().map(|entry| (entry.listed.repo, entry.name)).collect()
        };
        let all = names(None);
        assert_eq!(all.values().collect::<Vec<_>>(), ["amt/repo", "solo", "wahl/repo"]);
        let parts = (1..=3).flat_map(|index| names(Some(Shard { index, of: 3 })));
        assert_eq!(parts.collect::<BTreeMap<_, _>>(), all);
        // The files of a repository keep their name when another one comes into the list.
        assert_eq!(entries(list[..1].to_vec(), None)[0].key, entries(list.clone(), None)[0].key);
    }

    #[test]
    fn the_parts_of_a_list_are_the_list_and_stay_where_they_are() {
        let all: Vec<Listed> = (0..200).map(|at| folder(&format!("clones/{at}"))).collect();
        let of = |listed: &[Listed], index| entries(listed.to_vec(), Some(Shard { index, of: 4 }));
        let mut together: Vec<Entry> = (1..=4).flat_map(|index| of(&all, index)).collect();
        assert!((1..=4).all(|index| of(&all, index).len() > 25), "no part is much larger than another");
        together.sort_by_key(|entry| entry.at);
        assert_eq!(together, entries(all.clone(), None));
        let fewer = &all[1..];
        let before: Vec<String> = of(&all, 2).into_iter().map(|entry| entry.key).collect();
        assert!(of(fewer, 2).iter().all(|entry| before.contains(&entry.key)));
        assert_ne!(hash(&all), hash(fewer));
    }
}
