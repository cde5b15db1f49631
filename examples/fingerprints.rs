//! What are the fingerprints of the sentences in these Markdown files? For `scripts/refresh-templates`.
//!
//! Prints a line for each sentence that has one: the fingerprint, a tab, and its first words for whoever reviews them.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a tool for maintainers, on files they chose")]

use civiclint::reading::document::{Document, Format};
use civiclint::reading::template::{fingerprint, sentences_of};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        let document = Document::read(&"README.md".into(), Format::Markdown, &text);
        for sentence in sentences_of(&document) {
            if let Some(print) = fingerprint(sentence) {
                let line: String = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
                println!("{print:016x}\t{line}");
            }
        }
    }
    Ok(())
}
