//! What of the objects could not be read, in words?

use super::super::limits::{Limit, Limits};
use super::super::worker::message::{Fault, Stop, Summary};
use super::Trouble;
use crate::phrase::Phrase;

/// What is missing in the list of the files of a commit, and why.
pub(super) fn gaps(summary: &Summary, limits: &Limits, twice: usize) -> Vec<Phrase> {
    let mut gaps = Vec::new();
    if matches!(summary.stopped, Some(Stop::Many | Stop::Full)) {
        let limit = if summary.stopped == Some(Stop::Many) { Limit::Files } else { Limit::AnswerBytes };
        let why = Phrase::new(
            "the commit holds more files than are looked at",
            "der Commit enthält mehr Dateien, als angesehen werden",
        );
        gaps.push(limits.hit(limit, why));
    }
    if summary.deep > 0 {
        let why = Phrase::new(
            "the commit holds folders that lie too deep and were not looked at: {count}",
            "der Commit enthält Ordner, die zu tief liegen und nicht angesehen wurden: {count}",
        );
        gaps.push(limits.hit(Limit::Depth, why.with("count", summary.deep.to_string())));
    }
    if summary.faults > 0 {
        let what = summary.first_fault.map_or_else(String::new, |(id, _)| id.to_hex());
        gaps.push(
            Phrase::new(
                "folders of the commit cannot be read: {count}; the first is the git object {what}",
                "Ordner des Commits lassen sich nicht lesen: {count}; der erste ist das Git-Objekt {what}",
            )
            .with("count", summary.faults.to_string())
            .with("what", what),
        );
    }
    let odd = (summary.malformed as usize).saturating_add(twice);
    if odd > 0 {
        gaps.push(
            Phrase::new(
                "the commit names files as no file can be named (.., .git, a slash, the same name twice); left \
                 out: {count}",
                "der Commit nennt Dateien, wie keine heißen kann (.., .git, ein Schrägstrich, doppelt); \
                 ausgelassen: {count}",
            )
            .with("count", odd.to_string()),
        );
    }
    gaps
}

/// Why a file of a partial clone cannot be read, as the end of a sentence.
pub(super) fn not_fetched() -> Phrase {
    Phrase::new(
        "was left on the server by a partial clone (`git clone --filter`) and was not read",
        "wurde beim partiellen Klonen (`git clone --filter`) auf dem Server gelassen und nicht gelesen",
    )
}

/// Why an object cannot be read, as the end of a sentence.
pub(super) fn fault_phrase(fault: Fault, limits: &Limits) -> Phrase {
    match fault {
        Fault::Missing => Phrase::new(
            "is missing from git's object database",
            "fehlt in der Objektdatenbank \
        von Git",
        ),
        Fault::OtherKind => Phrase::new(
            "is another kind of git object than it should be",
            "ist ein Git-Objekt anderer Art, als es sein sollte",
        ),
        Fault::TooLarge => {
            limits.hit(Limit::FileBytes, Phrase::new("is larger than is read", "ist größer, als gelesen wird"))
        }
        Fault::Memory => limits.hit(
            Limit::WorkerBytes,
            Phrase::new(
                "is a git object that takes too much memory",
                "ist ein Git-Objekt, das zu viel Speicher braucht",
            ),
        ),
        Fault::Damaged => Phrase::new("is a damaged git object", "ist ein beschädigtes Git-Objekt"),
        Fault::Lost => Phrase::new(
            "is a git object that could not be unpacked to its end",
            "ist ein Git-Objekt, das sich nicht zu Ende entpacken ließ",
        ),
        Fault::Ambiguous => Phrase::new(
            "is the beginning of more than one git object's id",
            "ist der Anfang der Kennung von mehr als einem Git-Objekt",
        ),
    }
}

/// Why the worker has no answer, as the end of a sentence; `late` is the limit of time that was set for it.
pub(super) fn trouble_phrase(trouble: Trouble, late: Limit, limits: &Limits) -> Phrase {
    let unread = || Phrase::new("was not read to its end", "wurde nicht zu Ende gelesen");
    match trouble {
        Trouble::NotStarted => Phrase::new(
            "was not read: the program that reads git objects cannot be started",
            "wurde nicht gelesen: Das Programm, das Git-Objekte liest, lässt sich nicht starten",
        ),
        Trouble::Stuck(_) | Trouble::Ended(_) => fault_phrase(Fault::Lost, limits),
        Trouble::Late => limits.hit(late, unread()),
        Trouble::Worn => limits.hit(Limit::WorkerSeconds, unread()),
        Trouble::TooMuch => limits.hit(Limit::AnswerBytes, unread()),
        Trouble::Garbled => Phrase::new(
            "was not read: the program that reads git objects gave no sensible answer",
            "wurde nicht gelesen: Das Programm, das Git-Objekte liest, gab keine brauchbare Antwort",
        ),
    }
}
