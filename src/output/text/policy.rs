//! Which policy decided, in one sentence?

use crate::phrase::Phrase;
use crate::report::PolicyUsed;

/// Which policy decided, and what became of the repository's own.
pub(in crate::output) fn policy_line(used: &PolicyUsed) -> Phrase {
    if let Some(wrong) = &used.not_applied {
        let phrase = match &used.revision {
            Some(revision) => Phrase::new(
                "{path} of {revision} is wrong and does not count; the profile decides",
                "{path} aus {revision} ist fehlerhaft und zählt nicht; das Profil entscheidet",
            )
            .with("revision", revision.clone()),
            None => Phrase::new(
                "{path} is wrong and does not count; the profile decides",
                "{path} ist fehlerhaft und zählt nicht; das Profil entscheidet",
            ),
        };
        return phrase.with("path", wrong.clone());
    }
    let phrase = match (&used.path, &used.revision, used.own_differs) {
        (Some(_), Some(_), false) => Phrase::new("{path} of {revision}", "{path} aus {revision}"),
        (Some(_), Some(_), true) => Phrase::new(
            "{path} of {revision}; the policy of what is looked at differs and does not count",
            "{path} aus {revision}; die Richtlinie im geprüften Stand ist eine andere und zählt nicht",
        ),
        (Some(_), None, false) => Phrase::new("{path}", "{path}"),
        (Some(_), None, true) => Phrase::new(
            "{path}; the repository's own policy does not count",
            "{path}; die Richtlinie des Repositorys selbst zählt nicht",
        ),
        (None, Some(_), false) => Phrase::new("there is none in {revision}", "in {revision} gibt es keine"),
        (None, Some(_), true) => Phrase::new(
            "there is none in {revision}; the policy of what is looked at does not count",
            "in {revision} gibt es keine; die Richtlinie im geprüften Stand zählt nicht",
        ),
        (None, None, _) => Phrase::new("the repository's own does not count", "die des Repositorys selbst zählt nicht"),
    };
    let phrase = match &used.path {
        Some(path) => phrase.with("path", path.clone()),
        None => phrase,
    };
    match &used.revision {
        Some(revision) => phrase.with("revision", revision.clone()),
        None => phrase,
    }
}
