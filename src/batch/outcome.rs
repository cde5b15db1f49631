//! What becomes of a repository, told from how its process ended?

use super::child::{Ended, How};
use super::entry::Entry;
use super::examine::{Answer, both, status};
use super::fetch::Unfetched;
use crate::phrase::Phrase;
use crate::portfolio::{Both, Counts, Record, RepositoryResult, Status};
use std::io;
use std::time::Duration;

/// What becomes of a repository.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// it has its record
    Recorded(Box<Record>),
    /// the run is over: the disk takes nothing more
    Full(Both),
    /// the run is over: somebody stopped it
    Stopped,
}

/// What the records of a run have in common, and the bounds that reasons speak of.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    /// the day of the scan
    pub(crate) as_of: String,
    /// how long looking may take
    pub(crate) time: Duration,
    /// how much memory it may take, in bytes
    pub(crate) memory: u64,
}

impl Terms {
    /// A record without a result.
    fn unseen(&self, entry: &Entry, status: Status, why: Both) -> Record {
        Record {
            repo: entry.listed.repo.clone(),
            at: entry.at,
            key: entry.key.clone(),
            name: entry.name.clone(),
            owner: entry.listed.owner.clone(),
            head: None,
            status,
            why: Some(why),
            level: None,
            counts: Counts::default(),
            kind: None,
            licence: None,
            as_of: self.as_of.clone(),
            since: None,
            attempt: 1,
            wall_s: 0.0,
            rss_mib: None,
        }
    }

    /// What could not be fetched.
    pub(crate) fn unfetched(&self, entry: &Entry, failed: &Unfetched) -> Outcome {
        let why = both(&failed.why);
        match (failed.stopped, failed.disk_full) {
            (true, _) => Outcome::Stopped,
            (false, true) => Outcome::Full(why),
            (false, false) => {
                let record = self.unseen(entry, failed.status, why);
                Outcome::Recorded(Box::new(Record { attempt: failed.attempts, ..record }))
            }
        }
    }

    /// An address where nothing is fetched.
    pub(crate) fn no_clones(&self, entry: &Entry) -> Outcome {
        let why = Phrase::new("nothing is fetched in this run", "in diesem Lauf wird nichts geholt");
        Outcome::Recorded(Box::new(self.unseen(entry, Status::Unreachable, both(&why))))
    }

    /// A process that could not even be started.
    pub(crate) fn not_started(&self, entry: &Entry, error: &io::Error) -> Outcome {
        let why = Phrase::new("no process could be started: {why}", "es ließ sich kein Prozess starten: {why}")
            .with("why", error.to_string());
        Outcome::Recorded(Box::new(self.unseen(entry, Status::Crashed, both(&why))))
    }

    /// What the process of a repository left: `result` reads what it wrote, `before` is what an earlier run recorded.
    pub(crate) fn ended(
        &self,
        entry: &Entry,
        ended: &Ended,
        before: Option<&Record>,
        result: impl FnOnce() -> Result<RepositoryResult, Phrase>,
    ) -> Outcome {
        let unseen = |status, why: &Phrase| self.unseen(entry, status, both(why));
        let record = match ended.how {
            How::Stopped => return Outcome::Stopped,
            How::Exit(0) => match (answer(&ended.stdout), before) {
                (Some(Answer::Seen), _) => match result() {
                    Ok(result) => self.seen(entry, result),
                    Err(why) => unseen(Status::Crashed, &why),
                },
                (Some(Answer::Same), Some(before)) => self.same(entry, before),
                (Some(Answer::Refused(why)), _) => self.unseen(entry, Status::Unreachable, why),
                (Some(Answer::Unwritten(why)), _) => return Outcome::Full(why),
                (Some(Answer::Same) | None, _) => unseen(Status::Crashed, &silent()),
            },
            How::Exit(code) => unseen(Status::Crashed, &failed(code, &ended.stderr)),
            How::Signal(signal) => unseen(Status::Crashed, &killed(signal)),
            How::Late => unseen(Status::Timeout, &late(self.time)),
            How::Memory => unseen(Status::Oom, &large(self.memory)),
            How::Folder | How::Output => unseen(Status::Crashed, &silent()),
        };
        Outcome::Recorded(Box::new(Record {
            wall_s: rounded(ended.wall.as_secs_f64(), 1_000.0),
            rss_mib: ended.peak.map(|peak| rounded(mebibytes(peak), 10.0)),
            ..record
        }))
    }

