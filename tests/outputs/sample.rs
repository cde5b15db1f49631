//! Reports made by hand: what the judge could say of an invented repository.

use civiclint::phrase::Phrase;
use civiclint::report::{About, Finding, Outcome, PolicyUsed, Report, Verdict};
use civiclint::repository::{Loss, RepoPath};
use civiclint::rule::{Level, Page, Precision, Rule, Severity};
use civiclint::signal::{Place, Span};
use civiclint::untrusted::Untrusted;
use std::collections::BTreeMap;

fn page(title: &str, summary: &str, says: &str, why: &str, mend: &str) -> Page {
    Page {
        title: title.to_owned(),
        summary: summary.to_owned(),
        says: says.to_owned(),
        why: why.to_owned(),
        mend: mend.to_owned(),
        example: None,
        markdown: format!("# {title}\n\n{summary}\n\n## Why it matters\n\n{why}\n\n## How to mend it\n\n{mend}\n"),
    }
}

/// A machine's output without our version, so that a release changes no snapshot.
pub(crate) fn timeless(text: &str) -> String {
    text.replace(&format!("\"{}\"", env!("CARGO_PKG_VERSION")), "\"VERSION\"")
}

pub(crate) fn rule(id: &str, level: Level, severity: Severity, en: Page, de: Option<Page>) -> Rule {
    Rule {
        id: id.to_owned(),
        level,
        severity,
        precision: Precision::High,
        norms: vec!["civic-coding/5-openness".to_owned(), "reuse/spec".to_owned()],
        looks_at: None,
        settings: BTreeMap::new(),
        applies_when: Vec::new(),
        finding_when: Vec::new(),
        not_when: Vec::new(),
        en,
        de,
    }
}

pub(crate) fn plain_rule(id: &str, level: Level, severity: Severity) -> Rule {
    let en = page("Something is not as it should be", "It is about {called}.", "{called} is off", "Because.", "Do it.");
    let de =
        page("Etwas ist nicht, wie es sein soll", "Es geht um {called}.", "{called} stimmt nicht", "Darum.", "Tun.");
    rule(id, level, severity, en, Some(de))
}

pub(crate) fn finding(place: Place, called: impl Into<Untrusted>) -> Finding {
    Finding {
        place,
        called: called.into(),
        values: BTreeMap::new(),
        stands_for: None,
        excerpt: None,
        line_hash: None,
        fingerprint: "3f1d".repeat(16),
    }
}

pub(crate) fn on_line(path: &str, line: u32, excerpt: &str, marked: &str) -> Finding {
    let before = excerpt.split(marked).next().unwrap_or_default().chars().count();
    let column = u32::try_from(before).expect("short") + 1;
    let end = column + u32::try_from(marked.chars().count()).expect("short");
    let mut finding = finding(Place::span(&path.into(), Span::on_line(line, column, end)), marked);
    finding.excerpt = Some(excerpt.into());
    finding.line_hash = Some("62e6d4504864ed3b:1".to_owned());
    finding
}

pub(crate) fn in_file(path: &str) -> Finding {
    finding(Place::file(&path.into()), path)
}

pub(crate) fn outcome(rule: Rule, verdict: Verdict) -> Outcome {
    Outcome { rule, verdict, waived: Vec::new() }
}

pub(crate) fn report(outcomes: Vec<Outcome>, losses: Vec<Loss>) -> Report {
    Report {
        as_of: "2026-11-22".to_owned(),
        repository: About {
            path: "stadtgruen".into(),
            revision: Some("4f1c2ab90d3e5a6b7c8d9e0f1a2b3c4d5e6f7a8b".to_owned()),
            kind: Some("software".to_owned()),
            licence: Some("MIT".into()),
            asked: true,
            shallow: false,
            anchor: Some("README.md".into()),
        },
        level: Report::level_of(&outcomes),
        outcomes,
        profile: "civic".to_owned(),
        policy: None,
        left_out: 0,
        losses,
        norm: None,
        baseline: None,
        work: civiclint::repository::Work::default(),
        limits: civiclint::repository::Limits::default(),
        confinement: None,
    }
}

/// Nothing was asked of a folder without files.
pub(crate) fn empty() -> Report {
    let mut report = report(Vec::new(), Vec::new());
    report.repository = About { revision: None, kind: None, licence: None, anchor: None, ..report.repository };
    report
}

/// Every rule holds.
pub(crate) fn good() -> Report {
    let ok = |id: &str, level| outcome(plain_rule(id, level, Severity::Warning), Verdict::Ok);
    report(
        vec![
            ok("licence/missing", Level::Publishable),
            ok("docs/readme-missing", Level::Reusable),
            ok("maintenance/no-ci", Level::Sustained),
        ],
        Vec::new(),
    )
}

