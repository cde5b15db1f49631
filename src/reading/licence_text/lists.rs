//! The words by which licence texts and statements are judged; they stand in `words.toml`.

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The lists of `words.toml`, which says what each is for.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Lists {
    pub(super) weighty: BTreeSet<String>,
    pub(super) never_a_name: BTreeSet<String>,
    pub(super) placeholders: BTreeSet<String>,
    pub(super) institutions: BTreeSet<String>,
    pub(super) small: BTreeSet<String>,
    pub(super) endorsing: BTreeSet<String>,
    pub(super) variants: Vec<String>,
    pub(super) granting: Vec<String>,
    pub(super) takes_back: Vec<String>,
    pub(super) marks: BTreeSet<String>,
    pub(super) grants: BTreeSet<String>,
    pub(super) one_word: BTreeSet<String>,
    pub(super) otherwise: BTreeSet<String>,
    pub(super) verbs: BTreeSet<String>,
    pub(super) this: BTreeSet<String>,
    pub(super) work: BTreeSet<String>,
    pub(super) or: BTreeSet<String>,
    pub(super) choice: Vec<String>,
    pub(super) parts: Vec<String>,
    pub(super) later: BTreeSet<String>,
    pub(super) licence_heading: BTreeSet<String>,
    pub(super) other_heading: Vec<String>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).expect("the table is part of the program and tested"));

/// The lists, read once.
pub(super) fn lists() -> &'static Lists {
    &LISTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_in_lower_case() {
        let all = [&lists().weighty, &lists().grants, &lists().otherwise, &lists().later, &lists().licence_heading];
        for word in all.into_iter().flatten() {
            assert_eq!(*word, word.to_lowercase());
        }
    }

    #[test]
    fn what_is_never_a_name_is_weighty() {
        assert!(
            lists().never_a_name.is_subset(&lists().weighty),
            "{:?}",
            lists().never_a_name.difference(&lists().weighty)
        );
    }
}