    fn seen(&self, entry: &Entry, result: RepositoryResult) -> Record {
        let status = status(&result.counts);
        let why = (status == Status::Incomplete).then(|| result.losses.first().map(|loss| loss.message.clone()));
        let nothing = self.unseen(entry, status, Both::default());
        Record {
            head: result.revision,
            why: why.flatten(),
            level: result.level,
            counts: result.counts,
            kind: result.kind,
            licence: result.licence,
            ..nothing
        }
    }

    fn same(&self, entry: &Entry, before: &Record) -> Record {
        Record {
            at: entry.at,
            name: entry.name.clone(),
            owner: entry.listed.owner.clone(),
            as_of: self.as_of.clone(),
            since: before.since.clone().or_else(|| Some(before.as_of.clone())),
            ..before.clone()
        }
    }
}

fn answer(stdout: &[u8]) -> Option<Answer> {
    serde_json::from_slice(stdout.trim_ascii_end()).ok()
}

fn rounded(number: f64, parts: f64) -> f64 {
    (number * parts).round() / parts
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people, with one digit after the point")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn silent() -> Phrase {
    Phrase::new(
        "civiclint itself failed on this repository; please report it",
        "civiclint selbst ist an diesem Repository gescheitert; bitte melden Sie das",
    )
}

fn failed(code: i32, stderr: &[u8]) -> Phrase {
    let said = String::from_utf8_lossy(stderr);
    let said = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    if said.is_empty() {
        return Phrase::new("civiclint ended with code {code}", "civiclint endete mit dem Code {code}")
            .with("code", code.to_string());
    }
    Phrase::new("civiclint ended with code {code}: {said}", "civiclint endete mit dem Code {code}: {said}")
        .with("code", code.to_string())
        .with("said", said)
}

fn killed(signal: i32) -> Phrase {
    if signal == 9 {
        return Phrase::new(
            "its process was killed by the system, which may have had no memory left; look again with fewer --jobs",
            "sein Prozess wurde vom System beendet, vielleicht aus Mangel an Speicher; prüfen Sie mit weniger --jobs noch \
             einmal",
        );
    }
    Phrase::new("its process was ended by signal {signal}", "sein Prozess wurde durch das Signal {signal} beendet")
        .with("signal", signal.to_string())
}

fn late(time: Duration) -> Phrase {
    Phrase::new(
        "looking took longer than {seconds} seconds; allow more with --time-limit",
        "die Prüfung dauerte länger als {seconds} Sekunden; mehr erlaubt --time-limit",
    )
    .with("seconds", time.as_secs().to_string())
}

