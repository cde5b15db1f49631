//! Which values may a word take?

use crate::phrase::Phrase;
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// A whole number of 64 bits.
pub(crate) fn number(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let number = value.get_ref().as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A list of texts, with their places in the block.
pub(crate) fn texts<'t>(value: &'t Spanned<DeValue<'_>>) -> Option<Vec<(&'t str, Range<usize>)>> {
    value.get_ref().as_array()?.iter().map(|item| Some((item.get_ref().as_str()?, item.span()))).collect()
}

/// What to say where a number stands in quotes.
pub(crate) fn without_quotes(text: &str) -> Option<Phrase> {
    text.parse::<i64>().ok().map(|number| {
        Phrase::new("a number stands without quotes: {number}", "Eine Zahl steht ohne Anführungszeichen: {number}")
            .with("number", number.to_string())
    })
}
