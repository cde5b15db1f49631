//! Do the objects come through the pipe, and does a worker that fails cost only what it failed over?

use super::super::git_dir::Promised;
use super::super::git_testing::{NewCommit, commit_text, deflate, english};
use super::super::limits::{Limit, Limits};
use super::super::object_id::ObjectId;
use super::super::testing::Yard;
use super::super::worker::message::{CommitRecord, Doubt, Reply, Stop, Summary, Walk};
use super::super::worker::wire::write_frame;
use super::{Fault, Launch, Objects, Program, Told, Trouble};

fn yard() -> Yard {
    let yard = Yard::new();
    yard.git();
    yard
}

fn walk(head: ObjectId) -> Walk {
    Walk { heads: vec![head], until: i64::MAX, commits: 1000, millis: 20_000, ..Walk::default() }
}

fn history(yard: &Yard, of: &Walk) -> (Told, Summary) {
    let told = yard.objects().history(of);
    let summary = told.summary.clone().unwrap();
    (told, summary)
}

fn subjects(told: &Told) -> Vec<String> {
    told.commits.iter().map(|commit| String::from_utf8(commit.subject.clone()).unwrap()).collect()
}

#[test]
fn a_file_and_its_limit() {
    let yard = yard();
    let id = yard.object("blob", "hello");
    let objects = yard.objects();
    assert_eq!(objects.blob(id, 5).unwrap(), b"hello");
    assert_eq!(objects.blob_head(id, 2).unwrap(), b"he");
    assert!(english(&objects.blob(id, 4).unwrap_err()).contains("larger"));
    assert!(english(&objects.blob(ObjectId::default(), 4).unwrap_err()).contains("missing"));
    let tree = yard.tree(&[]);
    assert!(english(&objects.blob(tree, 4).unwrap_err()).contains("another kind"));
}

#[test]
fn what_a_partial_clone_left_on_the_server() {
    let yard = yard();
    let missing = ObjectId::new(&[7; 20]).unwrap();
    let small = yard.object("blob", "hello");
    let tree = yard.tree(&[("100644", "large", missing), ("120000", "link", missing), ("100644", "small", small)]);
    let with = |promised| Objects::new(Launch { promised, ..yard.launch() });
    let from = with(Some(Promised::From(1000)));
    assert!(english(&from.blob(missing, 999).unwrap_err()).contains("larger than is read"));
    assert!(english(&from.blob(missing, 1000).unwrap_err()).contains("left on the server"), "it may be small enough");
    assert_eq!(from.blob(small, 9).unwrap(), b"hello");
    let lens: Vec<_> = from.list(tree).unwrap().entries.iter().map(|entry| entry.len).collect();
    assert_eq!(lens, [Some(1000), None, Some(5)]);
    assert!(english(&with(Some(Promised::Something)).blob(missing, 9).unwrap_err()).contains("left on the server"));
    assert!(english(&with(None).blob(missing, 9).unwrap_err()).contains("missing"));
}

#[test]
fn content_must_fit_its_name() {
    let yard = yard();
    let id = yard.object("blob", "hello");
    yard.loose(id, &deflate(b"blob 5\0jello"));
    assert!(english(&yard.objects().blob(id, 9).unwrap_err()).contains("damaged"));
    for lie in [&b"blob 4\0hello"[..], b"blob 6\0hello", b"hello", b"", b"blob 99999999999999999999\0hello"] {
        yard.loose(id, &deflate(lie));
        assert!(yard.objects().blob(id, 9).is_err(), "{lie:?}");
    }
    yard.loose(id, b"");
    assert!(english(&yard.objects().blob(id, 9).unwrap_err()).contains("damaged"));
}

#[test]
fn sizes_that_lie_cost_no_memory() {
    let yard = yard();
    let tree = yard.tree(&[]);
    let text = commit_text(tree, &NewCommit::default());
    let id = yard.object("commit", &text);
    yard.loose(id, &deflate(format!("commit 3221225472\0{text}").as_bytes()));
    let (told, summary) = history(&yard, &walk(id));
    assert_eq!((told.commits.len(), summary.first_fault), (0, Some((id, Fault::TooLarge))));
}