fn large(memory: u64) -> Phrase {
    Phrase::new(
        "looking took more than {mebibytes} MiB of memory; allow more with --memory-limit",
        "die Prüfung brauchte mehr als {mebibytes} MiB Speicher; mehr erlaubt --memory-limit",
    )
    .with("mebibytes", (memory >> 20).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::entry::entries;
    use crate::batch::{Listed, Location};

    /// How a process ended, what it said and complained, what becomes of the repository, and a word of the reason.
    type End<'a> = (How, &'a [u8], &'a [u8], Status, &'a str);

    fn entry() -> Entry {
        let location = Location::Folder("a".into());
        entries(vec![Listed { repo: "a".to_owned(), location, name: None, owner: None }], None).remove(0)
    }

    fn ended(how: How, stdout: &[u8], stderr: &[u8]) -> Ended {
        let (stdout, stderr) = (stdout.to_vec(), stderr.to_vec());
        Ended { how, stdout, stderr, wall: Duration::from_millis(1_234), peak: Some(3 << 20) }
    }

    fn outcome(ended: &Ended, before: Option<&Record>) -> Outcome {
        let terms = Terms { as_of: "2026-11-22".to_owned(), time: Duration::from_secs(7), memory: 1 << 30 };
        terms.ended(&entry(), ended, before, || Err(Phrase::new("no result", "kein Ergebnis")))
    }

    fn recorded(ended: &Ended, before: Option<&Record>) -> Record {
        match outcome(ended, before) {
            Outcome::Recorded(record) => *record,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_end_has_its_status_and_its_reason() {
        let refused = br#"{"refused":{"en":"is no folder","de":"ist kein Ordner"}}"#;
        let cases: [End<'_>; 8] = [
            (How::Late, b"", b"", Status::Timeout, "7 seconds"),
            (How::Memory, b"", b"", Status::Oom, "1024 MiB"),
            (How::Signal(11), b"", b"", Status::Crashed, "signal 11"),
            (How::Signal(9), b"", b"", Status::Crashed, "--jobs"),
            (How::Exit(3), b"", b"first\nlast words\n\n", Status::Crashed, "code 3: last words"),
            (How::Exit(0), b"\"seen\"\n", b"", Status::Crashed, "no result"),
            (How::Exit(0), b"nothing that is an answer", b"", Status::Crashed, "report it"),
            (How::Exit(0), refused, b"", Status::Unreachable, "is no folder"),
        ];
        for (how, stdout, stderr, status, why) in cases {
            let record = recorded(&ended(how, stdout, stderr), None);
            assert_eq!(record.status, status, "{how:?}");
            let told = record.why.expect("a reason");
            assert!(told.en.contains(why), "{how:?}: {}", told.en);
            assert!(!told.de.is_empty());
            assert_eq!((record.wall_s, record.rss_mib), (1.234, Some(3.0)));
        }
    }

    #[test]
    fn who_stops_or_fills_the_disk_leaves_no_record() {
        assert_eq!(outcome(&ended(How::Stopped, b"", b""), None), Outcome::Stopped);
        let unwritten = br#"{"unwritten":{"en":"full","de":"voll"}}"#;
        let full = Both { en: "full".to_owned(), de: "voll".to_owned() };
        assert_eq!(outcome(&ended(How::Exit(0), unwritten, b""), None), Outcome::Full(full));
    }

    #[test]
    fn what_could_not_be_fetched_says_how_often_it_was_tried() {
        let terms = Terms { as_of: "2026-11-22".to_owned(), time: Duration::from_secs(7), memory: 1 << 30 };
        let why = Phrase::new("gone", "weg");
        let failed = Unfetched { status: Status::Timeout, why, attempts: 3, disk_full: false, stopped: false };
        let Outcome::Recorded(record) = terms.unfetched(&entry(), &failed) else { panic!("a record") };
        assert_eq!((record.status, record.attempt), (Status::Timeout, 3));
        let full = Unfetched { disk_full: true, ..failed.clone() };
        assert!(matches!(terms.unfetched(&entry(), &full), Outcome::Full(_)));
        assert_eq!(terms.unfetched(&entry(), &Unfetched { stopped: true, ..failed }), Outcome::Stopped);
    }

    #[test]
    fn what_did_not_change_keeps_its_record_and_the_day_it_is_from() {
        let before = Record { at: 9, as_of: "2026-10-22".to_owned(), ..crate::batch::testing::record(3) };
        let same = recorded(&ended(How::Exit(0), b"\"same\"", b""), Some(&before));
        assert_eq!((same.at, same.as_of.as_str(), same.since.as_deref()), (0, "2026-11-22", Some("2026-10-22")));
        assert_eq!((same.status, same.level, same.counts), (before.status, before.level.clone(), before.counts));
        let again = recorded(&ended(How::Exit(0), b"\"same\"", b""), Some(&Record { since: same.since, ..before }));
        assert_eq!(again.since.as_deref(), Some("2026-10-22"));
        assert_eq!(recorded(&ended(How::Exit(0), b"\"same\"", b""), None).status, Status::Crashed);
    }
}
