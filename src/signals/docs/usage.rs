//! Does a document show how to use it?

use super::installation;
use crate::reading::Readings;
use crate::reading::commands;
use crate::reading::corpus;
use crate::reading::document::{CodeBlock, Document, Link, ProseKind};
use crate::reading::sections::{self, Meaning};
use crate::repository::RepoPath;
use crate::signal::{Reading, Value};

/// So many documents that a README links are looked at.
const LINKED: usize = 300;

pub(super) fn is_shown(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let readmes: Vec<&Document> = corpus.readmes().collect();
    let linked = readmes.iter().flat_map(|readme| corpus.linked(readme).into_iter().take(LINKED));
    let manual = corpus.documents().filter(|document| is_in_manual(&document.path));
    // READMEs of folders show how to use the part that lies there.
    let parts = corpus.documents().filter(|document| corpus::is_readme(&document.path));
    let shown = readmes.iter().copied().chain(linked).chain(manual).chain(parts).any(shows)
        || readmes.iter().any(|readme| leads_to_it(readme));
    if shown {
        return Ok(Value::from(true));
    }
    match installation::elsewhere(corpus, &readmes) {
        Some(why) => Err(why),
        None => Ok(Value::from(false)),
    }
}

/// A manual: what lies below docs/ and examples.
fn is_in_manual(path: &RepoPath) -> bool {
    let lower = path.lower();
    let folders = [
        "docs/",
        "doc/",
        "documentation/",
        "examples/",
        "example/",
        "website/",
        "wiki/",
        "vignettes/",
        "tutorials/",
        "notebooks/",
        "man/",
    ];
    let guide = [
        "usage",
        "guide",
        "tutorial",
        "manual",
        "handbuch",
        "anleitung",
        "example",
        "beispiel",
        "quickstart",
        "cookbook",
        "howto",
        "how-to",
    ];
    folders.iter().any(|folder| lower.starts_with(folder)) && guide.iter().any(|word| lower.contains(word))
        || folders.iter().skip(2).any(|folder| lower.starts_with(folder))
}

fn shows(document: &Document) -> bool {
    let named = !corpus::is_readme(&document.path)
        && sections::is_about(&corpus::stem(&document.path), Meaning::Usage)
        && document.words() > 0;
    let example = document.code_blocks.iter().any(is_example);
    let opens = |text: &str| ["localhost", "127.0.0.1", "0.0.0.0"].iter().any(|host| text.contains(host));
    let running = document.links.iter().any(|link| opens(&link.url))
        || document.prose.iter().any(|prose| prose.kind != ProseKind::Field && opens(&prose.text));
    let in_manual = is_in_manual(&document.path) && document.words() >= 40;
    named || example || running || in_manual || sections::about(document, Meaning::Usage).next().is_some()
}

/// A block of code that is more than setting up: a call of the library, of the interface, of the program.
fn is_example(block: &CodeBlock) -> bool {
    let shell = matches!(
        block.language.as_str(),
        "" | "sh" | "bash" | "shell" | "zsh" | "console" | "terminal" | "cmd" | "powershell"
    );
    let data = matches!(
        block.language.as_str(),
        "yaml"
            | "yml"
            | "toml"
            | "ini"
            | "env"
            | "dotenv"
            | "text"
            | "txt"
            | "diff"
            | "mermaid"
            | "dockerfile"
            | "bibtex"
            | "tex"
    );
    if data {
        return false;
    }
    let setting_up = [
        "git ", "cd ", "cp ", "mv ", "mkdir ", "export ", "source ", "#", "$ git", "$ cd", "sudo ", "brew ", "nvm ",
        "createdb", "touch ", "echo ", "@",
    ];
    let tools = [
        "npm",
        "yarn",
        "pnpm",
        "make",
        "docker",
        "docker-compose",
        "pip",
        "pip3",
        "composer",
        "bundle",
        "mvn",
        "./mvnw",
        "gradle",
        "./gradlew",
        "poetry",
        "uv",
        "conda",
        "cargo",
        "go",
    ];
    let mut lines = block.text.lines().map(|line| line.trim().trim_start_matches("$ ")).filter(|line| !line.is_empty());
    if !shell {
        return lines.next().is_some();
    }
    lines.any(|line| {
        let word = line.split_whitespace().next().unwrap_or_default();
        let looks_like_command =
            line.contains(' ') && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
        let is_setting_up = setting_up.iter().any(|start| line.starts_with(start)) || tools.contains(&word);
        looks_like_command && !is_setting_up && (!commands::is_install(line) || line.contains("curl "))
    })
}

/// A link to the running service, a demonstration, a shop of apps or a manual.
fn leads_to_it(readme: &Document) -> bool {
    readme.links.iter().any(is_service)
}

fn is_service(link: &Link) -> bool {
    let Some((_, rest)) = link.url.split_once("://") else { return false };
    let lower = rest.to_lowercase();
    let words = link.text.to_lowercase();
    let shops = [
        "play.google.com",
        "apps.apple.com",
        "itunes.apple.com",
        "f-droid.org",
        "addons.mozilla.org",
        "chrome.google.com/webstore",
        "shinyapps.io",
        "pypi.org",
        "npmjs.com",
        "cran.r-project.org",
        "hub.docker.com",
    ];
    let named = [
        "demo",
        "live",
        "app",
        "website",
        "webseite",
        "manual",
        "handbuch",
        "anleitung",
        "online",
        "guide",
        "tutorial",
        "user documentation",
        "wiki",
        "swagger",
    ];
    let forges = ["github.com", "gitlab.", "shields.io", "travis-ci", "codecov", "sonarcloud", "badge", "opencode.de"];
    let is_forge = forges.iter().any(|forge| lower.contains(forge));
    let host = lower.split('/').next().unwrap_or_default();
    let own = !is_forge && (words.contains(host.trim_start_matches("www.")) && !host.is_empty());
    shops.iter().any(|shop| lower.starts_with(shop) || lower.contains(shop))
        || !is_forge && named.iter().any(|name| words.split(|c: char| !c.is_alphanumeric()).any(|word| word == *name))
        || own && !link.image
        || sections::is_about(&link.text, Meaning::Usage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::document::Format;

    fn readme(text: &str) -> Document {
        Document::read(&"README.md".into(), Format::Markdown, text)
    }

    #[test]
    fn what_shows_how_to_use_it() {
        for (text, yes) in [
            ("## Usage\n\nClick on a tree.", true),
            ("```python\nimport trees\n```", true),
            ("```\ngiessplan --tree 7\n```", true),
            ("Open http://localhost:3000.", true),
            ("```sh\ngit clone x\ncd x\nnpm ci\nnpm run dev\n```", false),
            ("```yaml\nport: 1\n```", false),
            ("## Usage\n\nTODO", false),
            ("Shows trees.", false),
        ] {
            assert_eq!(shows(&readme(text)), yes, "{text}");
        }
    }

    #[test]
    fn links_to_the_service() {
        for (text, yes) in [
            ("[live demo](https://giessplan.muster.test)", true),
            ("https://giessplan.muster.test", true),
            ("[Get it](https://play.google.com/store/apps/x)", true),
            ("[React](https://react.dev)", false),
            ("[code](https://github.com/a/b)", false),
            ("[![Build](b.svg)](https://ci.muster.test)", false),
        ] {
            assert_eq!(leads_to_it(&readme(text)), yes, "{text}");
        }
    }
}
