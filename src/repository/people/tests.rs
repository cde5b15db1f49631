//! Who is merged, and who is taken for a program?

use super::*;

const RANGE: (i64, i64) = (631_152_000, 1_800_000_000);

/// Commits by these authors with these subjects, a day apart, the first the newest.
fn told(commits: &[(&str, &str, &str)], mailmap: &str) -> (Vec<Commit>, Vec<Person>) {
    let mut authors: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let mut records = Vec::new();
    for (at, (name, email, subject)) in commits.iter().enumerate() {
        let author = (name.as_bytes().to_vec(), email.as_bytes().to_vec());
        let number = authors.iter().position(|known| *known == author).unwrap_or_else(|| {
            authors.push(author);
            authors.len() - 1
        });
        records.push(CommitRecord {
            author: u32::try_from(number).unwrap(),
            time: 1_790_000_000 - 86_400 * i64::try_from(at).unwrap(),
            parents: 1,
            subject: subject.as_bytes().to_vec(),
        });
    }
    tell(&authors, &records, &Mailmap::parse(mailmap.as_bytes()), RANGE)
}

/// How many people there are behind these names and addresses.
fn people(authors: &[(&str, &str)], mailmap: &str) -> usize {
    let commits: Vec<_> = authors.iter().map(|(name, email)| (*name, *email, "x")).collect();
    told(&commits, mailmap).1.len()
}

#[test]
fn who_is_the_same() {
    for (authors, expected) in [
        (&[("Ada", "a@x"), ("Ada E", "A@X ")][..], 1),
        (&[("Ada E", "a@x"), ("ada  e", "b@x")], 1),
        (&[("Ada", "a@x"), ("Bo", "b@x")], 2),
        (&[("Ada", "a@x"), ("Bo", "b@x"), ("Ada", "b@x")], 1),
        (&[("ada", "7+ada@users.noreply.github.com"), ("Ada E", "ada@users.noreply.github.com")], 1),
        (&[("a", "x+ada@users.noreply.github.com"), ("b", "ada@users.noreply.github.com")], 2),
        (&[("root", "root@one"), ("root", "root@two")], 2),
        (&[("Ada", "root@localhost"), ("Bo", "root@localhost")], 2),
        (&[("Ada", "noreply@github.com"), ("Bo", "noreply@github.com")], 2),
        (&[("", ""), ("", "")], 1),
        (&[("Ada", ""), ("Bo", "")], 2),
        (&[("Ada", "a@x"), ("release-bot", "a@x")], 2),
        (&[("Ada[bot]", "a@x"), ("Ada[bot]", "b@x")], 1),
    ] {
        assert_eq!(people(authors, ""), expected, "{authors:?}");
    }
    assert_eq!(people(&[("Ada", "a@x"), ("Bo", "b@x")], "Ada <a@x> <b@x>\n"), 1);
}

#[test]
fn names_come_from_the_mailmap_and_the_newest_commit() {
    let (commits, people) =
        told(&[("Bo", "b@x", "2"), ("ada", "old@x", "1"), ("Ada E", "b@x", "0")], "Ada <ada@x> <old@x>\n");
    assert_eq!(commits.iter().map(|commit| commit.person).collect::<Vec<_>>(), [0, 1, 0]);
    assert_eq!((people[1].name.lossy(), people[1].email.lossy()), ("Ada".into(), "ada@x".into()));
    assert_eq!(people[0].name.lossy(), "Bo");
}

#[test]
fn times_are_clamped_and_sorted() {
    let record = |time| CommitRecord { author: 0, time, parents: 0, subject: Vec::new() };
    let records = vec![record(5), record(i64::MIN), record(1_700_000_000), record(1_800_000_900)];
    let lost = CommitRecord { author: 7, ..record(1) };
    let authors = [(b"A".to_vec(), b"a@x".to_vec())];
    let (commits, _) = tell(&authors, &[records, vec![lost]].concat(), &Mailmap::default(), RANGE);
    let times: Vec<_> = commits.iter().map(|commit| commit.time).collect();
    assert_eq!(times, [1_800_000_000, 1_700_000_000, 631_152_000, 631_152_000]);
}

