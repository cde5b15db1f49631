//! How does foreign text become a cell of a table, in CSV or in Markdown?

use super::{MESSAGE_LIMIT, piece, plain};
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
            // Nobody is called upon, and nothing is typeset as a formula.
            '@' => out.push_str("&#64;"),
            '$' => out.push_str("&#36;"),
            c => out.push(c),
        }
    }
    out
}

/// A message for a line of Markdown: our own words may hold code in backticks, nothing foreign is markup.
pub fn markdown_message(message: &Message) -> String {
    let mut out = String::new();
    let mut in_code = false;
    for piece_of in &message.0 {
        let part = match piece_of {
            Piece::Own(own) => plain(own).replace('\n', " "),
            // In code an escape would show itself.
            Piece::Foreign(foreign) if in_code => piece(foreign.as_bytes()).replace('`', "\\x60"),
            Piece::Foreign(foreign) => {
                let text = no_markup(&piece(foreign.as_bytes()));
                if out.trim().is_empty() { no_block(&text) } else { text }
            }
        };
        // Half a part could leave code open, or an escape without what it escapes.
        if out.chars().count() + part.chars().count() > MESSAGE_LIMIT * 2 {
            out.push_str(if in_code { "…`" } else { "…" });
            return out;
        }
        in_code ^= matches!(piece_of, Piece::Own(_)) && part.matches('`').count() % 2 == 1;
        out.push_str(&part);
    }
    out.push_str(if in_code { "`" } else { "" });
    out
}

/// Text without markup for the beginning of a line: no list, no rule, no heading below a line, no indented code.
fn no_block(text: &str) -> String {
    let text = text.trim_start();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match digits.strip_prefix(['.', ')']) {
        Some(_) if digits.len() < text.len() => {
            let number = text.strip_suffix(digits).unwrap_or_default();
            format!("{number}\\{digits}")
        }
        _ if text.starts_with(['-', '+', '=']) => format!("\\{text}"),
        _ => text.to_owned(),
    }
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
            (vec![own("an `open end of "), foreign("<a@b>")], "an `open end of <a@b>`"),
            (vec![foreign("1. $x$ y")], "1\\. &#36;x&#36; y"),
            (vec![foreign("2) x")], "2\\) x"),
            (vec![foreign("      x")], "x"),
        ] {
            assert_eq!(markdown_message(&Message(pieces)), shown);
        }
    }

    /// Code that is cut off is closed: what stands in it must not come to stand behind it.
    #[test]
    fn long_messages_leave_no_code_open() {
        let pieces = (0..20).flat_map(|_| {
            [Piece::Own("`".into()), Piece::Foreign(Untrusted::from("<b>".repeat(90))), Piece::Own("` ".into())]
        });
        let shown = markdown_message(&Message(pieces.collect()));
        assert!(shown.chars().count() <= MESSAGE_LIMIT * 2 + 2, "{}", shown.len());
        assert_eq!(shown.matches('`').count() % 2, 0, "{shown}");
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
            ("$a$", "$a$", "&#36;a&#36;"),
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
