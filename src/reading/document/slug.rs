//! Which anchor does a heading get?

use std::collections::BTreeMap;

/// The anchors that were given so far.
#[derive(Default)]
pub(super) struct Slugs {
    taken: BTreeMap<String, u32>,
}

impl Slugs {
    /// The anchor of the next heading; a number is added where the anchor is taken.
    pub(super) fn next(&mut self, text: &str) -> String {
        let slug = slug(text);
        let count = self.taken.entry(slug.clone()).or_insert(0);
        let unique = if *count == 0 { slug } else { format!("{slug}-{count}") };
        *count += 1;
        unique
    }
}

/// The anchor GitHub makes of a heading: lower case, spaces become hyphens, punctuation goes.
/// Source: github/html-pipeline, `table_of_contents_filter.rb`.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        match letter {
            ' ' => slug.push('-'),
            '-' | '_' => slug.push(letter),
            _ if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors() {
        let mut slugs = Slugs::default();
        for (text, anchor) in [
            ("Set up", "set-up"),
            ("Set up", "set-up-1"),
            ("Contributors ✨", "contributors-"),
            ("Bäume & Wasser", "bäume--wasser"),
            ("1. `x_y`?", "1-x_y"),
        ] {
            assert_eq!(slugs.next(text), anchor);
        }
    }
}
