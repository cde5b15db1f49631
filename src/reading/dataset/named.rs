//! Which files of the repository does a description of data name?

use super::{NamedFile, Standard};
use crate::reading::node::{Document, Node};

/// So many files are told.
const MOST: usize = 2000;

/// The local files that a description names.
pub(super) fn files(standard: Standard, document: &Document<'_>) -> Vec<NamedFile> {
    let mut found = Vec::new();
    let mut add = |key: String, node: &Node| {
        for one in node.list_or_one() {
            let Some(path) = one.text().map(str::trim).filter(|path| is_local(path)) else { continue };
            if found.len() < MOST {
                found.push(NamedFile { key: key.clone(), span: document.span(one), path: path.to_owned() });
            }
        }
    };
    let root = &document.root;
    match standard {
        Standard::DataPackage => {
            for (number, resource) in root.get("resources").map(Node::list).unwrap_or_default().iter().enumerate() {
                for key in ["path", "schema", "dialect"] {
                    let Some(node) = resource.get(key) else { continue };
                    add(format!("resources[{number}].{key}"), node);
                }
            }
        }
        Standard::Croissant => {
            let files = root.get("distribution").map(Node::list_or_one).unwrap_or_default();
            for (number, file) in files.iter().enumerate() {
                // what is in an archive is not in the tree
                if let (Some(node), None) = (file.get("contentUrl"), file.get("containedIn")) {
                    add(format!("distribution[{number}].contentUrl"), node);
                }
            }
        }
        Standard::Csvw => {
            let context = root.get("@context").map(Node::list_or_one).unwrap_or_default();
            if context.iter().any(|node| node.get("@base").is_some()) {
                return Vec::new();
            }
            if let Some(node) = root.get("url") {
                add("url".to_owned(), node);
            }
            for (number, table) in root.get("tables").map(Node::list).unwrap_or_default().iter().enumerate() {
                if let Some(node) = table.get("url") {
                    add(format!("tables[{number}].url"), node);
                }
            }
        }
        // the files of a card lie in the repository of the hub
        Standard::Card => {}
    }
    found
}

/// Whether a text is the path of one file: no address, no pattern, no place of another machine.
fn is_local(path: &str) -> bool {
    let starts_alone =
        !path.starts_with(['/', '~', '\\', '#', '.']) || path.starts_with("./") || path.starts_with("../");
    !path.is_empty()
        && path.len() <= 1024
        && starts_alone
        && !path.contains("://")
        && !path.contains(['*', '?', '{', '}', '<', '>', '$', '#', '%', '\\', '\n'])
        && path.get(1..2) != Some(":")
        && !path.starts_with("data:")
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn paths() {
        for (path, local) in [
            ("data/a.csv", true),
            ("./a.csv", true),
            ("a [1].csv", true),
            ("https://e.muster/a.csv", false),
            ("data/*.csv", false),
            ("/mnt/a.csv", false),
            ("C:/a.csv", false),
            ("", false),
            ("#/schema", false),
        ] {
            assert_eq!(is_local(path), local, "{path}");
        }
    }
}
