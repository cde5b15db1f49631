//! How far is a batch? A bar on a terminal; now and then a line where there is none.

use civiclint::batch::entry::Entry;
use civiclint::batch::run::Watch;
use civiclint::batch::told::problem;
use civiclint::output::encode;
use civiclint::phrase::{Lang, Phrase};
use civiclint::portfolio::Record;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often a line is written where there is no terminal.
const EVERY: Duration = Duration::from_secs(30);
/// An estimate needs so many repositories to rest on.
const ENOUGH: usize = 5;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Volume {
    /// nothing
    Quiet,
    /// a bar, or a line now and then
    Usual,
    /// a line for each repository
    Verbose,
}

/// Tells how far a batch is.
pub(crate) struct Progress {
    bar: ProgressBar,
    lang: Lang,
    volume: Volume,
    terminal: bool,
    state: Mutex<State>,
}

struct State {
    began: Instant,
    told: Instant,
    done: usize,
    todo: usize,
}

impl Progress {
    /// `todo` repositories are still to be looked at.
    pub(crate) fn new(todo: usize, volume: Volume, terminal: bool, lang: Lang) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(todo as u64),
            match (volume, terminal) {
                (Volume::Quiet, _) | (_, false) => ProgressDrawTarget::hidden(),
                (_, true) => ProgressDrawTarget::stderr(),
            },
        );
        // A template of ours that indicatif does not take is a mistake that the first run shows.
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len}  {prefix}{wide_msg}") {
            bar.set_style(style.progress_chars("##-"));
        }
        let now = Instant::now();
        let state = Mutex::new(State { began: now, told: now, done: 0, todo });
        Self { bar, lang, volume, terminal, state }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn line(&self, phrase: &Phrase) {
        let text = encode::guard(&encode::terminal(&phrase.message(self.lang)));
        self.bar.suspend(|| {
            // Where stderr is closed there is nobody left to tell.
            let _ = writeln!(io::stderr(), "{text}");
        });
    }

    fn message(&self, phrase: &Phrase) {
        if self.terminal && self.volume != Volume::Quiet {
            self.bar.set_message(encode::terminal(&phrase.message(self.lang)));
        }
    }
}

impl Watch for Progress {
    fn fetching(&self, entry: &Entry) {
        self.message(&Phrase::new("fetching {name}", "hole {name}").with("name", entry.name.as_str()));
    }

    fn looking(&self, entry: &Entry) {
        self.message(&Phrase::new("looking at {name}", "prüfe {name}").with("name", entry.name.as_str()));
    }

    fn done(&self, record: &Record) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.done += 1;
        self.bar.inc(1);
        if self.volume == Volume::Quiet {
            return;
        }
        if !record.status.is_seen() {
            self.line(&problem(record, self.lang));
        } else if self.volume == Volume::Verbose {
            self.line(&one(record));
        }
        let left = left(&state, self.lang);
        if self.terminal {
            if let Some(left) = left {
                self.bar.set_prefix(left + "  ");
            }
        } else if state.told.elapsed() >= EVERY {
            state.told = Instant::now();
            self.line(&far(&state, left));
        }
    }
}

fn one(record: &Record) -> Phrase {
    Phrase::new("       {repo}: {level}, {findings} findings", "       {repo}: {level}, Befunde: {findings}")
        .with("repo", record.repo.as_str())
        .with("level", record.level.as_deref().unwrap_or("-"))
        .with("findings", (record.counts.errors + record.counts.warnings + record.counts.notes).to_string())
}

fn far(state: &State, left: Option<String>) -> Phrase {
    let phrase = Phrase::new("{done} of {todo} looked at{left}", "{done} von {todo} geprüft{left}");
    let left = left.map_or_else(String::new, |left| format!(", {left}"));
    phrase.with("done", state.done.to_string()).with("todo", state.todo.to_string()).with("left", left)
}

/// How long it will take, from how long it took: a range and not a second, as repositories differ by a thousand times.
fn left(state: &State, lang: Lang) -> Option<String> {
    let open = state.todo.saturating_sub(state.done);
    if state.done < ENOUGH || open == 0 {
        return None;
    }
    let each = state.began.elapsed().checked_div(u32::try_from(state.done).ok()?)?;
    let seconds = each.checked_mul(u32::try_from(open).ok()?)?.as_secs();
    let phrase = match seconds {
        0..=59 => return Some(lang.pick("less than a minute left", "noch weniger als eine Minute").to_owned()),
        60..=5_399 => Phrase::new("about {number} min left", "noch etwa {number} min")
            .with("number", (seconds.div_ceil(60)).to_string()),
        _ => Phrase::new("about {number} h left", "noch etwa {number} h")
            .with("number", (seconds.div_ceil(3_600)).to_string()),
    };
    Some(encode::terminal(&phrase.message(lang)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(done: usize, todo: usize, seconds: u64) -> State {
        let now = Instant::now();
        State { began: now.checked_sub(Duration::from_secs(seconds)).unwrap_or(now), told: now, done, todo }
    }

    #[test]
    fn an_estimate_rests_on_something_and_is_no_more_exact_than_that() {
        assert_eq!(left(&state(4, 100, 60), Lang::En), None);
        assert_eq!(left(&state(100, 100, 60), Lang::En), None);
        assert_eq!(left(&state(50, 100, 30), Lang::En).as_deref(), Some("less than a minute left"));
        assert_eq!(left(&state(10, 2_000, 10), Lang::De).as_deref(), Some("noch etwa 34 min"));
        assert_eq!(left(&state(10, 20_000, 10), Lang::En).as_deref(), Some("about 6 h left"));
    }
}