#[test]
fn commits_come_newest_first_and_each_once() {
    let yard = yard();
    let base = yard.commit(&NewCommit { message: "base", ..NewCommit::default() });
    let at = |time, message, parents: &[ObjectId]| {
        yard.commit(&NewCommit { parents, time, message, ..NewCommit::default() })
    };
    let left = at("1700000100 +0000", "left", &[base]);
    let right = at("1700000200 +0000", "right", &[base]);
    let merge = at("1700000300 +0000", "merge", &[left, right]);
    let (told, summary) = history(&yard, &walk(merge));
    assert_eq!(subjects(&told), ["merge", "right", "left", "base"]);
    assert_eq!(told.commits.iter().map(|commit| commit.parents).collect::<Vec<_>>(), [2, 1, 1, 0]);
    assert_eq!(told.authors, [(b"Ada Example".to_vec(), b"ada@example.org".to_vec())]);
    assert_eq!(summary, Summary::default());
}

#[test]
fn criss_cross_merges_are_walked_once() {
    let yard = yard();
    let mut pair = [yard.commit(&NewCommit::default()); 2];
    for level in 0..64 {
        pair = ["a", "b"].map(|side| {
            let message = format!("{side}{level}");
            yard.commit(&NewCommit { parents: &pair, message: &message, ..NewCommit::default() })
        });
    }
    let (told, _) = history(&yard, &walk(pair[0]));
    assert_eq!(told.commits.len(), 1 + 63 * 2 + 1);
}

#[test]
fn what_cannot_be_read_is_counted() {
    let yard = yard();
    let missing = ObjectId::new(&[5; 20]).unwrap();
    let base = yard.commit(&NewCommit::default());
    let head = yard.commit(&NewCommit { parents: &[base, missing], message: "head", ..NewCommit::default() });
    let (told, summary) = history(&yard, &walk(head));
    assert_eq!(subjects(&told), ["head", "one"]);
    assert_eq!((summary.faults, summary.first_fault), (1, Some((missing, Fault::Missing))));

    let edge = Walk { shallow: vec![head], ..walk(head) };
    let (told, summary) = history(&yard, &edge);
    assert_eq!((subjects(&told), summary.faults), (vec!["head".to_owned()], 0), "beyond the edge nothing is missing");
}

#[test]
fn malformed_commits_are_passed() {
    let yard = yard();
    let base = yard.commit(&NewCommit { message: "base", ..NewCommit::default() });
    let tree = yard.tree(&[]).to_hex();
    let bad = format!("tree {tree}\nparent {}\nauthor nobody\ncommitter nobody\n\n", base.to_hex());
    let bad = yard.object("commit", bad);
    let empty = yard.object("commit", "");
    let head = yard.commit(&NewCommit { parents: &[bad, empty], message: "head", ..NewCommit::default() });
    let (told, summary) = history(&yard, &walk(head));
    assert_eq!((subjects(&told), summary.malformed), (vec!["head".to_owned(), "base".to_owned()], 2));
}

#[test]
fn impossible_times() {
    let yard = yard();
    let mut head = yard.commit(&NewCommit::default());
    for time in ["9223372036854775807 +0000", "99999999999999999999 +0000", "-1 +0000", "4102444800 +0000"] {
        head = yard.commit(&NewCommit { parents: &[head], time, ..NewCommit::default() });
    }
    let (told, summary) = history(&yard, &Walk { until: 1_800_000_000, ..walk(head) });
    assert_eq!((told.commits.len(), summary.future, summary.undated), (2, 3, 1));
}

#[test]
fn limits_of_the_walk() {
    let yard = yard();
    let ids = yard.commits(200);
    let head = *ids.last().unwrap();
    let (told, summary) = history(&yard, &Walk { commits: 20, ..walk(head) });
    assert_eq!((told.commits.len(), summary.stopped), (20, Some(Stop::Many)));
    let (_, summary) = history(&yard, &Walk { commits: 200, ..walk(head) });
    assert_eq!(summary.stopped, None, "as many as there are is not too many");
    let (told, summary) = history(&yard, &Walk { since: Some(1_700_000_000 + 190 * 86_400), ..walk(head) });
    assert_eq!((told.commits.len(), summary.stopped), (10 + 101, Some(Stop::Old)));
    let (told, _) = history(&yard, &Walk { since: Some(1_800_000_000), least: 150, ..walk(head) });
    assert_eq!(told.commits.len(), 150, "so many in any case");
}

