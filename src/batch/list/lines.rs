//! Lists with an address or a path a line.

use super::gather::{Entry, Gather};

/// Reads one entry a line. A line that begins with `#` is a comment; a `#` further back belongs to the path.
pub(super) fn read(text: &str, gather: &mut Gather) {
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        gather.add(number + 1, Entry { address: line, name: None, owner: None });
    }
}
