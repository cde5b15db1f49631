//! Where is a finding shown by a viewer that knows files and lines only?

use super::encode::{json_path, json_text};
use crate::phrase::{Lang, Message, Phrase};
use crate::report::{Finding, Outcome, Report};
use crate::repository::RepoPath;
use crate::signal::Span;
use std::sync::LazyLock;

/// What a result is shown at where there is no file at all.
static NO_FILE: LazyLock<RepoPath> = LazyLock::new(|| "README.md".into());

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Line,
    File,
    Folder,
    Repository,
}

impl Scope {
    pub(super) fn of(finding: &Finding) -> Self {
        match (&finding.place.path, finding.place.span, &finding.stands_for) {
            (None, ..) => Self::Repository,
            (Some(_), Some(_), _) => Self::Line,
            (Some(_), None, None) => Self::File,
            (Some(_), None, Some(_)) => Self::Folder,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::File => "file",
            Self::Folder => "folder",
            Self::Repository => "repository",
        }
    }
}

/// A finding with a file that it may be shown at.
pub(super) struct Located<'r> {
    /// what it is about
    pub(super) scope: Scope,
    /// the file: its own, the first of its folder, or the one that stands for the repository
    pub(super) file: &'r RepoPath,
    /// whether the finding is about this very file
    pub(super) own: bool,
    /// where in the file; `None` where the file as a whole is meant, or stands for something else
    pub(super) span: Option<Span>,
}

impl<'r> Located<'r> {
    /// Where a finding of this report is shown. `usable` tells whether a viewer can be given a path.
    pub(super) fn of(report: &'r Report, finding: &'r Finding, usable: impl Fn(&RepoPath) -> bool) -> Self {
        let scope = Scope::of(finding);
        let meant = match scope {
            Scope::Line | Scope::File => finding.place.path.as_ref(),
            Scope::Folder => finding.stands_for.as_ref(),
            Scope::Repository => None,
        };
        let meant = meant.filter(|path| usable(path));
        let file = meant.or(report.repository.anchor.as_ref().filter(|path| usable(path))).unwrap_or(&NO_FILE);
        let own = meant.is_some() && scope != Scope::Folder;
        Self { scope, file, own, span: finding.place.span.filter(|_| own) }
    }
}

/// The message of a finding; one about a folder names it, because the place cannot.
pub(super) fn message(outcome: &Outcome, finding: &Finding, lang: Lang) -> Message {
    let message = finding.message(&outcome.rule, lang);
    match (Scope::of(finding), &finding.place.path) {
        (Scope::Folder, Some(path)) if !json_text(&message).contains(&json_path(path)) => {
            let mut named = Phrase::new("{path}: ", "{path}: ").with("path", path).message(lang);
            named.0.extend(message.0);
            named
        }
        _ => message,
    }
}

/// All findings, those that hinder most first.
pub(super) fn findings(report: &Report) -> impl Iterator<Item = (&Outcome, &Finding)> {
    let outcomes = report.outcomes.iter();
    outcomes.flat_map(|outcome| outcome.verdict.findings().iter().map(move |finding| (outcome, finding)))
}