fn subjects(generate: impl Fn(usize) -> String) -> Vec<String> {
    (10..30).map(generate).collect()
}

fn is_generated(name: &str, subjects: &[String]) -> bool {
    generated(name, &subjects.iter().map(String::as_bytes).collect::<Vec<_>>())
}

#[test]
fn generated_messages() {
    for example in [
        |n| format!("Update 2024-01-{n}"),
        |n| format!("Update data 2024-01-{n}T05:{n}:00Z"),
        |n| format!("update 202401{n}"),
        |n| format!("Daten vom {n}.03.2024"),
        |n| format!("data for Mar {n} 2024, {n}:15"),
        |n| format!("Sync from upstream 3f{n}a9c81"),
        |n| format!("Publish at 12:{n}"),
        |_| "Automatic update".to_owned(),
        |_| "Automatische Aktualisierung".to_owned(),
        |n| format!("[auto] build {n}"),
        |n| if n % 2 == 0 { format!("Update 2024-01-{n}") } else { format!("Update Metadata 2024-01-{n}") },
    ] {
        assert!(is_generated("Ada Example", &subjects(example)), "{}", example(10));
    }
    let bumps = subjects(|n| format!("Bump serialization version id for #{n}"));
    assert!(is_generated("OTP Bot", &bumps));
    assert!(!is_generated("Ada Example", &bumps));
}

#[test]
fn messages_that_people_write() {
    for example in [
        |n| format!("Fix #{n}"),
        |n| format!("TICKET-{n}"),
        |n| format!("Release v1.2.{n}"),
        |n| format!("1.{n}.0"),
        |n| format!("Merge pull request #{n} from ada/patch-{n}"),
        |_| "Update README.md".to_owned(),
        |_| "Update minutes-20260526.md".to_owned(),
        |_| "Add files via upload".to_owned(),
        |n| format!("Support {}", "ab".repeat(n)),
        |n| format!("{} on 2024-01-{n}", ["one", "two", "three", "four", "five", "six", "seven"][n % 7]),
        |n| format!("decade {}", "deadbeef".repeat(n)),
        |_| "autonomous driving".to_owned(),
    ] {
        assert!(!is_generated("Ada Example", &subjects(example)), "{}", example(10));
    }
    assert!(!is_generated("Ada", &subjects(|n| format!("Update 2024-01-{n}"))[..9]), "too few to tell");
    let mixed = subjects(|n| if n < 13 { "by hand".to_owned() } else { format!("Update 2024-01-{n}") });
    assert!(!is_generated("Ada", &mixed), "less than nine tenths");
    assert!(is_generated("Ada", &[mixed, subjects(|n| format!("Update 2024-01-{n}"))].concat()));
}

#[test]
fn lately_and_before() {
    let update: Vec<String> = (0..20).map(|n| format!("Update 2026-01-{:02}", n + 10)).collect();
    let mut commits: Vec<_> = update.iter().map(|subject| ("Ada", "a@x", subject.as_str())).collect();
    commits.resize(20 + 740, ("Ada", "a@x", "by hand"));
    let (told_commits, people) = told(&commits, "");
    assert!(told_commits.iter().all(|commit| !commit.bot) && !people[0].bot, "most of it is by hand");

    let mut commits: Vec<_> = update.iter().map(|subject| ("Ada", "a@x", subject.as_str())).collect();
    commits.extend(std::iter::repeat_n(("Bo", "b@x", "z"), 740));
    commits.extend([("Ada", "a@x", "by hand"); 20]);
    let (told_commits, people) = told(&commits, "");
    assert!(told_commits[..20].iter().all(|commit| commit.bot), "a program has taken over");
    assert!(told_commits[20..].iter().all(|commit| !commit.bot));
    assert!(people[0].bot && !people[1].bot);
}

#[test]
fn all_folds_are_read() {
    assert_eq!(fold(b"2024-01-02 v1.2.3 7 0a1b2c3d"), [DATE, b' ', VERSION, b' ', NUMBER, b' ', HASH]);
    assert_eq!(fold(b"Mon, Jan 2 at 12:30"), [&[DATE][..], b" at ", &[DATE]].concat());
    assert!(says_automatic(b"nightly"));
    assert_eq!(MESSAGES.folds.len(), 9);
}