/// Findings of every chapter and of every kind of place.
pub(crate) fn all_chapters() -> Report {
    use Level::{Publishable, Reusable, Sustained};
    use Severity::{Error, Note, Warning};
    let readme = page(
        "The README tells nobody how to install the software",
        "Whoever wants to run it has to find out how.",
        "the README has no section about installing",
        "A program that only its authors can start is not reusable. They will not be there for ever.",
        "Add a section “Installation” to the README. It names what must be there before, and the commands:\n\n\
         ```sh\nnpm ci\nnpm start\n```",
    );
    let readme_de = page(
        "Das README sagt niemandem, wie man die Software installiert",
        "Wer sie betreiben will, muss es selbst herausfinden.",
        "das README hat keinen Abschnitt über die Installation",
        "Ein Programm, das nur seine Autorinnen und Autoren starten können, ist nicht nachnutzbar.",
        "Ergänzen Sie im README einen Abschnitt „Installation“. Er nennt, was vorher da sein muss, und die Befehle:\n\n\
         ```sh\nnpm ci\nnpm start\n```",
    );
    let source = page(
        "Code reads data from a place that no document names",
        "Somebody who takes over this software cannot tell where its data come from.",
        "{called} is read here; no document names it",
        "Whoever is to trust a figure must be able to follow it to its origin. That needs a name.",
        "Name the source, its publisher and its licence in the README under “Data sources”. \
         `civiclint sources` prints a table that is ready to paste.",
    );
    let source_de = page(
        "Der Code liest Daten von einem Ort, den kein Dokument nennt",
        "Wer diese Software übernimmt, weiß nicht, woher ihre Daten kommen.",
        "hier wird {called} gelesen; kein Dokument nennt es",
        "Wer einer Zahl trauen soll, muss sie bis zu ihrer Quelle verfolgen können, z. B. Dienste des DWD. Dazu braucht sie einen Namen.",
        "Nennen Sie im README unter „Datenquellen“ die Quelle, wer sie veröffentlicht, und ihre Lizenz.",
    );
    let file = page(
        "A data file comes without a word about it",
        "Nobody can tell what its columns mean.",
        "no document says what {called} holds",
        "Data without a description are numbers.",
        "- Describe the file in the README or in a `datapackage.json` beside it.\n- Say where it comes from.",
    );
    let file_de = page(
        "Zu einer Datendatei gibt es kein Wort",
        "Niemand weiß, was ihre Spalten bedeuten.",
        "kein Dokument sagt, was {called} enthält",
        "Daten ohne Beschreibung sind Zahlen.",
        "- Beschreiben Sie die Datei im README oder in einer `datapackage.json` daneben.\n- Sagen Sie, woher sie stammt.",
    );
    let conflict = page(
        "Two files name different licences",
        "Nobody can tell which one holds.",
        "{path} says {called}; the licence file is MIT",
        "Where two texts disagree, lawyers advise against using either.",
        "Decide on one licence and write it into both files.",
    );
    let dependencies = page(
        "Somebody else's code is committed",
        "Its licences become yours to follow.",
        "{called} is a folder of installed packages",
        "Installed packages hide what is your own.",
        "Remove the folder from the repository and add it to `.gitignore`.",
    );
    let quiet = page(
        "Nothing has happened for a long time",
        "Nobody may be there to answer.",
        "the last commit by a person is {called} months old",
        "Others need to know whether somebody is there.",
        "Say in the README whether the project is finished, looking for help, or given up.",
    );
    let data_files = (1..=9)
        .map(|number| format!("data/trees/{number:02}.csv"))
        .chain((1..=4).map(|number| format!("data/wells/2024/{number:02}.csv")))
        .chain(["areas.geojson".to_owned(), "tests/pumps.csv".to_owned()]);
    let mut data_files: Vec<String> = data_files.collect();
    data_files.sort();
    let mut installed = finding(Place::file(&"web/node_modules".into()), "web/node_modules");
    installed.stands_for = Some("web/node_modules/left-pad/index.js".into());
    let url = "    frame = pandas.read_csv(\"https://opendata.example.org/observations/daily/climate_stations.csv\", sep=\";\")";
    let sources = vec![
        on_line(
            "scripts/load.sh",
            7,
            "curl -sSfL https://geo.example.org/wfs > trees.gml",
            "https://geo.example.org/wfs",
        ),
        on_line(
            "stadtgruen/weather.py",
            56,
            url,
            "https://opendata.example.org/observations/daily/climate_stations.csv",
        ),
        {
            let mut secret = on_line("stadtgruen/wells.py", 112, "", "");
            secret.called = "wells.example.org".into();
            secret.excerpt = None;
            secret
        },
    ];
    let skip = |id: &str, level, en: &'static str, de: &'static str| {
        outcome(plain_rule(id, level, Warning), Verdict::Skipped(Phrase::new(en, de)))
    };
    let ok = |id: &str, level| outcome(plain_rule(id, level, Warning), Verdict::Ok);
    let manifest = on_line("web/package.json", 5, "  \"license\": \"GPL-3.0-only\",", "GPL-3.0-only");
    report(
        vec![
            outcome(
                rule("licence/manifest-conflict", Publishable, Error, conflict, None),
                Verdict::Findings(vec![manifest]),
            ),
            ok("licence/missing", Publishable),
            outcome(
                rule("publication/committed-dependencies", Publishable, Warning, dependencies, None),
                Verdict::Findings(vec![installed]),
            ),
            ok("publication/secret-file", Publishable),
            outcome(
                rule("data/undocumented-file", Reusable, Warning, file, Some(file_de)),
                Verdict::Findings(data_files.iter().map(|path| in_file(path)).collect()),
            ),
            outcome(
                rule("data/undocumented-source", Reusable, Warning, source, Some(source_de)),
                Verdict::Findings(sources),
            ),
            outcome(
                rule("docs/installation", Reusable, Warning, readme, Some(readme_de)),
                Verdict::Findings(vec![finding(Place::default(), "")]),
            ),
            ok("docs/readme-missing", Reusable),
            ok("docs/readme-stub", Reusable),
            skip(
                "docs/publiccode",
                Reusable,
                "this is no repository of a public authority",
                "dies ist kein Repositorium einer Behörde",
            ),
            skip(
                "maintenance/no-tests",
                Reusable,
                "there is no source code in a known language",
                "es gibt keinen Quelltext in einer bekannten Sprache",
            ),
            outcome(
                rule("maintenance/inactive", Sustained, Warning, quiet, None),
                Verdict::Findings(vec![finding(Place::default(), "31")]),
            ),
            skip("maintenance/no-ci", Sustained, "the clone is shallow", "der Klon ist flach"),
            outcome(
                plain_rule("governance/contributing", Sustained, Note),
                Verdict::Findings(vec![in_file("CONTRIBUTING.md")]),
            ),
            skip("governance/one-person", Sustained, "the clone is shallow", "der Klon ist flach"),
        ],
        Vec::new(),
    )
}

