//! What of the history could not be read, in words?

use crate::phrase::Phrase;
use crate::repository::limits::{Limit, Limits};
use crate::repository::objects::{Told, Trouble};
use crate::repository::worker::message::{Doubt, Fault, Stop, Summary};

/// Why the worker told no history, or not all of it.
pub(crate) fn trouble(trouble: Trouble, limits: &Limits) -> Phrase {
    let late = Phrase::new("the git history was not read to its end", "die Git-Historie wurde nicht zu Ende gelesen");
    match trouble {
        Trouble::NotStarted => Phrase::new(
            "the git history was not read: the program that reads git objects cannot be started",
            "die Git-Historie wurde nicht gelesen: Das Programm, das Git-Objekte liest, lässt sich nicht starten",
        ),
        Trouble::Late => limits.hit(Limit::HistorySeconds, late),
        Trouble::Worn => limits.hit(Limit::WorkerSeconds, late),
        Trouble::TooMuch => limits.hit(Limit::AnswerBytes, late),
        Trouble::Stuck(_) | Trouble::Ended(_) => Phrase::new(
            "the git history was not read to its end: a git object could not be unpacked",
            "die Git-Historie wurde nicht zu Ende gelesen: Ein Git-Objekt ließ sich nicht entpacken",
        ),
        Trouble::Garbled => Phrase::new(
            "the git history was not read: the program that reads git objects gave no sensible answer",
            "die Git-Historie wurde nicht gelesen: Das Programm, das Git-Objekte liest, gab keine brauchbare \
             Antwort",
        ),
    }
}

/// Everything that is missing in what was told, the gravest first.
pub(super) fn losses(told: &Told, limits: &Limits) -> Vec<Phrase> {
    let Some(summary) = &told.summary else { return end(told, limits).into_iter().collect() };
    let malformed = (summary.malformed > 0).then(|| malformed(summary));
    [first_fault(summary), end(told, limits), malformed, lost_tags(summary)].into_iter().flatten().collect()
}

fn first_fault(summary: &Summary) -> Option<Phrase> {
    let (id, fault) = summary.first_fault?;
    let phrase = match fault {
        Fault::Missing => Phrase::new(
            "the git history is incomplete: the commit {id} is missing",
            "die Git-Historie ist unvollständig: Der Commit {id} fehlt",
        ),
        Fault::TooLarge => Phrase::new(
            "the git history is incomplete: the commit {id} is larger than any commit should be",
            "die Git-Historie ist unvollständig: Der Commit {id} ist größer, als ein Commit sein \
             sollte",
        ),
        Fault::Memory | Fault::Lost => Phrase::new(
            "the git history is incomplete: the commit {id} could not be unpacked to its end",
            "die Git-Historie ist unvollständig: Der Commit {id} ließ sich nicht zu Ende \
             entpacken",
        ),
        Fault::OtherKind | Fault::Damaged | Fault::Ambiguous => Phrase::new(
            "the git history is incomplete: the commit {id} is damaged",
            "die Git-Historie ist unvollständig: Der Commit {id} ist beschädigt",
        ),
    };
    Some(phrase.with("id", id.to_hex()))
}

/// Why it is not known which commits there are, or when they were made; the same however far the walk went.
pub(super) fn doubt(summary: &Summary, doubt: Doubt) -> Phrase {
    match doubt {
        Doubt::Unreadable => first_fault(summary).unwrap_or_else(|| trouble(Trouble::Garbled, &Limits::default())),
        Doubt::Malformed => Phrase::new(
            "the git history holds commits that are not written as git writes them, so some may be missing",
            "die Git-Historie enthält Commits, die nicht so sind, wie Git sie schreibt; es können welche fehlen",
        ),
        Doubt::Future => Phrase::new(
            "the git history holds commits dated after the day of the scan, so nobody can tell when they were made: a \
             clock was wrong, or `--as-of` names a day too early",
            "die Git-Historie enthält Commits, deren Datum nach dem Tag der Prüfung liegt; wann sie entstanden, lässt \
             sich nicht sagen: Eine Uhr ging falsch, oder `--as-of` nennt einen zu frühen Tag",
        ),
        Doubt::Undated => Phrase::new(
            "the git history holds commits dated before 1990, so nobody can tell when they were made: a clock was wrong",
            "die Git-Historie enthält Commits, deren Datum vor 1990 liegt; wann sie entstanden, lässt sich nicht sagen: \
             Eine Uhr ging falsch",
        ),
    }
}

/// Why the walk ended before it had come far enough, other than that no more was asked for.
pub(super) fn end(told: &Told, limits: &Limits) -> Option<Phrase> {
    if let Some(why) = told.trouble {
        return Some(trouble(why, limits));
    }
    match told.summary.as_ref()?.stopped {
        None | Some(Stop::Old) => None,
        Some(Stop::Many | Stop::Full) => {
            let why = Phrase::new(
                "the git history has more commits than are read; the older ones were left out",
                "die Git-Historie hat mehr Commits, als gelesen werden; die älteren wurden ausgelassen",
            );
            Some(limits.hit(Limit::Commits, why))
        }
        Some(Stop::Late) => Some(trouble(Trouble::Late, limits)),
    }
}

fn malformed(summary: &Summary) -> Phrase {
    Phrase::new(
        "malformed commits of the git history were left out: {count}",
        "Fehlerhaft aufgebaute Commits der Git-Historie wurden ausgelassen: {count}",
    )
    .with("count", summary.malformed.to_string())
}

/// Tags of which nobody knows when their commits were made.
pub(super) fn lost_tags(summary: &Summary) -> Option<Phrase> {
    let phrase = Phrase::new(
        "tags of the git history lead to objects that cannot be read: {count}",
        "Tags der Git-Historie führen zu Objekten, die sich nicht lesen lassen: {count}",
    );
    (summary.lost_tags > 0).then(|| phrase.with("count", summary.lost_tags.to_string()))
}
