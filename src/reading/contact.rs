//! How can the people behind it be reached, by what a document says?

use super::document::{Document, Link, Section};
use super::sections::{self, Invitation, Meaning};
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A way to reach people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// an e-mail address
    Mail,
    /// a section on contact
    Section,
    /// an invitation to the issue tracker, or a link to it
    Issues,
    /// a forum, chat or mailing list
    Chat,
    /// a sentence that asks to write to somebody, with an address
    Invitation,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Table {
    chat: Vec<String>,
    chat_labels: BTreeSet<String>,
    tracker_paths: Vec<String>,
    tracker_hosts: Vec<String>,
    no_mailbox_names: BTreeSet<String>,
    no_mailbox_domains: Vec<String>,
    no_mailbox_endings: BTreeSet<String>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("contact.toml")).expect("the table is part of the program and tested")
});

/// `name@host`, and as people write it to keep robots away: `name [at] host [dot] de`.
static MAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)([a-z0-9][a-z0-9._%+-]*)\s*(?:@|\s*[\[({<](?:at|ät|@)[\])}>]\s*)",
        r"((?:[a-z0-9-]+\s*(?:\.|\s*[\[({<](?:dot|punkt)[\])}>]\s*))+[a-z]{2,24})\b"
    ))
    .expect("the pattern is part of the program and tested")
});

/// Every way a document names, each once, in order.
pub fn ways(document: &Document) -> BTreeSet<Way> {
    let mut ways = BTreeSet::new();
    let texts = document.prose.iter().map(|prose| prose.text.as_str());
    if texts.clone().any(|text| mail_address(text).is_some())
        || document
            .links
            .iter()
            .any(|link| link.url.strip_prefix("mailto:").is_some_and(|to| mail_address(to).is_some()))
    {
        ways.insert(Way::Mail);
    }
    if sections::about(document, Meaning::Contact).next().is_some() {
        ways.insert(Way::Section);
    }
    if texts.clone().any(|text| sections::invites(text, Invitation::Issue).is_some())
        || document.links.iter().any(is_tracker)
        || document.sections().any(|section| invites_to_report(&section))
    {
        ways.insert(Way::Issues);
    }
    if document.links.iter().any(|link| is_chat(&link.url)) {
        ways.insert(Way::Chat);
    }
    let with_address = document.prose.iter().filter(|prose| !prose.linked.is_empty() || has_handle(&prose.text));
    if with_address.into_iter().any(|prose| sections::invites(&prose.text, Invitation::Write).is_some()) {
        ways.insert(Way::Invitation);
    }
    ways
}

/// `## Reporting bugs`, over words that say how.
fn invites_to_report(section: &Section<'_>) -> bool {
    let heading = section.heading.map_or("", |heading| heading.text.as_str());
    sections::invites(heading, Invitation::Issue).is_some() && section.says_something()
}

/// The first e-mail address in a text that somebody may read, as it is written.
pub fn mail_address(text: &str) -> Option<&str> {
    // Nearly no text holds one; looking for the sign first is what makes it cheap.
    let signs = ["@", "at]", "at)", "at}", "at>", "AT]", "AT)", "ät]", "ät)"];
    if !signs.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some()) {
        return None;
    }
    MAIL.captures_iter(text).find_map(|found| {
        let (name, host) = (found.get(1)?.as_str().to_lowercase(), found.get(2)?.as_str().to_lowercase());
        let ending = host.rsplit('.').next().unwrap_or_default();
        let foreign = TABLE.no_mailbox_names.contains(&name)
            || TABLE.no_mailbox_endings.contains(ending)
            || TABLE.no_mailbox_domains.iter().any(|domain| is_below(&host, domain));
        (!foreign).then(|| found.get(0).map(|all| all.as_str()))?
    })
}

/// Whether a host is this domain or one below it.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A name on a forge or network: `@ada`.
fn has_handle(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == '(').any(|word| {
        word.strip_prefix('@')
            .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphanumeric()) && !name.contains('/'))
    })
}

/// The host and the path of an address of the web.
fn host_and_path(url: &str) -> Option<(String, &str)> {
    let rest = url.split_once("://")?.1;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let host = rest.get(..end)?.rsplit('@').next()?.trim_start_matches("www.").to_lowercase();
    Some((host, rest.get(end..)?.split(['?', '#']).next()?.trim_end_matches('/')))
}

/// Whether a link leads to an issue tracker, not to one issue in it.
fn is_tracker(link: &Link) -> bool {
    let url = link.url.as_str();
    // Relative links of forges: ../../issues
    if url.starts_with("../") || url.starts_with("issues") {
        return TABLE.tracker_paths.iter().any(|path| url.trim_end_matches('/').ends_with(path.as_str()));
    }
    let Some((host, path)) = host_and_path(url) else { return false };
    TABLE.tracker_paths.iter().any(|end| path.ends_with(end.as_str()))
        || TABLE
            .tracker_hosts
            .iter()
            .any(|known| host == *known || known.ends_with('.') && host.starts_with(known.as_str()))
}

