//! Is the first row of a table its header?

use super::Column;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A number in the spellings of tables, with a unit sign or without.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[-+]?[0-9][0-9.,'\s]*([eE][-+]?[0-9]+)?\s*[%€$]?$").expect("tested"));
/// A date or a time, or the two.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}.*|[0-9]{1,2}:[0-9]{2}.*)$").expect("tested")
});
/// What only stands in data.
static VALUE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\S+@\S+\.\S+|https?://\S+|(?i:true|false|null|nan|none))$").expect("tested"));
/// A name as programs give it: `bike_count`, `bikeCount`.
static NAME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[A-Za-z][A-Za-z0-9]*([_.:][A-Za-z0-9]+)+$|^[a-z]+[A-Z][A-Za-z]+$").expect("tested"));

/// Whether a text is a number.
pub(super) fn is_number(text: &str) -> bool {
    NUMBER.is_match(text)
}

/// Whether a text is a date or a time.
pub(super) fn is_date(text: &str) -> bool {
    DATE.is_match(text)
}

/// What programs call a column that has no name: `V12` in R, `Unnamed: 3` in pandas.
static COUNTED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(V|X|[Cc]ol|[Cc]olumn|Spalte|Unnamed:)[_ ]?[0-9]+$").expect("tested"));
/// A year as programs write it that want a letter first: `X1998`, `FY2020`.
static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[A-Za-z]{1,2}_?(1[5-9]|20|21)[0-9]{2}$").expect("tested"));

/// Whether a name of a column is a year, a date or a number: one of a series of columns.
pub(super) fn is_of_series(name: &str) -> bool {
    is_number(name) || is_date(name) || YEAR.is_match(name) || COUNTED.is_match(name)
}

/// Whether the first row, held as the names of these columns, is a header: no cell of it is a value, and it differs
/// from what is below it, or looks like names that programs give.
pub(super) fn is_header(columns: &[Column]) -> bool {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let filled: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    let labels = filled.iter().filter(|name| !is_of_series(name)).count();
    let distinct = filled.iter().collect::<BTreeSet<_>>().len();
    let is_year = |name: &&str| is_date(name) || name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    if labels == 0
        || filled.iter().any(|name| VALUE.is_match(name) || name.chars().count() > 100)
        || filled.len() * 2 < names.len()
        || distinct * 10 < filled.len() * 8
    {
        return false;
    }
    let series: Vec<&str> = filled.iter().copied().filter(|name| is_of_series(name)).collect();
    // numbers in a header are those of a series: years, classes of age
    if !series.is_empty() && !series.iter().all(is_year) && series.len() * 10 > filled.len() {
        return false;
    }
    let differs = columns.iter().any(|column| {
        let values: Vec<&String> = column.values.iter().filter(|value| !value.is_empty()).collect();
        let typed = values.iter().filter(|value| is_of_series(value) || VALUE.is_match(value)).count();
        !column.name.is_empty() && !is_of_series(&column.name) && !values.is_empty() && typed * 10 >= values.len() * 8
    });
    differs
        || series.len() > 1
        || filled.iter().any(|name| NAME.is_match(name))
        || filled.iter().filter(|name| super::super::personal::is_known(name)).count() * 2 >= filled.len()
}
