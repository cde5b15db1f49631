//! Is licensing information found wherever it stands, with bounded work?

use super::*;

fn texts(header: &Header) -> (Vec<&str>, Vec<&str>) {
    let notices = header.notices.iter().map(|notice| notice.text.as_str()).collect();
    (notices, header.expressions.iter().map(|stated| stated.expression.text.as_str()).collect())
}

const NOTICE: &str = "SPDX-FileCopyrightText: 2024 Jane";

#[test]
fn headers_anywhere() {
    let tags = format!("# {NOTICE}\n# SPDX-License-Identifier: MIT\n");
    for text in [
        tags.clone(),
        tags.replace('\n', "\r\n"),
        tags.replace('\n', "\r"),
        format!("\u{feff}{tags}"),
        format!("{}{tags}", "# filler line\n".repeat(20_000)),
        format!("{}\n{tags}", "y".repeat(65_516)),
        format!("// {} {NOTICE}\n// SPDX-License-Identifier: MIT\n", "z".repeat(70_000)),
    ] {
        let header = header(text.as_bytes());
        assert_eq!(texts(&header), (vec![NOTICE], vec!["MIT"]), "{:?}", text.get(..40));
    }
    assert_eq!(header(&[tags.as_bytes(), b"\0"].concat()), Header::default(), "binary");
}

#[test]
fn places() {
    let text = "x\n\nä SPDX-License-Identifier: MIT */\n# REUSE-IgnoreStart\n\n# REUSE-IgnoreEnd\n\
                # SPDX-License-Identifier: CC0-1.0\n# SPDX-License-Identifier: MIT\n";
    let header = header(text.as_bytes());
    let spans: Vec<_> = header.expressions.iter().map(|stated| stated.span).collect();
    assert_eq!(spans, [Some(Span::on_line(7, 28, 35)), Some(Span::on_line(3, 28, 31))]);
    let far = format!("{}# SPDX-License-Identifier: MIT\n", "1234567\n".repeat(20_000));
    let header = super::header(far.as_bytes());
    assert_eq!(header.expressions.first().and_then(|stated| stated.span).map(|span| span.line), Some(20_001));
}

#[test]
fn ignore_blocks() {
    let tag = |id: &str| format!("# SPDX-License-Identifier: {id}\n");
    let block = |inner: &str| format!("# REUSE-IgnoreStart\n{inner}# REUSE-IgnoreEnd\n");
    let (mit, bad) = (tag("MIT"), tag("Bad"));
    for (text, ids) in [
        (format!("{mit}{}", block(&bad)), vec!["MIT"]),
        (format!("{}{mit}{}", block(&bad), block(&bad)), vec!["MIT"]),
        (format!("{}{bad}", block(&bad)), vec!["Bad"]),
        (format!("{mit}# REUSE-IgnoreStart\n{bad}"), vec!["MIT"]),
        (format!("# REUSE-IgnoreEnd\n{bad}"), vec!["Bad"]),
        (format!("# REUSE-IgnoreStart {} REUSE-IgnoreEnd\n{mit}", bad.trim()), vec!["MIT"]),
        (format!("{mit}{}{bad}", block(&format!("{}{bad}", "# filler\n".repeat(9_000)))), vec!["Bad", "MIT"]),
        // a second block in the same piece does not reopen what stood before the first end
        (
            format!(
                "{}{mit}",
                block(&format!("{}{bad}# REUSE-IgnoreEnd\n# REUSE-IgnoreStart\n", "#\n".repeat(40_000)))
            ),
            vec!["MIT"],
        ),
    ] {
        assert_eq!(texts(&header(text.as_bytes())).1, ids, "{:?}", text.get(..60));
    }
}

#[test]
fn snippets() {
    let begin = "# SPDX-SnippetBegin\n";
    let end = "# SPDX-SnippetEnd\n";
    let inner = "# SPDX-SnippetCopyrightText: 2022 John\n# SPDX-License-Identifier: MIT\n";
    let file = format!("# {NOTICE}\n");
    for (text, flaws) in [
        (format!("{file}{begin}{inner}{end}"), vec![]),
        (format!("{begin}{inner}{begin}{inner}{end}{end}"), vec![]),
        (format!("{file}{end}"), vec![]),
        (format!("{file}{begin}{inner}"), vec![Flaw::OpenSnippet(2)]),
        (format!("{begin}{file}{end}{file}"), vec![Flaw::FileTagInSnippet(2)]),
        (format!("{begin}# Copyright 2020 in prose\n{end}"), vec![]),
        (format!("# REUSE-IgnoreStart\n{begin}# REUSE-IgnoreEnd\n"), vec![]),
    ] {
        assert_eq!(header(text.as_bytes()).flaws, flaws, "{text}");
    }
}

#[test]
fn other_encodings() {
    let text = "Copyright 2024 Jörg Süß\nSPDX-License-Identifier: MIT\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide: Vec<u8> = b"\xff\xfe".iter().copied().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.as_bytes().to_vec(), latin, wide] {
        assert_eq!(texts(&header(&bytes)), (vec!["Copyright 2024 Jörg Süß"], vec!["MIT"]));
    }
    assert_eq!(texts(&header(b"\x84 SPDX-License-Identifier: MIT\n")).1, ["MIT"], "no encoding at all");
}

#[test]
fn the_work_is_bounded_by_the_length() {
    const LEN: usize = 5 << 20;
    for unit in [
        "x",
        "SPDX-",
        "SPDX-a:",
        "Copyright",
        "Copyright ",
        "©",
        "}",
        "\" />",
        "SPDX-License-Identifier: ",
        "SPDX-License-Identifier: MIT\n",
        "REUSE-IgnoreStart",
        "REUSE-IgnoreStartREUSE-IgnoreEnd",
        "] ::",
        "(",
        "SPDX-SnippetBegin",
        "2020, ",
        "© 2020 - ",
        "\r",
        "(A OR ",
        "*/ ",
    ] {
        let text = unit.repeat(LEN / unit.len());
        let header = header(text.as_bytes());
        assert!(header.looked_at <= 3 * text.len() + 3, "{unit:?}: {}", header.looked_at);
    }
}

#[test]
fn what_is_kept_is_bounded() {
    let many = |line: &dyn Fn(usize) -> String, count: usize| (0..count).map(line).collect::<String>();
    let found = header(many(&|number| format!("SPDX-License-Identifier: L{number}\n"), MOST).as_bytes());
    assert_eq!((found.expressions.len(), found.overfull), (MOST, false));
    let found = header(many(&|number| format!("SPDX-License-Identifier: L{number}\n"), MOST + 1).as_bytes());
    assert_eq!((found.expressions.len(), found.overfull), (MOST, true));
    let found = header(many(&|number| format!("© {number} x\nSPDX-SnippetBegin\n"), 20_000).as_bytes());
    assert_eq!((found.notices.len(), found.flaws.len()), (10_000, FLAWS));
}