/// Some of it could not be looked at.
pub(crate) fn partial() -> Report {
    let lost = |path: Option<&str>, en: &'static str, de: &'static str| Loss {
        path: path.map(RepoPath::from),
        why: Phrase::new(en, de),
    };
    let mut report = report(
        vec![
            outcome(plain_rule("licence/missing", Level::Publishable, Severity::Error), Verdict::Ok),
            outcome(
                plain_rule("maintenance/inactive", Level::Sustained, Severity::Warning),
                Verdict::Skipped(Phrase::new(
                    "history: reftable storage is not supported",
                    "Historie: reftable wird nicht unterstützt",
                )),
            ),
        ],
        vec![
            lost(None, "history: reftable storage is not supported", "Historie: reftable wird nicht unterstützt"),
            lost(Some("data/all.csv"), "is larger than 8 MiB", "ist größer als 8 MiB"),
            lost(Some("data/more.csv"), "is larger than 8 MiB", "ist größer als 8 MiB"),
            lost(Some("../outside"), "leads out of the repository", "führt aus dem Repositorium hinaus"),
        ],
    );
    report.repository.shallow = true;
    report
}

/// Names and contents that try everything.
pub(crate) fn hostile() -> Report {
    let names: &[&[u8]] = &[
        b"evil\x1b[2J\x1b[1;1Howned.md",
        b"x\n::error file=README.md::pwned.yml",
        b"##[error]pwned.yml",
        b"a ###[error]pwned.yml",
        b"::set-output name=a::pwned.yml",
        b"caf\xe9.yml",
        "publiccode\u{202e}lmy.yml".as_bytes(),
        "read\u{200b}me\u{2028}::error::pwned.yml".as_bytes(),
        b"c1\xc2\x9b31m\x7f.yml",
        b"http:x/[y](https://hostile.example).yml",
        b"100% #?.yml",
        b"C:\\x.yml",
    ];
    let mut findings: Vec<Finding> =
        names.iter().map(|name| finding(Place::file(&RepoPath::new(name)), *name)).collect();
    for name in names {
        let span = Span::on_line(3, 1, 5);
        let mut line = finding(Place::span(&RepoPath::new(name), span), *name);
        line.excerpt = Some((*name).into());
        findings.push(line);
    }
    let losses = names
        .iter()
        .map(|name| Loss { path: Some(RepoPath::new(name)), why: Phrase::new("{why}", "{why}").with("why", *name) })
        .collect();
    let mut report = report(
        vec![
            outcome(plain_rule("docs/hostile", Level::Publishable, Severity::Warning), Verdict::Findings(findings)),
            outcome(
                plain_rule("docs/skipped", Level::Publishable, Severity::Warning),
                Verdict::Skipped(Phrase::new("{why}", "{why}").with("why", "\n::error::##[error]pwned\x1b[2J")),
            ),
        ],
        losses,
    );
    report.repository.path = Untrusted::new(b"re\x1b[31mpo\n::error::pwned \xff");
    report.repository.licence = Some("\u{202e}::error::MIT ##[error]x".into());
    report.profile = "##[error]profile".to_owned();
    report.policy = Some(PolicyUsed {
        path: Some(Untrusted::new(b"\x1b[31m.toml\n::error::pwned")),
        revision: Some("##[error]main".into()),
        own_differs: true,
        not_applied: None,
    });
    report.left_out = 3;
    report
}
