//! How does foreign text become a cell of a table, in CSV or in Markdown?

use super::{no_command, visible};
use crate::untrusted::Untrusted;
use std::fmt::Write as _;

/// Foreign text for a field of comma-separated values (RFC 4180): in quotes where it has to be, and never a formula of
/// a spreadsheet (OWASP, CSV injection).
pub fn csv_field(text: &Untrusted) -> String {
    let plain = no_command(&visible(text.as_bytes()));
    let formula = plain.starts_with(['=', '+', '-', '@']);
    let plain = if formula { format!("'{plain}") } else { plain };
    if plain.contains([',', '"', '\n', '\r', ';']) || formula {
        format!("\"{}\"", plain.replace('"', "\"\""))
    } else {
        plain
    }
}

/// Foreign text for a cell of a table in Markdown: nothing in it is markup.
pub fn markdown_cell(text: &Untrusted) -> String {
    let plain = no_command(&visible(text.as_bytes()));
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // Nobody is called upon.
            '@' => out.push_str("&#64;"),
            c => out.push(c),
        }
    }
    out
}

/// A foreign address for a cell of a table in Markdown: a link where it is one of the web, else [`markdown_code`].
pub fn markdown_address(text: &Untrusted) -> String {
    let plain = no_command(&visible(text.as_bytes()));
    if !["https://", "http://", "ftp://"].iter().any(|scheme| plain.starts_with(scheme)) {
        return markdown_code(text);
    }
    let mut out = String::from("<");
    for c in plain.chars() {
        match c {
            '!' | '#'..=';' | '=' | '?'..='[' | ']' | '_' | 'a'..='z' | '~' => out.push(c),
            c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| {
                let _ = write!(out, "%{byte:02X}");
            }),
        }
    }
    out.push('>');
    out
}

/// Foreign text for a cell of a table in Markdown, shown as code where nothing in it could end the code.
pub fn markdown_code(text: &Untrusted) -> String {
    let plain = no_command(&visible(text.as_bytes()));
    let safe = !plain.is_empty() && !plain.contains(['`', '|', '\\']);
    if safe { format!("`{plain}`") } else { markdown_cell(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_tables() {
        for (text, csv, markdown) in [
            ("a.b", "a.b", "a.b"),
            ("a,b", "\"a,b\"", "a,b"),
            ("a\"b", "\"a\"\"b\"", "a\"b"),
            ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\"", "=HYPERLINK(1)"),
            ("@team", "\"'@team\"", "&#64;team"),
            ("a|b", "a|b", "a\\|b"),
            ("<img>", "<img>", "&lt;img&gt;"),
            ("[a](b)", "[a](b)", "\\[a\\](b)"),
            ("a\nb", "a\\nb", "a\\\\nb"),
        ] {
            assert_eq!(csv_field(&Untrusted::from(text)), csv, "{text}");
            assert_eq!(markdown_cell(&Untrusted::from(text)), markdown, "{text}");
        }
        for (text, wanted) in [
            ("https://e.muster.de/a_b?c=d", "<https://e.muster.de/a_b?c=d>"),
            ("https://e.muster.de/a|b><c ä", "<https://e.muster.de/a%7Cb%3E%3Cc%20%C3%A4>"),
            ("s3://a_b", "`s3://a_b`"),
            ("javascript:alert`1`", "javascript:alert\\`1\\`"),
        ] {
            assert_eq!(markdown_address(&Untrusted::from(text)), wanted, "{text}");
        }
        assert_eq!(markdown_code(&Untrusted::from("a_b.py:5")), "`a_b.py:5`");
        assert_eq!(markdown_code(&Untrusted::from("a`|b")), "a\\`\\|b");
    }
}
