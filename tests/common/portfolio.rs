//! What does the output folder of a batch over many repositories look like? Made up, and the same every time.

#![allow(dead_code, reason = "each user needs a part of this module")]
#![allow(clippy::disallowed_methods, reason = "files of a folder of its own")]

use civiclint::portfolio::result::SCHEMA;
use civiclint::portfolio::{
    Both, Counts, FindingResult, LossResult, Record, RepositoryResult, RuleResult, Run, Shard, Status, run,
};
use civiclint::rule::{Level, Rule, Severity};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// What is made.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    /// how many repositories the list names
    pub(crate) repositories: usize,
    /// the day of the scan
    pub(crate) as_of: String,
    /// how far the work on them has come, from 0: fewer findings with every month
    pub(crate) month: u64,
    /// the part of the list that is made; `None` for all of it
    pub(crate) shard: Option<Shard>,
    /// the language
    pub(crate) lang: &'static str,
}

impl Sample {
    /// So many repositories, looked at on the day of every test.
    pub(crate) fn of(repositories: usize) -> Self {
        Self { repositories, as_of: "2026-11-22".to_owned(), month: 0, shard: None, lang: "en" }
    }
}

/// A sequence of numbers that look random (SplitMix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// The earlier ones much more often than the later ones.
    fn pick<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        let end = self.below(all.len() as u64) + 1;
        &all[self.below(end) as usize]
    }
}

const OWNERS: [&str; 14] = [
    "Amt für Geoinformation",
    "Umweltamt",
    "Stadtwerke Musterstadt",
    "Gesundheitsamt",
    "Schul- und Sportamt",
    "Digitalreferat",
    "Statistisches Amt",
    "Grünflächenamt",
    "Verkehrsbetriebe",
    "Büro für Bürger:innenbeteiligung",
    "Stadtbibliothek",
    "Bauaufsicht",
    "=SUM(A1:A9)",
    "<img src=x onerror=alert(1)>",
];

const THINGS: [&str; 20] = [
    "baumkataster",
    "terminvergabe",
    "luftqualitaet",
    "open-data-portal",
    "haushalt-visualisierung",
    "geodaten-api",
    "kita-finder",
    "antragsassistent",
    "strassenschaeden",
    "wahlergebnisse",
    "veranstaltungskalender",
    "pegelstaende",
    "chatbot",
    "formular-server",
    "radverkehr-zaehlstellen",
    "design-system",
    "parkraum",
    "meldeportal",
    "bebauungsplaene",
    "impfzentren",
];

const LICENCES: [&str; 12] = [
    "MIT",
    "EUPL-1.2",
    "Apache-2.0",
    "AGPL-3.0-or-later",
    "GPL-3.0-or-later",
    "BSD-3-Clause",
    "CC-BY-4.0",
    "CC0-1.0",
    "MPL-2.0",
    "MIT AND CC-BY-4.0",
    "Apache-2.0 OR MIT",
    "LicenseRef-Hausrecht",
];

const HOSTILE: [&str; 7] = [
    "</script><script>alert(1)</script>",
    "=HYPERLINK(\"https://evil.example\")",
    "\\u{202e}gnp.exe",
    "javascript:alert(1)",
    "| a | [b](c) `d` #1 @team",
    "{{7*7}} & \"quoted\" 'single'",
    "sehr-langer-name-ohne-eine-einzige-stelle-zum-umbrechen-der-einfach-immer-weiter-und-weiter-geht-bis-jeder-rand-erreicht-ist",
];

const SOURCES: [&str; 16] = [
    "opendata.dwd.de",
    "api.open-meteo.com",
    "geodienste.example.de/wfs",
    "www.pegelonline.wsv.de",
    "overpass-api.de",
    "download.geofabrik.de",
    "data.example.org/api/3",
    "ckan.musterstadt.de",
    "api.example.net/v1/sensors",
    "daten.example.de/haushalt.csv",
    "raw.example.com/main/stations.json",
    "nominatim.example.org",
    "s3://amtliche-daten/export",
    "ftp.example.de",
    "sparql.example.eu",
    "archive.example.org/2019",
];

const MODELS: [&str; 5] =
    ["bert-base-german-cased", "whisper-large-v3", "yolov8n.pt", "all-MiniLM-L6-v2", "de_core_news_lg"];

