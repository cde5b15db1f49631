//! What a person sees.

use crate::sample;
use civiclint::output::text::{Style, render};
use civiclint::phrase::Lang;
use civiclint::report::Report;
use unicode_width::UnicodeWidthStr;

fn samples() -> [(&'static str, Report); 5] {
    [
        ("empty", sample::empty()),
        ("good", sample::good()),
        ("all-chapters", sample::all_chapters()),
        ("partial", sample::partial()),
        ("hostile", sample::hostile()),
    ]
}

#[test]
fn in_both_languages() {
    for (name, report) in samples() {
        for lang in [Lang::En, Lang::De] {
            let text = render(&report, &Style { lang, ..Style::default() });
            insta::assert_snapshot!(format!("{name}.{}", lang.tag()), text);
        }
    }
}

#[test]
fn quiet_and_verbose() {
    let report = sample::all_chapters();
    insta::assert_snapshot!("all-chapters.quiet", render(&report, &Style { quiet: true, ..Style::default() }));
    insta::assert_snapshot!("all-chapters.verbose", render(&report, &Style { verbose: true, ..Style::default() }));
}

#[test]
fn colours_and_links() {
    let style = Style { colour: true, links: Some("/srv/städte/a b".into()), ..Style::default() };
    let text = render(&sample::all_chapters(), &style);
    insta::assert_snapshot!("all-chapters.colour", text.replace('\x1b', "␛"));
    let bare = render(&sample::all_chapters(), &Style::default());
    assert_eq!(without_escapes(&text), bare, "colours change nothing but colours");
}

#[test]
fn nothing_is_wider_than_asked() {
    for (name, report) in samples() {
        for width in [60, 72, 80, 100] {
            for (lang, verbose) in [(Lang::En, false), (Lang::De, true)] {
                let text = render(&report, &Style { width, lang, verbose, ..Style::default() });
                for line in text.lines() {
                    assert!(line.width() <= width, "{name}, {width} columns: {line}");
                }
            }
        }
    }
}

#[test]
fn nothing_steers_a_reader() {
    for style in [Style::default(), Style { github: true, verbose: true, width: 60, ..Style::default() }] {
        let text = render(&sample::hostile(), &style);
        for c in text.chars().filter(|c| *c != '\n') {
            assert!(!c.is_control() && !"\u{202e}\u{2028}\u{200b}".contains(c), "{c:?}");
        }
        assert!(!text.contains("##["));
        assert!(text.lines().all(|line| !line.trim_start().starts_with("::")), "{text}");
        assert!(text.contains("caf\\xe9.yml") && text.contains("owned.md"), "nothing is hidden either");
    }
}

fn without_escapes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\x1b') {
        out.push_str(before);
        rest = match after.strip_prefix("]8;;") {
            Some(link) => link.split_once("\x1b\\").expect("a link ends").1,
            None => after.split_once('m').expect("a colour ends").1,
        };
    }
    out + rest
}
