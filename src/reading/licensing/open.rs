//! Which licences are open?

use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    data: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../open-licences.toml")).expect("the table is part of the program and tested")
});

/// Whether a licence is approved by the Open Source Initiative or a free software licence by the FSF's list.
pub fn is_open_for_software(id: &str) -> bool {
    let id = super::family(id);
    let known = |id: &str| spdx::license_id(id);
    let found = known(id).or_else(|| known(&format!("{id}-only"))).or_else(|| known(&format!("{id}-or-later")));
    found.is_some_and(|id| id.is_osi_approved() || id.is_fsf_free_libre())
}

/// Whether a licence is conformant to the Open Definition.
pub fn is_open_for_data(id: &str) -> bool {
    TABLE.data.contains(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_an_id_of_the_list() {
        for id in &TABLE.data {
            assert!(spdx::license_id(id).is_some_and(|found| found.name == id), "{id}");
        }
    }

    #[test]
    fn what_must_not_be_there() {
        for id in &TABLE.data {
            assert!(!id.contains("-NC") && !id.contains("-ND"), "{id}");
        }
        assert!(
            !is_open_for_data("C-UDA-1.0") && !is_open_for_software("SSPL-1.0") && !is_open_for_software("Elastic-2.0")
        );
        assert!(is_open_for_software("GPL-2.0") && is_open_for_software("AGPL-3.0-or-later"));
    }
}