#[test]
fn a_shorter_walk_tells_the_beginning_of_a_longer_one() {
    let yard = yard();
    let mut heads = [yard.commit(&NewCommit::default()); 2];
    for day in 0..300_i64 {
        // two branches, with a clock that is wrong now and then
        let wrong = [0, 40, -700, 0, 3][usize::try_from(day % 5).unwrap()];
        let time = format!("{} +0000", 1_700_000_000 + (day + wrong) * 86_400);
        let message = format!("day {day}");
        let side = usize::from(day % 3 == 0);
        let parents = if day % 20 == 19 { heads.to_vec() } else { vec![heads[side]] };
        heads[side] =
            yard.commit(&NewCommit { parents: &parents, time: &time, message: &message, ..NewCommit::default() });
    }
    let (whole, _) = history(&yard, &walk(heads[0]));
    for (least, days) in [(0, 310), (0, 290), (0, 150), (20, 255), (230, 290), (0, -1000)] {
        let since = Some(1_700_000_000 + days * 86_400);
        let (told, summary) = history(&yard, &Walk { since, least, ..walk(heads[0]) });
        let len = told.commits.len();
        assert_eq!(told.commits, whole.commits[..len], "{least} {days}");
        assert_eq!(told.authors, whole.authors);
        assert!(len >= usize::try_from(least).unwrap() && (len < whole.commits.len()) == summary.stopped.is_some());
    }
}

#[test]
fn what_is_doubtful_is_told_with_its_place() {
    let yard = yard();
    let at = |time: &str, parents: &[ObjectId]| yard.commit(&NewCommit { parents, time, ..NewCommit::default() });
    let missing = ObjectId::new(&[5; 20]).unwrap();
    let good = |parent: ObjectId| at("1700000200 +0000", &[at("1700000100 +0000", &[parent])]);
    let base = at("1700000000 +0000", &[]);
    for (head, told, doubt) in [
        (good(base), 3, None),
        (good(at("1690000000 +0000", &[missing])), 3, Some((3, Doubt::Unreadable))),
        (good(yard.object("commit", "")), 2, Some((2, Doubt::Malformed))),
        (good(at("4102444800 +0000", &[base])), 3, Some((2, Doubt::Future))),
        (good(at("0 +0000", &[base])), 4, Some((2, Doubt::Undated))),
        (at("4102444800 +0000", &[base]), 1, Some((0, Doubt::Future))),
        (missing, 0, Some((0, Doubt::Unreadable))),
    ] {
        let (all, summary) = history(&yard, &Walk { until: 1_800_000_000, ..walk(head) });
        assert_eq!((all.commits.len(), summary.first_doubt), (told, doubt));
    }
}

#[test]
fn what_lies_behind_a_wrong_clock_is_not_missed() {
    let yard = yard();
    let at = |time: &str, parents: &[ObjectId]| yard.commit(&NewCommit { parents, time, ..NewCommit::default() });
    let hidden = at("0 +0000", &[at("1750000000 +0000", &[])]);
    let mut other = at("1600000000 +0000", &[]);
    for day in 0..200 {
        other = at(&format!("{} +0000", 1_600_000_000 + day * 86_400), &[other]);
    }
    let head = at("1760000000 +0000", &[other, hidden]);
    let (told, _) = history(&yard, &Walk { since: Some(1_740_000_000), until: 1_800_000_000, ..walk(head) });
    assert!(told.commits.iter().any(|commit| commit.time == 1_750_000_000));
}

