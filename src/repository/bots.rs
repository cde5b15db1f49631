//! Which authors are known to be programs, by their name or address?
//!
//! The table is `bots.toml`. Authors whose commits give them away are found in `people`.

use serde::Deserialize;
use std::sync::LazyLock;

/// The table of known automation.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Bots {
    name_ends: Vec<String>,
    word_ends: Vec<String>,
    before_bot: Vec<String>,
    names: Vec<String>,
    emails: Vec<String>,
}

static KNOWN: LazyLock<Bots> =
    LazyLock::new(|| toml::from_str(include_str!("bots.toml")).expect("the baked table is read by a test"));

impl Bots {
    /// The table that is baked in.
    pub(crate) fn known() -> &'static Self {
        &KNOWN
    }

    /// Whether this author is a program, as far as name and address tell.
    pub(crate) fn is_bot(&self, name: &[u8], email: &[u8]) -> bool {
        let name = String::from_utf8_lossy(name);
        let name = name.trim();
        let lower = name.to_lowercase();
        let email = String::from_utf8_lossy(email).trim().to_lowercase();
        self.names.contains(&lower)
            || self.name_ends.iter().any(|end| lower.ends_with(end.as_str()))
            || self.is_bot_word(name, &lower)
            || self.emails.iter().any(|pattern| fits(pattern, &email))
    }

    fn is_bot_word(&self, name: &str, lower: &str) -> bool {
        if let Some((before, last)) = lower.rsplit_once(' ') {
            let before = before.rsplit(' ').next().unwrap_or_default();
            return self.word_ends.iter().any(|end| last == end) && self.before_bot.iter().any(|word| word == before);
        }
        self.word_ends.iter().any(|end| {
            let Some(start) = lower.strip_suffix(end.as_str()) else { return false };
            // A person may be called JesseBot, but hardly ReleaseBot.
            let camel = lower.len() == name.len()
                && name.get(start.len()..).is_some_and(|tail| tail.starts_with(char::is_uppercase))
                && self.before_bot.iter().any(|word| start.ends_with(word.as_str()));
            camel || start.ends_with(['-', '_', '.']) || start.is_empty()
        })
    }
}

/// Whether a text fits a pattern in which `*` stands for any text.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        match text.find(part) {
            Some(at) => text = text.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bots() {
        for (name, email) in [
            ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
            ("dependabot-preview[bot]", ""),
            ("renovate[bot]", "29139614+renovate[bot]@users.noreply.github.com"),
            ("Renovate Bot", "bot@renovateapp.com"),
            ("WhiteSource Renovate", ""),
            ("github-actions", "41898282+github-actions[bot]@users.noreply.github.com"),
            ("GitHub Action", "action@github.com"),
            ("actions-user", "actions@github.com"),
            ("greenkeeperio-bot", "support@greenkeeper.io"),
            ("snyk-bot", "snyk-bot@snyk.io"),
            ("Weblate", "noreply@weblate.org"),
            ("Hosted Weblate", "hosted@weblate.org"),
            ("pre-commit-ci[bot]", ""),
            ("allcontributors[bot]", ""),
            ("ImgBotApp", "ImgBotHelp@gmail.com"),
            ("semantic-release-bot", "semantic-release-bot@martynus.net"),
            ("Update token", "project_4711_bot@noreply.gitlab.example.org"),
            ("Update token", "project_4711_bot_0a1b2c@noreply.gitlab.example.org"),
            ("Update token", "group_12_bot_0a1b2c@noreply.gitlab.example.org"),
            ("BumpVersion Action", "bumpversion@github-actions"),
            ("OTP Changelog Bot", "changelog-bot@example.org"),
            ("RKIGithubBot", "github@example.org"),
            ("release_bot", ""),
            ("ReleaseBot", ""),
            ("k8s-ci-robot", ""),
            ("Travis CI", "builds@travis-ci.org"),
            ("jenkins", "nobody@build.example.org"),
            ("Weblate (bot)", ""),
            ("Lab Service Account", "lab@example.org"),
            ("werkstatt", "roboter@example.org"),
        ] {
            assert!(Bots::known().is_bot(name.as_bytes(), email.as_bytes()), "{name} <{email}>");
        }
    }

    #[test]
    fn people() {
        for (name, email) in [
            ("Ada Example", "4711+ada@users.noreply.github.com"),
            ("Ada Example", "ada@users.noreply.github.com"),
            ("Ada Example", "noreply@github.com"),
            ("Ada Example", "4711-ada@users.noreply.gitlab.com"),
            ("Frank Bot", "frank.bot@example.nl"),
            ("Jan de Bot", "bot.jan@example.nl"),
            ("Paul Talbot", "talbot@example.org"),
            ("talbot", "talbot@example.org"),
            ("JesseBot", "jesse@example.org"),
            ("abbot", "abbot@example.org"),
            ("Marie Renovatelli", "mrenovate@example.org"),
            ("Jenkins, Paul", "pjenkins@example.org"),
            ("Travis Example", "travis@example.org"),
            ("Ruth Jenkins", "jenkins@example.org"),
            ("RKIOpenData", "opendata@example.org"),
            ("Action Jackson", "jackson@example.org"),
            ("", ""),
            ("ci-fan", "fan@example.org"),
            ("Robot8A", "someone@example.org"),
            ("Dan Example", "dan@legalrobot.example"),
            ("İlker", "ilker@example.org"),
            ("\u{1e9e}Bot\u{130}", ""),
        ] {
            assert!(!Bots::known().is_bot(name.as_bytes(), email.as_bytes()), "{name} <{email}>");
        }
    }

    #[test]
    fn patterns() {
        for (pattern, text, expected) in [
            ("a@b", "a@b", true),
            ("a@b", "xa@b", false),
            ("*@b", "a@b", true),
            ("*@b", "a@bc", false),
            ("a*", "abc", true),
            ("project_*_bot@*", "project_1_bot@x", true),
            ("project_*_bot@*", "project_1_bots@x", false),
            ("a*a", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn the_table_is_in_lower_case() {
        let bots = Bots::known();
        for entry in
            [&bots.name_ends, &bots.word_ends, &bots.before_bot, &bots.names, &bots.emails].into_iter().flatten()
        {
            assert_eq!(entry, &entry.to_lowercase());
        }
    }
}
