//! Does every start find its way, whatever the one before left?

use super::*;
use crate::batch::entry::entries;
use crate::batch::{Listed, Location};

fn wanted(today: &str, now: &str) -> Wanted {
    Wanted {
        as_of: None,
        today: today.to_owned(),
        now: now.to_owned(),
        rules: "r1".to_owned(),
        list: "l1".to_owned(),
        profile: "civic".to_owned(),
        lang: "en".to_owned(),
        repositories: 3,
        shard: None,
        fresh: false,
        since: false,
        retry: false,
    }
}

fn list(names: &[&str]) -> Vec<Entry> {
    let listed = names.iter().map(|name| Listed {
        repo: (*name).to_owned(),
        location: Location::Folder((*name).into()),
        name: None,
        owner: None,
    });
    entries(listed.collect(), None)
}

fn record(entry: &Entry, status: Status) -> Record {
    let base = crate::batch::testing::record(entry.at);
    Record { repo: entry.listed.repo.clone(), key: entry.key.clone(), name: entry.name.clone(), status, ..base }
}

fn start(folder: &Folder, wanted: &Wanted, entries: &[Entry]) -> Begun {
    begin(folder, wanted, entries, |_| Ok(())).unwrap()
}

fn todo(begun: &Begun) -> Vec<&str> {
    begun.todo.iter().map(|entry| entry.listed.repo.as_str()).collect()
}

fn finish(folder: &Folder, begun: Begun) {
    write(folder, &Run { complete: true, ..begun.run }).unwrap();
}

#[test]
fn the_same_command_goes_on_and_keeps_its_day() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::take(dir.path()).unwrap();
    let entries = list(&["a", "b", "c"]);
    let mut begun = start(&folder, &wanted("2026-11-22", "t1"), &entries);
    assert!(!begun.resumed);
    begun.journal.add(&record(&entries[1], Status::Ok)).unwrap();
    let name = begun.run.run;
    // killed; the next start is after midnight
    let begun = start(&folder, &wanted("2026-11-23", "t2"), &entries);
    assert!(begun.resumed);
    assert_eq!((begun.run.run.as_str(), begun.run.as_of.as_str()), (name.as_str(), "2026-11-22"));
    assert_eq!(todo(&begun), ["a", "c"]);
    assert_eq!(begun.done.len(), 1);
}

#[test]
fn another_day_or_other_rules_begin_anew_once_the_run_is_over() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::take(dir.path()).unwrap();
    let entries = list(&["a"]);
    let mut begun = start(&folder, &wanted("2026-11-22", "t1"), &entries);
    begun.journal.add(&record(&entries[0], Status::Ok)).unwrap();
    finish(&folder, begun);
    let same_day = start(&folder, &wanted("2026-11-22", "t2"), &entries);
    assert!(same_day.resumed && same_day.todo.is_empty());
    finish(&folder, same_day);
    let mut left = None;
    let next = begin(&folder, &wanted("2026-12-22", "t3"), &entries, |old| {
        left = Some(old.as_of.clone());
        Ok(())
    })
    .unwrap();
    assert_eq!(left.as_deref(), Some("2026-11-22"), "what is left behind is handed over before it is moved");
    assert!(!next.resumed && next.todo.len() == 1 && next.before.is_empty());
    finish(&folder, next);
    let rules = Wanted { rules: "r2".to_owned(), ..wanted("2026-12-22", "t4") };
    assert_eq!(start(&folder, &rules, &entries).todo.len(), 1);
}

#[test]
fn since_offers_what_the_run_before_found_with_the_same_rules() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::take(dir.path()).unwrap();
    let entries = list(&["a", "b", "c", "d"]);
    let mut begun = start(&folder, &wanted("2026-11-22", "t1"), &entries);
    for (entry, status) in entries.iter().zip([Status::Ok, Status::Findings, Status::Timeout, Status::Ok]) {
        begun.journal.add(&record(entry, status)).unwrap();
        if entry.listed.repo != "d" {
            fs::write(folder.results(&entry.key).with_extension("json"), "{}").unwrap();
        }
    }
    finish(&folder, begun);
    let since = Wanted { since: true, ..wanted("2026-12-22", "t2") };
    let next = start(&folder, &since, &entries);
    // c was not seen, and the result of d is gone
    assert_eq!(next.before.keys().map(String::as_str).collect::<Vec<_>>(), ["a", "b"]);
    // on the same day too; and the same again after a kill
    assert_eq!(start(&folder, &since, &entries).before.len(), 2);
    let rules = Wanted { rules: "r2".to_owned(), ..since };
    assert!(start(&folder, &rules, &entries).before.is_empty());
}

#[test]
fn a_list_that_changed_keeps_what_is_still_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::take(dir.path()).unwrap();
    let entries = list(&["a", "b"]);
    let mut begun = start(&folder, &wanted("2026-11-22", "t1"), &entries);
    begun.journal.add(&record(&entries[0], Status::Ok)).unwrap();
    begun.journal.add(&record(&entries[1], Status::Crashed)).unwrap();
    let other = list(&["new", "b"]);
    let next = start(&folder, &wanted("2026-11-22", "t2"), &other);
    assert_eq!(todo(&next), ["new"]);
    assert_eq!(next.done.len(), 1);
    finish(&folder, next);
    // the next day, too: what failed is looked at again as of the day of its run
    let retry = Wanted { retry: true, ..wanted("2026-11-23", "t3") };
    let again = start(&folder, &retry, &other);
    assert_eq!(todo(&again), ["new", "b"]);
    assert_eq!(again.run.as_of, "2026-11-22");
}

#[test]
fn what_is_not_to_be_lost_is_refused_and_fresh_takes_it() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::take(dir.path()).unwrap();
    let entries = list(&["a"]);
    fs::write(folder.journal(), "").unwrap();
    assert!(begin(&folder, &wanted("2026-11-22", "t1"), &entries, |_| Ok(())).is_err());
    let fresh = Wanted { fresh: true, ..wanted("2026-11-22", "t1") };
    let mut begun = start(&folder, &fresh, &entries);
    begun.journal.add(&record(&entries[0], Status::Ok)).unwrap();
    let part = Wanted { shard: Some(Shard { index: 1, of: 4 }), ..wanted("2026-11-22", "t2") };
    assert!(begin(&folder, &part, &entries, |_| Ok(())).is_err());
    assert_eq!(start(&folder, &Wanted { fresh: true, ..part }, &entries).todo.len(), 1);
}
