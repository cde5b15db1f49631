//! What does a file say once it is read as its reader sees it: without HTML and RTF?

use std::borrow::Cow;

/// The text without markup; as it is where there is none.
pub fn plain(text: &str) -> Cow<'_, str> {
    let start = text.trim_start();
    if start.starts_with("{\\rtf") {
        return Cow::Owned(rtf(start));
    }
    if is_html(text) {
        return Cow::Owned(html(text));
    }
    Cow::Borrowed(text)
}

fn is_html(text: &str) -> bool {
    [
        "</p>", "<br", "</div>", "</pre>", "<html", "<HTML", "</P>", "<BR", "&nbsp;", "&quot;", "</li>", "</LI>",
        "&ldquo;",
    ]
    .iter()
    .any(|tag| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some())
}

/// Tags out (those that part paragraphs become line ends), entities into characters.
fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        if let Some(after) = rest.strip_prefix('&') {
            let end = after.bytes().take(10).position(|byte| byte == b';');
            match end.and_then(|end| Some((entity(after.get(..end)?)?, end))) {
                Some((c, end)) => {
                    out.push(c);
                    rest = after.get(end + 1..).unwrap_or_default();
                }
                None => {
                    out.push('&');
                    rest = after;
                }
            }
        } else {
            let inside = rest.get(1..).unwrap_or_default();
            let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!')
                && !inside.starts_with("http")
                && !inside.starts_with("mailto");
            // A tag is short; what never closes is none. The window keeps a file of `<` alone linear.
            let window = inside.as_bytes().get(..2_000.min(inside.len())).unwrap_or_default();
            match memchr::memchr(b'>', window).filter(|_| is_tag) {
                Some(end) => {
                    let name = inside.trim_start_matches('/');
                    let block = ["p", "br", "div", "li", "h", "tr", "pre", "P", "BR", "DIV", "LI", "H", "TR"];
                    let skip = ["script", "style", "SCRIPT", "STYLE"].iter().any(|tag| inside.starts_with(tag));
                    out.push(if block.iter().any(|tag| name.starts_with(tag)) { '\n' } else { ' ' });
                    rest = inside.get(end + 1..).unwrap_or_default();
                    if skip {
                        rest = memchr::memmem::find(rest.as_bytes(), b"</")
                            .map_or("", |end| rest.get(end..).unwrap_or_default());
                    }
                }
                None => {
                    out.push('<');
                    rest = inside;
                }
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "nbsp" => ' ',
        "quot" | "ldquo" | "rdquo" => '"',
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" | "lsquo" | "rsquo" => '\'',
        "copy" => '©',
        "mdash" | "ndash" => '–',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "eacute" => 'é',
        "egrave" => 'è',
        "agrave" => 'à',
        "ccedil" => 'ç',
        "middot" | "bull" => '•',
        _ => return None,
    })
}

/// Groups of fonts, colours and styles out, control words out, escapes into characters.
fn rtf(text: &str) -> String {
    const UNSEEN: [&str; 9] =
        ["fonttbl", "colortbl", "stylesheet", "info", "pict", "themedata", "listtable", "generator", "latentstyles"];
    let mut out = String::with_capacity(text.len() / 2);
    let mut rest = text;
    // depth now, and the depth from which on nothing is seen
    let (mut depth, mut unseen) = (0usize, None);
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = after;
        match c {
            '{' => {
                depth += 1;
                let word = after.trim_start_matches(['\\', '*']);
                if unseen.is_none() && (after.starts_with("\\*") || UNSEEN.iter().any(|name| word.starts_with(name))) {
                    unseen = Some(depth);
                }
            }
            '}' => {
                if unseen == Some(depth) {
                    unseen = None;
                }
                depth = depth.saturating_sub(1);
            }
            '\\' => {
                let (seen, length) = control(after);
                if unseen.is_none() {
                    out.extend(seen);
                }
                rest = after.get(length..).unwrap_or_default();
            }
            '\r' | '\n' => {}
            c if unseen.is_none() => out.push(c),
            _ => {}
        }
    }
    out
}

/// What a control word or escape stands for, and how long it is (without the backslash).
fn control(after: &str) -> (Option<char>, usize) {
    let Some(first) = after.chars().next() else { return (None, 0) };
    if first == '\'' {
        let code = after.get(1..3).and_then(|two| u8::from_str_radix(two, 16).ok());
        return match code {
            Some(0x91 | 0x92) => (Some('\''), 3),
            Some(0x93 | 0x94) => (Some('"'), 3),
            Some(0x96 | 0x97) => (Some('–'), 3),
            Some(code) => (Some(char::from(code)), 3),
            None => (None, 1),
        };
    }
    if !first.is_ascii_alphabetic() {
        let seen = match first {
            '~' => Some(' '),
            '\n' | '\r' => Some('\n'),
            '*' => None,
            c => Some(c),
        };
        return (seen, first.len_utf8());
    }
    let letters = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    let word = after.get(..letters).unwrap_or_default();
    let number = after.bytes().skip(letters).take_while(|b| b.is_ascii_digit() || *b == b'-').count();
    let mut length = letters + number;
    if after.as_bytes().get(length) == Some(&b' ') {
        length += 1;
    }
    let seen = match word {
        "par" | "line" | "row" | "page" | "sect" => Some('\n'),
        "tab" | "cell" => Some(' '),
        "rquote" | "lquote" => Some('\''),
        "rdblquote" | "ldblquote" => Some('"'),
        "emdash" | "endash" => Some('–'),
        "bullet" => Some('•'),
        "u" => after.get(letters..letters + number).and_then(|n| n.parse().ok()).and_then(char::from_u32),
        _ => None,
    };
    (seen, length)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn html() {
        for (text, wanted) in [
            ("<p>Permission&nbsp;is <b>hereby</b> &quot;granted&quot;</p>", "\nPermission is  hereby  \"granted\"\n"),
            ("<pre>a &lt; b &auml; &#x41;&#66; &nope; &</pre>", "\na < b ä AB &nope; &\n"),
            ("<script>var x = 1 < 2;</script>x<br>", "  x\n"),
            ("plain < text & more", "plain < text & more"),
            ("Copyright <year> <holder>", "Copyright <year> <holder>"),
        ] {
            assert_eq!(plain(text), wanted, "{text}");
        }
    }

    #[test]
    fn rtf() {
        let text = "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\\pard\\b Lizenz\\b0\\par\r\nf\\'fcr {\\i alle}\\~\\{x\\}\\u228 ?}";
        assert_eq!(plain(text), "Lizenz\nfür alle {x}ä?");
    }

    #[test]
    fn hostile() {
        for text in [
            "{\\rtf",
            "{\\rtf\\",
            "{\\rtf\\'",
            "{\\rtf\\'f",
            "{\\rtf}}}}{{{\\u",
            "<br",
            "&quot;&#99999999;&#x;",
            "</p><<<<&&&&",
        ] {
            let _ = plain(text);
        }
        assert!(plain(&format!("<br>{}", "<a".repeat(200_000))).len() > 1_000);
    }
}
