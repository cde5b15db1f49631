//! Does a project say how to tell it about a vulnerability?
//!
//! Files by the names that forges and RFC 9116 know, and sections of other documents, told by their words.

use super::community::{self, Purpose};
use super::document::{Document, Section, tokens};
use super::sections::{Meaning, about};
use crate::repository::RepoPath;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    what: Vec<String>,
    how: Vec<String>,
    template: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("security.toml")).expect("a test parses the table"));

/// What a path says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyName {
    /// a policy by its name and place: SECURITY.md at the root
    Policy,
    /// a name that a manual's chapter on security might have too: docs/security.md
    Perhaps,
}

/// Whether a file is a security policy by its name and place.
pub fn by_name(path: &RepoPath) -> Option<PolicyName> {
    let lower = path.lower();
    let (folder, name) = lower.rsplit_once('/').unwrap_or(("", lower.as_str()));
    // RFC 9116 section 3: below /.well-known/ of a site (in a tree often without the dot), or, for old ones, at its root.
    let of_a_site = name == "security.txt"
        && (folder.ends_with("well-known") || ["", "public", "static", "docs"].contains(&folder));
    let insights = matches!(name, "security-insights.yml" | "security-insights.yaml");
    if of_a_site || insights && community::is_in_place(path) {
        return Some(PolicyName::Policy);
    }
    let is_manual = folder.starts_with("doc");
    community::is_for(path, Purpose::Security).then_some(if is_manual {
        PolicyName::Perhaps
    } else {
        PolicyName::Policy
    })
}

/// Whether the text of such a file is a policy: not empty, not a form that nobody filled in, and, where the name may
/// mean something else, with words that say how to report.
pub fn is_policy(name: PolicyName, text: &str) -> bool {
    // Notes of a template to whoever fills it in stay behind as comments that nobody sees.
    let shown = without_comments(text);
    let only_in_comments = is_filled_in(&shown) && says_how(&shown) && holds_address(&shown);
    (is_filled_in(text) || only_in_comments) && (name == PolicyName::Policy || says_how(&one_line(text)))
}

/// Whether no sentence of a form that wants to be filled in stands there.
fn is_filled_in(text: &str) -> bool {
    let text = one_line(text);
    !text.is_empty() && !TABLE.template.iter().any(|sentence| text.contains(sentence.as_str()))
}

fn one_line(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without the comments of HTML.
fn without_comments(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        shown.push_str(before);
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    shown + rest
}

/// Whether a form for issues says to report vulnerabilities elsewhere, and where. Comments in it are read, too: they are
/// shown to whoever fills it in.
pub fn in_issue_form(text: &str) -> bool {
    let says_where = holds_address(text) || text.contains("https://");
    says_where && says_how(text) && is_filled_in(text)
}

/// Whether a file may be a form for issues.
pub fn is_issue_form(path: &RepoPath) -> bool {
    let lower = path.lower();
    let folders =
        [".github/issue_template", ".gitlab/issue_templates", ".gitea/issue_template", ".forgejo/issue_template"];
    folders.iter().any(|start| lower.starts_with(start))
}

/// The line of the section, or of the sentence, in which a document says how to report a vulnerability.
pub fn section(document: &Document) -> Option<u32> {
    let by_heading = about(document, Meaning::Security).find(says_how_below).map(|section| section.line);
    by_heading.or_else(|| document.prose.iter().find(|prose| says_how(&prose.text)).map(|prose| prose.line))
}

/// Whether a section on security says how to report, or gives an address to write to.
fn says_how_below(section: &Section<'_>) -> bool {
    let text: Vec<&str> = section.prose.iter().map(|prose| prose.text.as_str()).collect();
    let text = text.join("\n");
    let mails = section.links.iter().any(|link| link.url.starts_with("mailto:")) || holds_address(&text);
    let heading = section.heading.map(|heading| heading.text.as_str()).unwrap_or_default();
    let reports_by_heading = holds(heading, &TABLE.how) && section.links.iter().any(|link| !link.image);
    mails || reports_by_heading || says_how(&format!("{heading}\n{text}"))
}

/// Whether a text names a vulnerability and the reporting of it, in one sentence or the next.
fn says_how(text: &str) -> bool {
    let sentences: Vec<&str> =
        text.split(['.', '!', '?', '\n']).filter(|part| part.contains(char::is_alphabetic)).collect();
    let near = |at: usize| sentences.get(at..(at + 2).min(sentences.len())).unwrap_or_default().join(" ");
    (0..sentences.len()).any(|at| {
        let here = near(at);
        holds(&here, &TABLE.what) && holds(&here, &TABLE.how)
    })
}

/// Whether one of the rows stands in the text, word by word.
fn holds(text: &str, rows: &[String]) -> bool {
    let words: Vec<String> = tokens(text).map(|(_, word)| word).collect();
    rows.iter().any(|row| {
        let parts: Vec<&str> = row.split(' ').collect();
        words.windows(parts.len()).any(|window| {
            window.iter().zip(&parts).all(|(word, part)| match part.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == part,
            })
        })
    })
}

