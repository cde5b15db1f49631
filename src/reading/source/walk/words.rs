//! Which names hand each of many values on, and which say nothing of where a value comes from?

use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// Whether a name says anything of where a value comes from.
pub(super) fn tells(name: &str) -> bool {
    name.len() > 1 && !COMMON.contains(name)
}

/// Whether a call hands each of many values to a function.
pub(in crate::reading::source) fn is_higher(name: &str) -> bool {
    static NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| HIGHER.iter().copied().collect());
    NAMES.contains(name)
}

const HIGHER: &[&str] = &[
    "map",
    "forEach",
    "flatMap",
    "each",
    "lapply",
    "sapply",
    "vapply",
    "mapply",
    "map_df",
    "map_dfr",
    "map_dfc",
    "map_chr",
    "map2",
    "walk",
    "walk2",
    "pmap",
    "imap",
    "mclapply",
    "future_map",
    "starmap",
    "for_each",
    "imap_dfr",
    "purrr",
];

/// Names that say nothing of where a value comes from.
static COMMON: LazyLock<FxHashSet<&str>> = LazyLock::new(|| COMMON_NAMES.iter().copied().collect());

const COMMON_NAMES: &[&str] = &[
    "self", "this", "None", "null", "True", "False", "true", "false", "if", "else", "in", "of", "and", "or", "not",
    "new", "await", "async", "const", "let", "var", "return", "import", "from", "as", "str", "String", "string", "int",
    "len", "print", "json", "data", "response", "res", "result", "req", "request", "requests", "os", "np", "pd",
    "window", "document", "console", "function", "lambda", "with", "try", "catch", "except", "def", "class", "static",
    "public", "private", "final", "then", "text", "key", "id", "name", "type", "params", "headers", "timeout", "get",
    "set", "format", "join", "replace", "split", "path", "i",
];
