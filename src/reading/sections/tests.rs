//! Do headings and phrases say what they are about, in each language?

use super::Meaning::*;
use super::*;

/// Something that a row fits: its own words, gaps closed, starts of words gone on with.
fn example(row: &str) -> String {
    row.trim_start_matches("= ").replace("… ", "").replace('*', "xyz")
}

#[test]
fn each_row_finds_its_heading_and_not_a_longer_word() {
    let written = written();
    for rows in &written.meaning {
        for row in rows.rows() {
            let heading = example(row);
            assert!(is_about(&format!("## 2.1 🚀 {}:", heading.to_uppercase()), rows.name), "{row}");
            let only = Row::new(row);
            for near in [format!("x{heading}"), format!("{heading}x")] {
                let fits = (0..9).any(|skip| only.matches(folded(&near).get(skip..).unwrap_or_default()));
                assert_eq!(fits, near.ends_with('x') && row.ends_with('*'), "{row}: {near}");
            }
            if row.starts_with("= ") {
                assert!(!only.matches(&folded(&format!("{heading} of something"))), "{row}");
            }
        }
    }
}

#[test]
fn each_phrase_is_found_in_a_sentence_and_not_across_a_wide_gap() {
    let written = written();
    for rows in &written.phrase {
        for row in rows.rows() {
            let near = format!("Foo bar, {} baz.", row.replace('…', "please one new").replace('*', ""));
            assert!(invites(&near, rows.name).is_some(), "{row}");
            let only = Row::new(row);
            let far = folded(&row.replace('…', "a b c d e").replace('*', ""));
            assert_eq!(only.matches(&far), !row.contains('…'), "{row}");
        }
    }
}

#[test]
fn each_exception_takes_a_heading_back_that_would_be_found() {
    for rows in &written().meaning {
        let entry = rows.entry();
        for not in &rows.not {
            let heading = example(not);
            assert!(entry.found.find(&folded(&heading)).is_some(), "{not} takes nothing back");
            assert!(!is_about(&heading, rows.name), "{not}");
        }
    }
}

#[test]
fn near_misses() {
    for (heading, meaning) in [
        ("Uninstalling", Installation),
        ("Deinstallation", Installation),
        ("Requirements", Installation),
        ("Experimental setup", Installation),
        ("Terms of use", Usage),
        ("Nutzungsbedingungen", Usage),
        ("Contact tracing", Contact),
        ("Häufig gestellte Fragen", Contact),
        ("Supported by", Contact),
        ("Contributors", Contributing),
        ("Contributors and Partners", Contributing),
        ("Mitwirkende", Contributing),
        ("Contributing organisations", Contributing),
        ("Semiconductors", CodeOfConduct),
        ("Betriebssysteme", Operation),
        ("Source code", DataSources),
        ("Open source", DataSources),
        ("Quellcode", DataSources),
        ("Data model", DataSources),
        ("Accessing the API", Accessibility),
        ("Next steps", Roadmap),
        ("Food security", Security),
        ("Latest results", Tests),
        ("Browser support", Support),
        ("Steam engines", Team),
        ("React documentation", Documentation),
        ("API key", Api),
        ("Capital letters", Api),
        ("Known issues", Reporting),
        ("Troubleshooting", Reporting),
        ("Issues", Roadmap),
    ] {
        assert!(!is_about(heading, meaning), "{heading} {meaning:?}");
    }
}

#[test]
fn headings_as_people_write_them() {
    for (heading, meaning) in [
        ("Setup / Installation", Installation),
        ("🛠️ Getting Started", Installation),
        ("Installation & Setup", Installation),
        ("Lokale Entwicklungsumgebung einrichten", Installation),
        ("Ausfuehren", Installation),
        ("Fragen und Anregungen", Contact),
        ("KONTAKT", Contact),
        ("Wie kann ich mitmachen?", Contributing),
        ("How to contribute", Contributing),
        ("Código de conducta", CodeOfConduct),
        ("Codigo de Conducta", CodeOfConduct),
        ("Datenquellen & Lizenzen", DataSources),
        ("Data sources and credits", DataSources),
        ("Erklärung zur Barrierefreiheit", Accessibility),
        ("REST API", Api),
        ("Schnittstellen", Api),
        ("Reporting Bugs", Reporting),
        ("Fehler melden", Reporting),
    ] {
        assert!(is_about(heading, meaning), "{heading} {meaning:?}");
    }
}

#[test]
fn sentences_that_invite() {
    for (text, to, yes) in [
        ("Please open\nan issue on GitHub.", Invitation::Issue, true),
        ("Bitte erstellen Sie dafür ein Issue.", Invitation::Issue, true),
        ("This is an open issue.", Invitation::Issue, false),
        ("CI reports go to Slack.", Invitation::Issue, false),
        ("Contributions of any kind welcome!", Invitation::Contribute, false),
        ("Send us a pull request.", Invitation::Contribute, true),
        ("Hier können Sie Änderungsvorschläge einbringen.", Invitation::Propose, true),
        ("CI runs on every pull request.", Invitation::Propose, false),
        ("Contributions of any kind welcome!", Invitation::Propose, false),
    ] {
        assert_eq!(invites(text, to).is_some(), yes, "{text}");
    }
}
