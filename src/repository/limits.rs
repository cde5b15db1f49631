//! How much is read at most, what is each bound called, and how is it moved?
//!
//! Every bound of time, memory or number is here, under the name that `--limit` and the losses give it. Numbers that
//! belong to a heuristic, or say how much of something is shown, stay where they are used. Nothing in a repository
//! moves a limit: only who runs the program does.

use crate::phrase::{Phrase, Words};
use std::fmt;

/// In what a limit is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// things
    Number,
    /// bytes
    Bytes,
    /// seconds
    Seconds,
}

/// One limit: what it is called, what holds where nobody moves it, and what it bounds.
struct Row {
    name: &'static str,
    default: u64,
    unit: Unit,
    bounds: Words,
}

/// Declares the limits once: the variant, its name, its default, its unit and what it bounds.
macro_rules! limits {
    ($($variant:ident = $name:literal, $default:expr, $unit:ident, $en:literal, $de:literal;)*) => {
        /// A bound of what is read or told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Limit {
            $(#[doc = $en] $variant,)*
        }

        impl Limit {
            /// All of them, in the order in which they are told.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            const fn row(self) -> Row {
                match self {
                    $(Self::$variant => {
                        Row { name: $name, default: $default, unit: Unit::$unit, bounds: Words::new($en, $de) }
                    })*
                }
            }
        }

        const DEFAULTS: [u64; Limit::ALL.len()] = [$($default,)*];
    };
}

limits! {
    Files = "files", 200_000, Number, "files of the repository", "Dateien des Repositorys";
    Depth = "depth", 256, Number, "folders inside of each other", "ineinander liegende Ordner";
    FileBytes = "file-bytes", 8 << 20, Bytes, "one file that is read as a whole", "eine Datei, die ganz gelesen wird";
    AllBytes = "all-bytes", 4 << 30, Bytes,
        "all files together that are read as a whole", "alle Dateien zusammen, die ganz gelesen werden";
    FolderSeconds = "folder-seconds", 10, Seconds, "listing a folder without git", "einen Ordner ohne Git auflisten";
    GitFileBytes = "git-file-bytes", 64 << 20, Bytes,
        "git's index, and git's list of packed refs", "der Index von Git und Gits Liste gepackter Referenzen";
    Refs = "refs", 200_000, Number, "packed refs", "gepackte Referenzen";
    Tags = "tags", 50_000, Number, "tags", "Tags";
    TreeSeconds = "tree-seconds", 30, Seconds, "listing the files of a commit", "die Dateien eines Commits auflisten";
    ObjectSeconds = "object-seconds", 10, Seconds, "reading one git object", "ein Git-Objekt lesen";
    Commits = "commits", 200_000, Number, "commits of the history", "Commits der Historie";
    HistorySeconds = "history-seconds", 20, Seconds, "reading the history", "die Historie lesen";
    WorkerBytes = "worker-bytes", 512 << 20, Bytes,
        "memory of the process that reads git objects", "Speicher des Prozesses, der Git-Objekte liest";
    WorkerSeconds = "worker-seconds", 60, Seconds,
        "computing of the process that reads git objects", "Rechenzeit des Prozesses, der Git-Objekte liest";
    AnswerBytes = "answer-bytes", 64 << 20, Bytes,
        "one answer of the process that reads git objects", "eine Antwort des Prozesses, der Git-Objekte liest";
    Findings = "findings", 5_000, Number, "findings listed in a SARIF report", "Befunde in einem SARIF-Bericht";
}

impl Limit {
    /// The limit of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|limit| limit.name() == name)
    }

    /// As `--limit` and the losses call it: stable, in kebab-case.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What holds where nobody moves it.
    pub const fn default_value(self) -> u64 {
        self.row().default
    }

    /// In what it is counted.
    pub const fn unit(self) -> Unit {
        self.row().unit
    }

    /// What it bounds, in a few words.
    pub const fn bounds(self) -> Words {
        self.row().bounds
    }

    /// A value of this limit as people write it: `8 MiB`, `20 s`, `200000`; `parse` reads it.
    pub fn show(self, value: u64) -> String {
        let whole = |shift: u32| value != 0 && value.trailing_zeros() >= shift;
        match self.unit() {
            Unit::Number => value.to_string(),
            Unit::Seconds => format!("{value} s"),
            Unit::Bytes if whole(30) => format!("{} GiB", value >> 30),
            Unit::Bytes if whole(20) => format!("{} MiB", value >> 20),
            Unit::Bytes if whole(10) => format!("{} KiB", value >> 10),
            Unit::Bytes => format!("{value} B"),
        }
    }

    /// The value that somebody wrote: digits (`_` between them is passed over), and after them a unit that fits:
    /// `KiB`, `MiB`, `GiB`, `B` for bytes, `s` or `min` for seconds. `None` where it is no such thing, or zero.
    pub fn parse(self, text: &str) -> Option<u64> {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '_').unwrap_or(text.len());
        let (digits, unit) = text.split_at_checked(end)?;
        let number: u64 = digits.replace('_', "").parse().ok()?;
        let factor = match (self.unit(), unit.trim()) {
            (_, "") | (Unit::Bytes, "B") | (Unit::Seconds, "s") => 1,
            (Unit::Bytes, "KiB") => 1 << 10,
            (Unit::Bytes, "MiB") => 1 << 20,
            (Unit::Bytes, "GiB") => 1 << 30,
            (Unit::Seconds, "min") => 60,
            _ => return None,
        };
        number.checked_mul(factor).filter(|value| *value > 0)
    }
}

