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