/// Whether an address leads to a forum, chat or mailing list.
fn is_chat(url: &str) -> bool {
    if url.starts_with("irc://") || url.starts_with("ircs://") || url.starts_with("matrix:") || url.starts_with("xmpp:")
    {
        return true;
    }
    let Some((host, path)) = host_and_path(url) else { return false };
    let label = host.split('.').next().unwrap_or_default();
    TABLE.chat_labels.contains(label) && host.matches('.').count() >= 2
        || TABLE.chat.iter().any(|known| match known.split_once('/') {
            Some((domain, start)) => is_below(&host, domain) && path.trim_start_matches('/').starts_with(start),
            None => is_below(&host, known),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;
    use crate::reading::document::LinkBy;

    fn ways_of(text: &str) -> Vec<Way> {
        ways(&Document::read(&"README.md".into(), Format::Markdown, text)).into_iter().collect()
    }

    #[test]
    fn mail_addresses() {
        for (text, found) in [
            ("write to info@stadt-muster.org.", Some("info@stadt-muster.org")),
            ("mail: ada (at) muster-amt.de", Some("ada (at) muster-amt.de")),
            ("ada [at] muster-amt [dot] de", Some("ada [at] muster-amt [dot] de")),
            ("team@example.org", None),
            ("git@github.com:a/b.git", None),
            ("12345+ada@users.noreply.github.com", None),
            ("logo@2x.png", None),
            ("npm i @scope/name", None),
            ("left-pad@1.2.3", None),
            ("meet at (the) corner", None),
            ("your.name@host.com or real@amt-muster.eu", Some("real@amt-muster.eu")),
        ] {
            assert_eq!(mail_address(text), found, "{text}");
        }
    }

    #[test]
    fn ways_in_documents() {
        for (text, found) in [
            ("Please [open an issue](https://github.com/a/b/issues/new).", &[Way::Issues][..]),
            ("See [the tracker](https://gitlab.com/a/b/-/issues?label=x).", &[Way::Issues]),
            ("See [tracker](../../issues).", &[Way::Issues]),
            ("Fixed in https://github.com/a/b/issues/12", &[]),
            ("Fehler bitte als Issue melden.", &[Way::Issues]),
            ("Here: <https://t.me/muster>", &[Way::Chat]),
            ("We talk on https://forum.muster.org/", &[Way::Chat]),
            ("## Reporting bugs\n\nTell us what you saw.", &[Way::Issues]),
            ("## Reporting bugs\n\n## Other", &[]),
            ("The pipeline posts to a Slack channel.", &[]),
            ("## Contact\n\nJane Doe, room 5", &[Way::Section]),
            ("## Contact\n\n## Licence\n\nMIT", &[]),
            ("## Contact\n\nTODO", &[]),
            ("## Team\n\nJane Doe and Max Muster", &[]),
            ("Reach out to [Jane](https://muster.org/jane).", &[Way::Invitation]),
            ("Contact @ada for access.", &[Way::Invitation]),
            ("Contact Jane for access.", &[]),
            ("Schreiben Sie an amt@muster-stadt.de", &[Way::Mail]),
            ("    git config user.email ada@muster.org", &[]),
        ] {
            assert_eq!(ways_of(text), found, "{text}");
        }
    }

    #[test]
    fn each_host_of_the_table_is_a_chat_and_a_longer_one_is_none() {
        for row in &TABLE.chat {
            assert!(is_chat(&format!("https://{row}/x")), "{row}");
            assert!(!is_chat(&format!("https://x{row}.test/x")), "{row}");
        }
        for label in &TABLE.chat_labels {
            assert!(is_chat(&format!("https://{label}.muster.org")), "{label}");
            assert!(
                !is_chat(&format!("https://{label}.org")) || TABLE.chat.contains(&format!("{label}.org")),
                "{label}"
            );
        }
        for path in &TABLE.tracker_paths {
            let url = format!("https://git.muster.org/a/b{path}");
            let link = |url: &str| Link {
                url: url.to_owned(),
                text: String::new(),
                line: 1,
                image: false,
                by: LinkBy::Address,
            };
            assert!(is_tracker(&link(&url)), "{path}");
            assert!(!is_tracker(&link(&format!("{url}x"))), "{path}");
        }
    }

    #[test]
    fn each_name_and_ending_of_no_mailbox() {
        for name in &TABLE.no_mailbox_names {
            assert_eq!(mail_address(&format!("{name}@muster-amt.org")), None, "{name}");
        }
        for domain in TABLE.no_mailbox_domains.iter().filter(|domain| domain.matches('.').count() == 1) {
            assert_eq!(mail_address(&format!("ada@{domain}")), None, "{domain}");
            assert!(mail_address(&format!("ada@x{domain}")).is_some(), "{domain}");
        }
        for ending in TABLE.no_mailbox_endings.iter().filter(|ending| ending.len() > 1) {
            assert_eq!(mail_address(&format!("ada@muster.{ending}")), None, "{ending}");
        }
    }
}
