//! On what does a policy build? Every file that it names, and those that these name, the weakest first.

use super::layer::Layer;
use super::origin::Said;
use super::read::{Whose, read};
use super::source::{Spot, is_path};
use super::{Policy, profile};
use crate::phrase::Phrase;
use crate::repository::Repository;
use crate::rule::nearest::{did_you_mean, listed};
use crate::rule::{Mistake, Rule, Wrong};
use std::sync::Arc;

/// How deep policies may build on each other.
const DEPTH: usize = 5;
/// How many policies may come together.
const FILES: usize = 16;

/// Reads policies one after the other.
pub(super) struct Chain<'a> {
    repo: Option<&'a Repository>,
    rules: &'a [Rule],
    /// what was read, the weakest first, and what each asks
    done: Vec<(Spot, Layer, Scope)>,
    /// those that are being read: each builds on the next
    open: Vec<Spot>,
    /// profiles that files name
    profiles: Vec<&'static str>,
    files: Vec<(Spot, String)>,
    mistakes: Vec<Mistake>,
}

/// Only these rules; `None` means all.
type Scope = Option<Vec<Said<String>>>;

impl<'a> Chain<'a> {
    pub(super) fn new(repo: Option<&'a Repository>, rules: &'a [Rule]) -> Self {
        Self {
            repo,
            rules,
            done: Vec::new(),
            open: Vec::new(),
            profiles: Vec::new(),
            files: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// Reads a policy and all it builds on; `instead` takes the place of what it says it builds on.
    ///
    /// # Errors
    /// Every mistake of every file.
    pub(super) fn load(
        mut self,
        root: &Spot,
        text: String,
        instead: Option<&'static str>,
    ) -> Result<Policy, Vec<Mistake>> {
        let scope = self.add(root, text, instead);
        if !self.mistakes.is_empty() {
            let start = |mistake: &Mistake| mistake.span.as_ref().map(|span| span.start);
            self.mistakes.sort_by(|a, b| (&a.path, start(a)).cmp(&(&b.path, start(b))));
            return Err(self.mistakes);
        }
        if self.profiles.is_empty()
            && let Spot::Profile(name) = root
        {
            self.profiles.push(name);
        }
        let layers = self.done.into_iter().map(|(_, layer, _)| layer).collect();
        let name = match self.profiles.is_empty() {
            true => root.shown(),
            false => self.profiles.join(", "),
        };
        Ok(Policy::of(name, layers, scope, self.files))
    }

    fn add(&mut self, spot: &Spot, text: String, instead: Option<&'static str>) -> Scope {
        let shown = spot.shown();
        let whose = match spot {
            Spot::Profile(name) => Whose::Profile(name),
            _ => Whose::File(&shown, spot.in_repository()),
        };
        let (layer, mistakes) = read(&whose, &text, self.rules);
        self.mistakes.extend(mistakes);
        let source: Arc<str> = text.strip_prefix('\u{feff}').unwrap_or(&text).into();
        self.open.push(spot.clone());
        let mut scope: Scope = Some(Vec::new());
        let own = || layer.extends.clone().map(|list| list.into_iter().map(|one| (one.name, Some(one.span))).collect());
        let default = || match spot {
            Spot::Profile(_) => Vec::new(),
            _ => vec![(profile::DEFAULT.to_owned(), None)],
        };
        let extends: Vec<_> = instead.map(|name| vec![(name.to_owned(), None)]).or_else(own).unwrap_or_else(default);
        let all = extends.is_empty();
        for (name, span) in extends {
            let more = self.other(spot, &name).unwrap_or_else(|wrong| {
                let Flaw { wrong, reason, help } = wrong;
                let span = span.unwrap_or_default();
                self.mistakes.push(Mistake::new(&shown, wrong, reason).at(&source, span).help(help));
                Some(Vec::new())
            });
            scope = scope.zip(more).map(|(scope, more)| [scope, more].concat());
        }
        self.open.pop();
        if !matches!(spot, Spot::Profile(_)) {
            self.files.push((spot.clone(), text));
        }
        let scope = match (&layer.only, all) {
            (Some(only), _) => Some(only.clone()),
            (None, true) => None,
            (None, false) => scope,
        };
        self.done.push((spot.clone(), layer, scope.clone()));
        scope
    }

    /// Reads what a policy builds on, unless that was read before.
    fn other(&mut self, here: &Spot, name: &str) -> Result<Scope, Flaw> {
        let spot = here.other(name).ok_or_else(|| unknown(here, name))?;
        if let (Spot::Profile(name), false) = (&spot, matches!(here, Spot::Profile(_)))
            && !self.profiles.contains(name)
        {
            self.profiles.push(name);
        }
        if self.open.contains(&spot) {
            let reason = Phrase::new("`{name}` builds on itself", "`{name}` baut auf sich selbst auf");
            return Err(Flaw { wrong: Wrong::ExtendsCycle, reason: reason.with("name", name), help: None });
        }
        if let Some((.., scope)) = self.done.iter().find(|(done, ..)| *done == spot) {
            return Ok(scope.clone());
        }
        if self.open.len() >= DEPTH || self.done.len() + self.open.len() >= FILES {
            let reason = Phrase::new(
                "policies build on each other at most {depth} deep, and at most {files} come together",
                "Richtlinien bauen höchstens {depth} Stufen tief aufeinander auf, und höchstens {files} kommen zusammen",
            );
            let reason = reason.with("depth", DEPTH.to_string()).with("files", FILES.to_string());
            return Err(Flaw { wrong: Wrong::ExtendsDepth, reason, help: None });
        }
        match spot.text(self.repo) {
            Some(Ok(text)) => Ok(self.add(&spot, text, None)),
            Some(Err(why)) => Err(Flaw { wrong: Wrong::File, reason: why, help: None }),
            None => {
                let reason = Phrase::new("there is no file `{path}`", "Es gibt keine Datei `{path}`");
                let reason = reason.with("path", spot.shown());
                let help = Phrase::new("paths begin where this file lies", "Pfade beginnen da, wo diese Datei liegt");
                Err(Flaw { wrong: Wrong::UnknownProfile, reason, help: Some(help) })
            }
        }
    }
}

/// What is wrong with a name to build on.
struct Flaw {
    wrong: Wrong,
    reason: Phrase,
    help: Option<Phrase>,
}

fn unknown(here: &Spot, name: &str) -> Flaw {
    if is_path(name) {
        let reason = Phrase::new("`{name}` leads out of the repository", "`{name}` führt aus dem Repository hinaus");
        let help = Phrase::new(
            "what lies elsewhere is named on the command line: `--policy FILE`",
            "Was anderswo liegt, nennt man auf der Kommandozeile: `--policy DATEI`",
        );
        let help = matches!(here, Spot::Repository(_)).then_some(help);
        return Flaw { wrong: Wrong::ExtendsOutside, reason: reason.with("name", name), help };
    }
    let reason = Phrase::new("there is no profile `{name}`", "Es gibt kein Profil `{name}`").with("name", name);
    let help = did_you_mean(name, profile::names()).unwrap_or_else(|| {
        Phrase::new(
            "there are {names}; a file is written with its ending `.toml`",
            "Es gibt {names}; eine Datei schreibt man mit ihrer Endung `.toml`",
        )
        .with("names", listed(profile::names()))
    });
    Flaw { wrong: Wrong::UnknownProfile, reason, help: Some(help) }
}