#[test]
fn tags_lead_to_times() {
    let yard = yard();
    let ids = yard.commits(3);
    let aside = yard.commit(&NewCommit { time: "1600000000 +0000", ..NewCommit::default() });
    let tag = |id: ObjectId, kind| yard.object("tag", format!("object {}\ntype {kind}\ntag x\n", id.to_hex()));
    let tree = yard.tree(&[]);
    let mut deep = ids[1];
    for _ in 0..20 {
        deep = tag(deep, "tag");
    }
    let tags = vec![ids[0], tag(ids[1], "commit"), tag(tag(aside, "commit"), "tag"), tree, ObjectId::default(), deep];
    let (told, summary) = history(&yard, &Walk { tags, ..walk(ids[2]) });
    assert_eq!(told.tags, [(0, 1_700_000_000), (1, 1_700_086_400), (2, 1_600_000_000)]);
    assert_eq!((summary.lost_tags, summary.faults), (2, 0), "no such object, and a chain without end");
}

#[test]
fn peeled_and_found() {
    let yard = yard();
    let id = yard.commits(1)[0];
    let tag = yard.object("tag", format!("object {}\ntype commit\ntag x\n", id.to_hex()));
    let objects = yard.objects();
    assert_eq!(objects.peel(tag).unwrap(), id);
    assert_eq!(objects.peel(id).unwrap(), id);
    assert!(objects.peel(yard.tree(&[])).is_err());
    assert_eq!(objects.find(&id.to_hex().as_bytes()[..7]).unwrap(), id);
    assert!(objects.find(b"000").is_err(), "too short");
    assert!(objects.find(b"0000000").is_err());
    assert!(objects.find(b"xyzw").is_err());
}

#[test]
fn files_of_a_commit() {
    let yard = yard();
    let blob = yard.object("blob", "12345");
    let sub = yard.tree(&[("100755", "run", blob), ("120000", "link", blob)]);
    let root = yard.tree(&[
        ("100644", "README.md", blob),
        ("100644", "README.md", blob),
        ("40000", "..", sub),
        ("40000", ".git", sub),
        ("100644", "../outside", blob),
        ("100644", "/abs", blob),
        ("100644", "a/b", blob),
        ("160000", "module", ObjectId::default()),
        ("40000", "src", sub),
        ("40000", "not-a-tree", blob),
        ("100644", "not-a-blob", sub),
        ("777777", "odd", blob),
    ]);
    let commit = yard.object("commit", commit_text(root, &NewCommit::default()));
    let listing = yard.objects().list(commit).unwrap();
    let entries: Vec<_> = listing
        .entries
        .iter()
        .map(|entry| (String::from_utf8(entry.path.clone()).unwrap(), entry.mode, entry.len))
        .collect();
    assert_eq!(
        entries,
        [
            ("README.md".to_owned(), 0o100_644, Some(5)),
            ("module".to_owned(), 0o160_000, None),
            ("not-a-blob".to_owned(), 0o100_644, None),
            ("src/link".to_owned(), 0o120_000, None),
            ("src/run".to_owned(), 0o100_755, Some(5)),
        ]
    );
    let gaps: Vec<_> = listing.gaps.iter().map(english).collect();
    assert_eq!(gaps.len(), 2, "{gaps:?}");
    assert!(gaps[0].contains(&blob.to_hex()) && gaps[1].contains(": 7"), "{gaps:?}");
    assert_eq!(yard.objects().list(root).unwrap(), listing, "a tree is as good as its commit");
    assert!(yard.objects().list(blob).is_err());
}

#[test]
fn trees_without_end() {
    let yard = yard();
    let blob = yard.object("blob", "x");
    let mut tree = yard.tree(&[("100644", "x", blob)]);
    for _ in 0..300 {
        tree = yard.tree(&[("40000", "d", tree)]);
    }
    let listing = yard.objects().list(tree).unwrap();
    assert_eq!((listing.entries.len(), listing.gaps.len()), (0, 1), "too deep");

    let mut tree = yard.tree(&[("100644", "x", blob)]);
    for _ in 0..12 {
        let names: Vec<String> = (0..10).map(|name| format!("d{name}")).collect();
        tree = yard.tree(&names.iter().map(|name| ("40000", name.as_str(), tree)).collect::<Vec<_>>());
    }
    let mut launch = yard.launch();
    launch.limits.set(Limit::Files, 5000);
    let listing = Objects::new(launch).list(tree).unwrap();
    assert!(listing.entries.len() <= 5000);
    assert!(english(&listing.gaps[0]).contains("`--limit files="));
}

