//! Which parts of a page are program? Scripts, and expressions in the tags of components.

/// So many tags of one page are looked at.
const MOST: usize = 20_000;

/// The program of a page: everything else is blank in it, so that lines and columns stay.
pub(super) fn parts(text: &str) -> Vec<(&'static str, String)> {
    let mut keep: Vec<(usize, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = front_matter(text, &mut keep);
    let mut count = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find(['<', '{'])).map(|found| at + found) {
        count += 1;
        if count > MOST {
            break;
        }
        let rest = text.get(open..).unwrap_or_default();
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(text.len(), |end| open + end + 3);
        } else if rest.starts_with('{') {
            let end = braces(bytes, open);
            // `{{ x }}` of templates and `{#if x}` of Svelte are no programs that fetch.
            keep.push((open + 1, end.saturating_sub(1).max(open + 1)));
            at = end.max(open + 1);
        } else if is_tag(rest, "script") {
            let head = rest.find('>').map_or(text.len(), |end| open + end + 1);
            let end = find_close(text, head, "</script");
            let tag = text.get(open..head).unwrap_or_default();
            if !["json", "template", "importmap", "x-handlebars"].iter().any(|kind| tag.contains(kind)) {
                keep.push((head, end));
            }
            at = end.max(open + 1);
        } else if is_tag(rest, "style") {
            at = find_close(text, open, "</style").max(open + 1);
        } else if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            at = tag(text, open, &mut keep);
        } else {
            at = open + 1;
        }
    }
    vec![("javascript", blanked(text, &keep))]
}

/// The script between dashes at the top of an Astro page.
fn front_matter(text: &str, keep: &mut Vec<(usize, usize)>) -> usize {
    let Some(rest) = text.strip_prefix("---\n") else { return 0 };
    match rest.find("\n---") {
        Some(end) => {
            keep.push((4, 4 + end));
            4 + end + 4
        }
        None => 0,
    }
}

fn is_tag(rest: &str, name: &str) -> bool {
    rest.get(1..1 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && rest.as_bytes().get(1 + name.len()).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'>')
}

fn find_close(text: &str, from: usize, close: &str) -> usize {
    text.get(from..).and_then(|rest| rest.find(close)).map_or(text.len(), |end| from + end)
}

/// The place behind the brace that closes the one at `open`.
fn braces(bytes: &[u8], open: usize) -> usize {
    let mut depth = 0u32;
    for (at, byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    open + 1
}

/// Keeps what is program among the attributes of a tag; gives the place behind the tag.
fn tag(text: &str, open: usize, keep: &mut Vec<(usize, usize)>) -> usize {
    let bytes = text.as_bytes();
    let component = bytes.get(open + 1).is_some_and(u8::is_ascii_uppercase)
        || text
            .get(open + 1..)
            .unwrap_or_default()
            .bytes()
            .take_while(|byte| !matches!(byte, b' ' | b'>' | b'\n' | b'/'))
            .any(|byte| byte == b'-');
    let mut at = open + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            b'{' => {
                let end = braces(bytes, at);
                keep.push((at + 1, end.saturating_sub(1).max(at + 1)));
                at = end.max(at + 1);
            }
            b'"' | b'\'' => {
                let inner = at + 1;
                let end = text
                    .get(inner..)
                    .and_then(|rest| rest.find(char::from(*byte)))
                    .map_or(text.len(), |end| inner + end);
                let name = attribute(text, at);
                if name.starts_with([':', '@']) || name.starts_with("v-") || name.starts_with("on:") {
                    keep.push((inner, end));
                } else if component {
                    keep.push((at.saturating_sub(name.len() + 1), (end + 1).min(text.len())));
                }
                at = end + 1;
            }
            _ => at += 1,
        }
    }
    text.len()
}

/// The name of the attribute whose value is quoted at this place.
fn attribute(text: &str, quote: usize) -> &str {
    let before = text.get(..quote).unwrap_or_default().strip_suffix('=').unwrap_or_default();
    let start = before.rfind(|c: char| c.is_whitespace() || c == '<').map_or(0, |at| at + 1);
    before.get(start..).unwrap_or_default()
}

/// The text with everything but these parts blank.
pub(super) fn blanked(text: &str, keep: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = keep.iter().peekable();
    let mut upto = None;
    for (at, c) in text.char_indices() {
        while parts.peek().is_some_and(|(_, end)| *end <= at) {
            upto = upto.max(parts.next().map(|(_, end)| *end));
        }
        let kept = parts.peek().is_some_and(|(start, _)| *start <= at);
        // A character for a character, so that columns stay; what ends a part ends a statement.
        out.push(if kept || c == '\n' {
            c
        } else if upto == Some(at) {
            ';'
        } else {
            ' '
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(text: &str) -> String {
        let found = parts(text).remove(0).1;
        assert_eq!(found.chars().count(), text.chars().count());
        found.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_programs_are_kept() {
        for (text, wanted) in [
            ("<script lang=\"ts\">\nlet a = 1\n</script><p>x</p>", "let a = 1 ;"),
            ("<style>a{b:url(https://e.de)}</style><p>https://e.de</p>", ""),
            ("<!-- <script>x</script> --><a href=\"https://e.de\">y</a>", ""),
            ("<TileLayer url=\"https://e.de/{z}\" />", "url=\"https://e.de/{z}\";"),
            ("<l-tile-layer :url=\"u\" @x=\"f('y')\"/>", "u; f('y');"),
            ("<button on:click={() => f(\"x\")}>{y}</button>", "() => f(\"x\"); y;"),
            ("<script type=\"application/ld+json\">{\"a\": \"https://e.de\"}</script>", ""),
            ("<script>x", "x"),
            ("<", ""),
            ("{", ""),
            ("<a b=\"", ""),
            ("ä<script>ö</script>", "ö;"),
        ] {
            assert_eq!(program(text), wanted, "{text}");
        }
    }
}
