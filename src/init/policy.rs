//! What does civiclint ask here? A policy file with a comment for each thing it may say.

use super::template::{Values, fill};
use super::{Desk, State};

const TEMPLATE: &str = include_str!("policy.toml");
const TEMPLATE_DE: &str = include_str!("policy.de.toml");

pub(super) fn make(desk: &Desk<'_>) -> State {
    let text = |value: &str| toml::Value::from(value).to_string();
    let mut values = Values::from([("profile", text(&desk.wishes.profile))]);
    let languages: Vec<String> = desk.known.readme_lang.iter().map(|lang| text(lang.tag())).collect();
    values.insert("languages", languages.first().cloned().unwrap_or_else(|| text(desk.lang.tag())));
    if !desk.wishes.approved.is_empty() {
        let approved: Vec<String> = desk.wishes.approved.iter().map(|one| text(one)).collect();
        values.insert("approved", approved.join(", "));
    }
    State::Ready(fill(desk.lang.pick(TEMPLATE, TEMPLATE_DE), &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in a comment and is meant to be said one day.
    fn said(text: &str) -> String {
        let bare = |line: &str| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with(|c: char| c.is_ascii_lowercase() || "[\"".contains(c)) => rest.to_owned(),
            _ => line.to_owned(),
        };
        text.lines().map(bare).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn both_templates_hold_as_they_are_and_with_every_comment_taken_off() {
        let mut keys = Vec::new();
        for template in [TEMPLATE, TEMPLATE_DE] {
            for approved in [false, true] {
                let mut values =
                    Values::from([("profile", "\"civic\"".to_owned()), ("languages", "\"de\"".to_owned())]);
                if approved {
                    values.insert("approved", "\"MIT\"".to_owned());
                }
                let text = fill(template, &values);
                let read: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
                assert_eq!(read.len(), 1 + usize::from(approved), "{text}");
                let read: toml::Table = said(&text).parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
                keys.push(read.keys().cloned().collect::<Vec<_>>().join(" "));
            }
        }
        keys.dedup();
        assert_eq!(keys, ["exclude extends fail-on languages licence publication rules waivers"]);
    }
}
