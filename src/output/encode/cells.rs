//! How does foreign text become a cell of a table, in CSV or in Markdown?

use super::{MESSAGE_LIMIT, cut, piece, plain};
use super::{no_command, visible};
use crate::phrase::{Message, Piece};
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
    no_markup(&no_command(&visible(text.as_bytes())))
}

fn no_markup(plain: &str) -> String {
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

/// A message for a line of Markdown: our own words may hold code in backticks, nothing foreign is markup.
pub fn markdown_message(message: &Message) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for part in &message.0 {
        match part {
            Piece::Own(own) => {
                in_code ^= own.matches('`').count() % 2 == 1;
                out.push_str(&plain(own).replace('\n', " "));
            }
            // In code an escape would show itself.
            Piece::Foreign(foreign) if in_code => out.push_str(&piece(foreign.as_bytes()).replace('`', "\\x60")),
            Piece::Foreign(foreign) => {
                let text = no_markup(&piece(foreign.as_bytes()));
                // no list, no rule, no heading below a line
                let lists = out.is_empty() && text.starts_with(['-', '+', '=']);
                out.push_str(if lists { "\\" } else { "" });
                out.push_str(&text);
            }
        }
    }
    cut(out, MESSAGE_LIMIT * 2, 0)
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
    fn messages() {
        let own = |text: &str| Piece::Own(text.to_owned());
        let foreign = |text: &str| Piece::Foreign(Untrusted::from(text));
        for (pieces, shown) in [
            (vec![own("`"), foreign("a_b<c>`d"), own("` is off")], "`a_b<c>\\x60d` is off"),
            (vec![foreign("- [x](https://a) @me"), own(" is off")], "\\- \\[x\\](https://a) &#64;me is off"),
            (vec![own("see "), foreign("<script>`x`\n# y")], "see &lt;script&gt;\\`x\\`\\\\n\\# y"),
        ] {
            assert_eq!(markdown_message(&Message(pieces)), shown);
        }
    }

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