/// Writes an output folder: `run.json`, the journal and the results. Another run in the same folder replaces them.
pub(crate) fn write(dir: &Path, sample: &Sample, rules: &[Rule]) -> io::Result<()> {
    fs::create_dir_all(dir.join("results"))?;
    let mut rules: Vec<&Rule> = rules.iter().collect();
    rules.sort_by_key(|rule| (rule.level, std::cmp::Reverse(rule.severity), rule.id.clone()));
    let mut journal = BufWriter::new(fs::File::create(dir.join("journal.jsonl"))?);
    for at in 0..sample.repositories {
        if sample.shard.is_some_and(|shard| at % shard.of != shard.index - 1) {
            continue;
        }
        let (record, result) = repository(at, sample, &rules);
        journal.write_all(serde_json::to_string(&record)?.as_bytes())?;
        journal.write_all(b"\n")?;
        if let Some(result) = result {
            let text = serde_json::to_string(&result)? + "\n";
            fs::write(dir.join(format!("results/{}.json", record.key)), text)?;
            let sarif = "{\"version\":\"2.1.0\",\"runs\":[]}\n";
            fs::write(dir.join(format!("results/{}.sarif", record.key)), sarif)?;
        }
    }
    journal.flush()?;
    let shard = sample.shard.map_or(0, |shard| shard.index as u64);
    let run = Run {
        schema: run::SCHEMA.to_owned(),
        run: format!("{:016x}", Dice(sample.month << 32 | shard << 24).next()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: sample.as_of.clone(),
        lang: sample.lang.to_owned(),
        rules: "5eed".repeat(16),
        list: format!("{:064x}", sample.repositories),
        profile: "civic".to_owned(),
        repositories: sample.repositories,
        shard: sample.shard,
        started: format!("{}T10:0{}:00Z", sample.as_of, shard % 10),
        finished: Some(format!("{}T11:0{}:00Z", sample.as_of, shard % 10)),
        complete: true,
    };
    fs::write(dir.join("run.json"), run.render())
}

/// A repository of the list, always the same.
fn repository(at: usize, sample: &Sample, rules: &[&Rule]) -> (Record, Option<RepositoryResult>) {
    let mut dice = Dice(at as u64 ^ 0xC1F1_C000);
    let owner = dice.pick(&OWNERS).to_string();
    let hostile = dice.below(50) == 0;
    let name = match hostile {
        true => format!("{}/{}", at, HOSTILE[at % HOSTILE.len()]),
        false => format!("{}/{}-{at}", ["geo", "umwelt", "it", "buerger"][at % 4], dice.pick(&THINGS)),
    };
    let status = match dice.below(100) {
        0 => Status::Timeout,
        1 => Status::Crashed,
        2 => Status::Oom,
        3..=5 => Status::Unreachable,
        6..=8 => Status::Incomplete,
        _ => Status::Findings,
    };
    let kind = ["software", "software", "software", "data", "documentation", ""][dice.below(6) as usize];
    let licensed = dice.below(100);
    let mut record = Record {
        repo: format!("https://code.example/{}.git", name.replace(' ', "%20")),
        at,
        key: format!("{:04x}-{at}", dice.below(0x10000)),
        name,
        owner: (dice.below(20) > 0).then_some(owner),
        head: (status != Status::Unreachable).then(|| format!("{:020x}{:020x}", dice.next(), dice.next())),
        status,
        why: (!matches!(status, Status::Findings))
            .then(|| Both { en: format!("made up: {}", status.name()), de: format!("erfunden: {}", status.name()) }),
        level: None,
        counts: Counts::default(),
        kind: (!kind.is_empty() && status.is_seen()).then(|| kind.to_owned()),
        licence: (licensed >= 18 && status.is_seen()).then(|| dice.pick(&LICENCES).to_string()),
        as_of: sample.as_of.clone(),
        since: None,
        attempt: if status == Status::Unreachable { 3 } else { 1 },
        wall_s: dice.below(4_000) as f64 / 1_000.0,
        rss_mib: Some(20.0 + dice.below(900) as f64 / 10.0),
    };
    if !status.is_seen() {
        return (record, None);
    }
    // From 0 (nobody ever looked after it) to 99.
    let care = dice.below(90) + sample.month.min(9);
    let rules: Vec<RuleResult> = rules.iter().map(|rule| held(rule, care, licensed, hostile, &mut dice)).collect();
    let counted = |severity: &str| rules.iter().filter(|rule| rule.severity == severity).map(|rule| rule.number).sum();
    let losses: Vec<LossResult> = (status == Status::Incomplete)
        .then(|| LossResult {
            path: Some("daten/alles.csv".to_owned()),
            message: Both { en: "is too large".to_owned(), de: "ist zu groß".to_owned() },
        })
        .into_iter()
        .collect();
    record.counts = Counts {
        errors: counted("error"),
        warnings: counted("warning"),
        notes: counted("note"),
        ok: rules.iter().filter(|rule| rule.verdict == "ok").count(),
        skipped: rules.iter().filter(|rule| rule.verdict == "skip").count(),
        waived: rules.iter().map(|rule| rule.waived).sum(),
        losses: losses.len(),
    };
    if record.counts.errors + record.counts.warnings + record.counts.notes == 0 && losses.is_empty() {
        (record.status, record.why) = (Status::Ok, None);
    }
    let blocked = |level: Level| rules.iter().any(|rule| rule.blocks && rule.level == level.name());
    let held = Level::ALL.into_iter().take_while(|level| !blocked(*level)).last();
    record.level = held.map(|level| level.name().to_owned());
    let publiccode = (dice.below(100) < care / 2).then(|| {
        let status = *dice.pick(&["stable", "beta", "development", "concept", "obsolete"]);
        serde_json::json!({
            "publiccodeYmlVersion": "0.4", "name": record.name, "url": record.repo, "developmentStatus": status,
            "softwareType": "standalone/web", "platforms": ["web"],
            "description": {"de": {"shortDescription": "Erfunden für einen Test", "features": ["Suche"]}},
            "legal": {"license": record.licence}, "maintenance": {"type": "internal"},
        })
    });
    let result = RepositoryResult {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: sample.as_of.clone(),
        revision: record.head.clone(),
        kind: record.kind.clone(),
        licence: record.licence.clone(),
        shallow: dice.below(30) == 0,
        level: record.level.clone(),
        profile: "civic".to_owned(),
        counts: record.counts,
        rules,
        losses,
        publiccode,
    };
    (record, Some(result))
}

/// What a rule says of a repository: the more care, the fewer findings.
fn held(rule: &Rule, care: u64, licensed: u64, hostile: bool, dice: &mut Dice) -> RuleResult {
    // Some rules are broken often, others hardly ever.
    let weight = rule.id.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))) % 60;
    let weight = weight * [15, 60, 100][rule.level as usize] / 100;
    let roll = dice.below(100);
    let found = match rule.id.as_str() {
        "licence/missing" => licensed < 12,
        _ => roll * 100 < (100 - care) * weight,
    };
    let verdict = match () {
        () if found => "finding",
        () if rule.id != "licence/missing" && dice.below(100) < weight / 4 => "skip",
        () => "ok",
    };
    let pool: &[&str] = match rule.id.as_str() {
        "data/undocumented-source" => &SOURCES,
        "data/undocumented-model" => &MODELS,
        _ => &[],
    };
    let whole =
        rule.id.starts_with("maintenance/") || rule.id.starts_with("governance/") || rule.id.ends_with("missing");
    let number = match (found, whole) {
        (false, _) => 0,
        (true, true) => 1,
        (true, false) => {
            let end = dice.below(12) + 1;
            dice.below(end) + 1
        }
    };
    let number = if pool.is_empty() { number } else { number.min(pool.len() as u64) };
    let start = dice.below(pool.len() as u64) as usize;
    let findings = (0..number).map(|n| {
        let called = match (pool.get((start + n as usize) % pool.len().max(1)), hostile) {
            (_, true) => HOSTILE[n as usize % HOSTILE.len()].to_owned(),
            (Some(name), false) => (*name).to_owned(),
            (None, false) => format!("datei-{n}.py"),
        };
        FindingResult {
            path: (!whole).then(|| format!("src/teil{}/datei-{n}.py", n % 3)),
            line: (!whole).then_some(1 + n as u32 * 7),
            message: Both { en: format!("made up: {called}"), de: format!("erfunden: {called}") },
            called,
            fingerprint: format!("{:032x}{:032x}", dice.next(), dice.next()),
        }
    });
    let findings: Vec<FindingResult> = findings.collect();
    RuleResult {
        id: rule.id.clone(),
        level: rule.level.name().to_owned(),
        severity: rule.severity.name().to_owned(),
        verdict: verdict.to_owned(),
        blocks: found && rule.severity >= Severity::Warning,
        reason: (verdict == "skip").then(|| Both {
            en: "made up: nobody can tell".to_owned(),
            de: "erfunden: das lässt sich nicht sagen".to_owned(),
        }),
        number: findings.len(),
        waived: usize::from(dice.below(200) == 0),
        findings,
    }
}
