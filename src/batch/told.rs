//! What does a person read at the end of a batch?

use crate::output::encode;
use crate::phrase::{Lang, Phrase};
use crate::portfolio::{Record, Run};
use crate::rule::Level;
use std::fmt::Write as _;
use std::path::Path;

/// So many repositories that could not be looked at are named.
const NAMED: usize = 10;

/// The end of a batch in a few lines: how many repositories are where, which could not be looked at and why, and where
/// to read on.
pub fn told(run: &Run, records: &[Record], page: &Path, lang: Lang) -> String {
    let mut told = String::new();
    let mut add = |phrase: Phrase| {
        let _ = writeln!(told, "{}", encode::terminal(&phrase.message(lang)));
    };
    add(headline(records.len()).with("as_of", run.as_of.as_str()).with("profile", run.profile.as_str()));
    for level in Level::ALL.into_iter().rev() {
        let number = records.iter().filter(|record| record.level.as_deref() == Some(level.name())).count();
        add(Phrase::new("{number}  {level}", "{number}  {level}")
            .with("number", wide(number))
            .with("level", level.title(lang)));
    }
    let none = records.iter().filter(|record| record.status.is_seen() && record.level.is_none()).count();
    add(Phrase::new("{number}  no level yet", "{number}  noch keine Stufe").with("number", wide(none)));
    let unseen: Vec<&Record> = records.iter().filter(|record| !record.status.is_seen()).collect();
    if !unseen.is_empty() {
        add(Phrase::new("{number}  could not be looked at", "{number}  ließen sich nicht prüfen")
            .with("number", wide(unseen.len())));
    }
    for record in unseen.iter().take(NAMED) {
        add(problem(record, lang));
    }
    if let Some(more) = unseen.len().checked_sub(NAMED).filter(|more| *more > 0) {
        add(Phrase::new("       and {more} more", "       und {more} weitere").with("more", more.to_string()));
    }
    add(Phrase::new("The portfolio: {page}", "Das Portfolio: {page}").with("page", page.as_os_str().as_encoded_bytes()));
    encode::guard(&told)
}

/// Why a repository could not be looked at.
pub fn problem(record: &Record, lang: Lang) -> Phrase {
    let why = record.why.as_ref().map(|why| lang.pick(why.en.as_str(), why.de.as_str())).unwrap_or_default();
    Phrase::new("       {repo}: {status}: {why}", "       {repo}: {status}: {why}")
        .with("repo", record.repo.as_str())
        .with("status", record.status.name())
        .with("why", why)
}

fn headline(repositories: usize) -> Phrase {
    let phrase = if repositories == 1 {
        Phrase::new("{number} repository, {as_of}, profile {profile}", "{number} Repository, {as_of}, Profil {profile}")
    } else {
        Phrase::new(
            "{number} repositories, {as_of}, profile {profile}",
            "{number} Repositorys, {as_of}, Profil {profile}",
        )
    };
    phrase.with("number", repositories.to_string())
}

fn wide(number: usize) -> String {
    format!("{number:>7}")
}

#[cfg(test)]
mod tests {
    use super::super::testing::record;
    use super::*;
    use crate::portfolio::{Both, Status};

    fn run() -> Run {
        let text = r#"{"schema":"civiclint/run/1","run":"a1","version":"0.1.0","as_of":"2026-11-22","lang":"en",
            "rules":"b","list":"c","profile":"civic","repositories":20,"shard":null,"started":"t","finished":null,
            "complete":true}"#;
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn every_repository_is_counted_once_and_those_not_looked_at_are_named() {
        let mut records: Vec<Record> = (0..20).map(record).collect();
        for (at, record) in records.iter_mut().enumerate() {
            match at {
                0..5 => record.level = None,
                5..17 => {
                    (record.status, record.level) = (Status::Timeout, None);
                    record.why = Some(Both { en: "too\u{1b}slow".to_owned(), de: "zu langsam".to_owned() });
                }
                _ => {}
            }
        }
        let en = told(&run(), &records, Path::new("out/index.html"), Lang::En);
        assert!(en.starts_with("20 repositories, 2026-11-22, profile civic\n"), "{en}");
        for line in ["      3  reusable", "      5  no level yet", "     12  could not be looked at", "and 2 more"] {
            assert!(en.contains(line), "{line}: {en}");
        }
        assert_eq!(en.matches("timeout").count(), NAMED);
        assert!(!en.contains('\u{1b}') && en.ends_with("out/index.html\n"), "{en}");
        let de = told(&run(), &records, Path::new("out/index.html"), Lang::De);
        assert!(de.contains("      3  nachnutzbar") && de.contains("zu langsam"), "{de}");
    }
}