/// How much is read at most. Whoever hits a limit says so with [`Limits::hit`] among the losses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Limits([u64; Limit::ALL.len()]);

impl Default for Limits {
    fn default() -> Self {
        Self(DEFAULTS)
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(Limit::ALL.iter().map(|limit| (limit.name(), self.get(*limit)))).finish()
    }
}

impl Limits {
    /// What holds.
    pub fn get(&self, limit: Limit) -> u64 {
        self.0.get(limit as usize).copied().unwrap_or(limit.default_value())
    }

    /// What holds, as a number of things in memory.
    pub fn count(&self, limit: Limit) -> usize {
        usize::try_from(self.get(limit)).unwrap_or(usize::MAX)
    }

    /// What holds, for a number that crosses to the worker.
    pub(crate) fn small(&self, limit: Limit) -> u32 {
        u32::try_from(self.get(limit)).unwrap_or(u32::MAX)
    }

    /// What holds, as a time; a thousand years are for ever.
    pub fn time(&self, limit: Limit) -> std::time::Duration {
        std::time::Duration::from_secs(self.get(limit).min(1000 * 366 * 24 * 3600))
    }

    /// Moves a limit.
    pub fn set(&mut self, limit: Limit, value: u64) {
        if let Some(place) = self.0.get_mut(limit as usize) {
            *place = value;
        }
    }

    /// Those that were moved, with what holds now.
    pub fn moved(&self) -> impl Iterator<Item = (Limit, u64)> {
        Limit::ALL.iter().map(|limit| (*limit, self.get(*limit))).filter(|(limit, now)| *now != limit.default_value())
    }

    /// What could not be looked at because of a limit, with its name and how it is raised.
    pub fn hit(&self, limit: Limit, what: Phrase) -> Phrase {
        let phrase = Phrase::new(
            "{what} (the limit `{name}` is {value}; `--limit {name}=…` raises it)",
            "{what} (die Grenze `{name}` liegt bei {value}; `--limit {name}=…` hebt sie an)",
        );
        phrase.with_phrase("what", what).with("name", limit.name()).with("value", limit.show(self.get(limit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::encode;
    use crate::phrase::Lang;

    #[test]
    fn names_are_unique_and_defaults_hold() {
        let names: std::collections::BTreeSet<&str> = Limit::ALL.iter().map(|limit| limit.name()).collect();
        assert_eq!(names.len(), Limit::ALL.len());
        for (place, limit) in Limit::ALL.iter().enumerate() {
            assert_eq!(*limit as usize, place);
            assert_eq!(Limits::default().get(*limit), limit.default_value());
            assert_eq!(Limit::named(limit.name()), Some(*limit));
            assert!(limit.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", limit.name());
        }
        assert_eq!(Limits::default().moved().count(), 0);
    }

    #[test]
    fn what_is_shown_is_read_again() {
        for limit in Limit::ALL {
            for value in [1, 59, 1024, 1 << 20, limit.default_value(), (3 << 30) + 1] {
                assert_eq!(limit.parse(&limit.show(value)), Some(value), "{} {value}", limit.name());
            }
        }
    }

    #[test]
    fn values_as_people_write_them() {
        for (limit, text, value) in [
            (Limit::FileBytes, "16MiB", Some(16 << 20)),
            (Limit::FileBytes, " 1 GiB ", Some(1 << 30)),
            (Limit::FileBytes, "500", Some(500)),
            (Limit::FileBytes, "16MB", None),
            (Limit::FileBytes, "99999999999GiB", None),
            (Limit::FileBytes, "99999999999999999999", None),
            (Limit::HistorySeconds, "2min", Some(120)),
            (Limit::HistorySeconds, "2MiB", None),
            (Limit::Files, "1_000_000", Some(1_000_000)),
            (Limit::Files, "10 s", None),
            (Limit::Files, "0", None),
            (Limit::Files, "-1", None),
            (Limit::Files, "_", None),
            (Limit::Files, "", None),
            (Limit::Files, "١٢", None),
        ] {
            assert_eq!(limit.parse(text), value, "{} {text}", limit.name());
        }
    }

    #[test]
    fn what_was_hit_is_told_with_its_name() {
        let mut limits = Limits::default();
        limits.set(Limit::FileBytes, 4 << 20);
        assert_eq!(limits.moved().collect::<Vec<_>>(), [(Limit::FileBytes, 4 << 20)]);
        let told = limits.hit(Limit::FileBytes, Phrase::new("is too large", "ist zu groß"));
        assert_eq!(
            encode::terminal(&told.message(Lang::De)),
            "ist zu groß (die Grenze `file-bytes` liegt bei 4 MiB; `--limit file-bytes=…` hebt sie an)"
        );
    }
}
