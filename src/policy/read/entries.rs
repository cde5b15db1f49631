//! Which keys has a table, in the order in which they are written?

use super::Entry;
use toml::de::DeTable;

/// The entries of a table in the order of their places.
pub(super) fn of<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<Entry<'t, 'i>> =
        table.iter().map(|(key, value)| (key.get_ref().as_ref(), key.span(), value)).collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    entries
}