/// Whether there is an e-mail address: something, `@`, and a name with a dot.
fn holds_address(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        word.split_once('@').is_some_and(|(who, host)| !who.is_empty() && host.contains('.') && !host.contains('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    #[test]
    fn names() {
        use PolicyName::{Perhaps, Policy};
        for (path, wanted) in [
            ("SECURITY.md", Some(Policy)),
            (".github/SECURITY.md", Some(Policy)),
            (".gitlab/security.rst", Some(Policy)),
            ("SECURITY", Some(Policy)),
            ("SICHERHEIT.md", Some(Policy)),
            ("security.txt", Some(Policy)),
            ("web/static/.well-known/security.txt", Some(Policy)),
            ("etc/well-known/security.txt", Some(Policy)),
            ("SECURITY-INSIGHTS.yml", Some(Policy)),
            ("docs/SECURITY.adoc", Some(Perhaps)),
            ("docs/security.md", Some(Perhaps)),
            ("src/security.rs", None),
            ("security.js", None),
            ("app/security/security.md", None),
            ("docs/security/tls.md", None),
        ] {
            assert_eq!(by_name(&path.into()), wanted, "{path}");
        }
    }

    #[test]
    fn policies() {
        use PolicyName::{Perhaps, Policy};
        for (name, text, yes) in [
            (Policy, "# Security\n\nPlease write to security@trees.example.\n", true),
            (Policy, "Contact: mailto:security@trees.example\n", true),
            (Policy, "", false),
            (Policy, "\n  \n", false),
            (
                Policy,
                "# Security Policy\n\nUse this section to tell people about which versions of your project \
                 are\ncurrently being supported",
                false,
            ),
            (Policy, "## Reporting\n\nUse this section to tell people how to report a vulnerability.\n", false),
            (Policy, "Mail to security@example.com", false),
            (
                Policy,
                "# Security\n\n<!-- Use this section to tell people how to report a vulnerability. -->\n\nTo report a \
                 vulnerability, please write to security@trees.example.\n",
                true,
            ),
            (Policy, "# Reporting\n\n<!-- Use this section to tell people how to report a vulnerability. -->\n", false),
            (Perhaps, "How to report a vulnerability: write to us.", true),
            (Perhaps, "Every request carries a token. Roles are checked.", false),
        ] {
            assert_eq!(is_policy(name, text), yes, "{text}");
        }
    }

    #[test]
    fn issue_forms() {
        for (path, yes) in [
            (".github/ISSUE_TEMPLATE/bug.md", true),
            (".github/ISSUE_TEMPLATE.md", true),
            (".gitlab/issue_templates/bug.md", true),
            (".github/pull_request_template.md", false),
            ("docs/issue_template/bug.md", false),
        ] {
            assert_eq!(is_issue_form(&path.into()), yes, "{path}");
        }
        for (text, yes) in [
            ("If it is a security issue, please send a mail to <trees@trees.example> instead.", true),
            ("<!-- Report vulnerabilities at https://trees.example/security -->", true),
            ("If it is a security issue, please send us a mail.", false),
            ("What happened? See https://trees.example.", false),
            ("Report vulnerabilities to security@example.com.", false),
        ] {
            assert_eq!(in_issue_form(text), yes, "{text}");
        }
    }

    #[test]
    fn sections() {
        for (text, line) in [
            ("# Trees\n\n## Security\n\nPlease report security problems to trees@trees.example.\n", Some(3)),
            ("# Trees\n\n## Reporting a vulnerability\n\nSee [our page](https://trees.example/report).\n", Some(3)),
            ("# Bäume\n\n## Sicherheit\n\nSchwachstellen melden Sie bitte per E-Mail.\n", Some(3)),
            ("# Trees\n\nIf you find a vulnerability, please contact us privately.\n", Some(3)),
            ("# Trees\n\n## Security\n\nImages are scanned with [trivy](https://trivy.example) every night.\n", None),
            ("# Trees\n\n## Vulnerability scanning\n\nRun `trivy image trees` to scan for vulnerabilities.\n", None),
            ("# Trees\n\n## Security\n\nTODO\n", None),
            ("# Trees\n\n## Reports\n\nReports on trees are sent monthly.\n", None),
            ("", None),
        ] {
            let document = Document::read(&"README.md".into(), Format::Markdown, text);
            assert_eq!(section(&document), line, "{text}");
        }
    }

    #[test]
    fn every_word_is_found() {
        for row in &TABLE.what {
            assert!(says_how(&format!("report the {}", row.replace('*', "s"))), "{row}");
        }
        for row in &TABLE.how {
            assert!(says_how(&format!("{} a vulnerability", row.replace('*', "s"))), "{row}");
        }
        for sentence in &TABLE.template {
            assert!(!is_policy(PolicyName::Policy, &format!("a {} b", sentence.to_uppercase())), "{sentence}");
        }
    }
}