/// A worker that says these replies and then nothing more.
fn says(replies: &[Reply]) -> Objects {
    let mut bytes = Vec::new();
    for reply in replies {
        write_frame(&mut bytes, &reply.pack()).unwrap();
    }
    raw(bytes)
}

fn raw(bytes: Vec<u8>) -> Objects {
    Objects::new(Launch {
        program: Program::Says(bytes),
        objects: "/".into(),
        alternates: Vec::new(),
        promised: None,
        limits: Limits::default(),
    })
}

#[test]
fn a_worker_that_fails() {
    let id = ObjectId::new(&[1; 20]).unwrap();
    let commit = CommitRecord { author: 0, time: 0, parents: 0, subject: b"kept".to_vec() };
    let told = says(&[Reply::Commits(vec![commit]), Reply::Stuck(id)]).history(&walk(id));
    assert_eq!((subjects(&told), told.trouble), (vec!["kept".to_owned()], Some(Trouble::Stuck(id))));
    assert_eq!(says(&[Reply::Reading(id)]).history(&walk(id)).trouble, Some(Trouble::Ended(Some(id))));
    assert_eq!(says(&[]).history(&walk(id)).trouble, Some(Trouble::Ended(None)));
    assert_eq!(
        says(&[Reply::Found(id), Reply::Fault(Fault::Missing)]).history(&walk(id)).trouble,
        Some(Trouble::Garbled)
    );
    assert_eq!(raw(b"\x02\0\0\0\xff\xff".to_vec()).history(&walk(id)).trouble, Some(Trouble::Garbled));
    assert_eq!(raw(b"\xff\xff\xff\xff".to_vec()).history(&walk(id)).trouble, Some(Trouble::Ended(None)));
}

#[test]
fn a_worker_that_says_too_much() {
    let id = ObjectId::default();
    let much = Reply::Bytes(vec![0; 40 << 20]);
    assert_eq!(says(&[much.clone(), much]).history(&walk(id)).trouble, Some(Trouble::TooMuch));
}

#[test]
fn an_object_that_cost_a_worker_is_not_asked_for_again() {
    let id = ObjectId::new(&[1; 20]).unwrap();
    let objects = says(&[Reply::Stuck(id)]);
    assert!(english(&objects.blob(id, 9).unwrap_err()).contains("to its end"));
    assert_eq!(objects.state.lock().unwrap().starts, 1);
    assert!(objects.blob(id, 9).is_err());
    assert_eq!(objects.state.lock().unwrap().starts, 1);
    for other in 2..9 {
        assert!(objects.blob(ObjectId::new(&[other; 20]).unwrap(), 9).is_err());
    }
    assert_eq!(objects.state.lock().unwrap().starts, 4, "one start and three more, whatever is asked");
}

#[test]
fn a_program_that_is_not_there() {
    let launch = Launch {
        program: Program::Path("/nonexistent".into()),
        objects: "/".into(),
        alternates: Vec::new(),
        promised: None,
        limits: Limits::default(),
    };
    let told = Objects::new(launch).history(&walk(ObjectId::default()));
    assert_eq!(told.trouble, Some(Trouble::NotStarted));
}

#[test]
fn a_worker_that_does_not_answer() {
    let yard = Yard::new();
    yard.file("silent", "#!/bin/sh\nexec sleep 60\n");
    yard.permit("silent", 0o755);
    let program = Program::Path(yard.path("silent"));
    let objects = Objects::new(Launch {
        program,
        objects: "/".into(),
        alternates: Vec::new(),
        promised: None,
        limits: Limits::default(),
    });
    let told = objects.history(&Walk { millis: 0, ..walk(ObjectId::default()) });
    assert_eq!(told.trouble, Some(Trouble::Late));
}
