//! Which policy decides, and how is `civiclint policy` run?

use super::settings::settings;
use super::{Failure, error, lang, load, open, options, path, print, refused, unknown_rule, width};
use crate::cli::{Asking, Policy, PolicyArgs, PolicyCommand, PolicyFormat, ShowPolicy};
use civiclint::judge;
use civiclint::output;
use civiclint::phrase::{Lang, Phrase};
use civiclint::policy::{self, Circumstances, Found};
use civiclint::reading::Readings;
use civiclint::report::PolicyUsed;
use civiclint::repository::{Loss, Repository};
use civiclint::rule::{self, Mistake, Rule};
use civiclint::untrusted::Untrusted;
use std::path::Path;

/// What decides over a repository.
pub(crate) struct Decided {
    /// the policy, with what the command line changes in it
    pub(crate) found: Found,
    /// what a report says of it
    pub(crate) used: Option<PolicyUsed>,
    /// what is wrong with the repository's own policy, so that a profile decides in its place
    pub(crate) refused: Vec<Mistake>,
}

/// The policy that decides. A policy that the user names has to be right; one of the repository's own is part of what
/// is looked at.
pub(crate) fn decide(
    args: &PolicyArgs,
    repo: &Repository,
    here: &Path,
    rules: &[Rule],
    lang: Lang,
) -> Result<Decided, Failure> {
    let profile = args.asking.profile.as_deref().map(|name| profile(name, lang)).transpose()?;
    let base = args.policy_rev.as_deref().map(|revision| base(here, revision, repo, lang)).transpose()?;
    let found = match &args.policy {
        Some(file) => policy::from_file(file, profile, rules).map(right),
        None if args.no_policy => policy::from_profile(profile.unwrap_or(policy::DEFAULT_PROFILE), rules).map(right),
        None => policy::from_repository_or_profile(base.as_ref().unwrap_or(repo), profile, rules),
    };
    let (mut found, refused) = found.map_err(|mistakes| super::refused(&mistakes, lang))?;
    apply(&args.asking, &mut found, rules, lang)?;
    let used = PolicyUsed {
        path: found.path.clone(),
        revision: args.policy_rev.as_deref().map(Untrusted::from),
        own_differs: policy::own_differs(repo, &found),
        not_applied: refused.first().map(|mistake| mistake.path.as_str().into()),
    };
    let worth = used.path.is_some() || used.revision.is_some() || used.own_differs || used.not_applied.is_some();
    Ok(Decided { found, used: worth.then_some(used), refused })
}

fn right(found: Found) -> (Found, Vec<Mistake>) {
    (found, Vec::new())
}

/// What a report says of a policy of the repository's own that is wrong: the first mistake of each of its files.
pub(crate) fn not_applied(mistakes: &[Mistake]) -> Vec<Loss> {
    let mut losses: Vec<Loss> = Vec::new();
    for mistake in mistakes {
        let path = Some(mistake.path.as_str().into());
        if losses.iter().any(|loss| loss.path == path) {
            continue;
        }
        let others = mistakes.iter().filter(|other| other.path == mistake.path).count() - 1;
        let place = mistake.line_column().map_or_else(
            || Phrase::new("", ""),
            |(line, _)| Phrase::new("line {line}: ", "Zeile {line}: ").with("line", line.to_string()),
        );
        let more = match others {
            0 => Phrase::new("", ""),
            1 => Phrase::new(" (and 1 more mistake)", " (und 1 weiterer Fehler)"),
            many => Phrase::new(" (and {n} more mistakes)", " (und {n} weitere Fehler)").with("n", many.to_string()),
        };
        let why = Phrase::new(
            "the policy is wrong and was not applied, a profile decided in its place: {place}{why}{more}",
            "die Richtlinie ist fehlerhaft und wurde nicht angewendet, an ihrer Stelle entschied ein Profil: \
             {place}{why}{more}",
        );
        let why = why.with_phrase("place", place).with_phrase("why", mistake.reason.clone()).with_phrase("more", more);
        losses.push(Loss { path, why });
    }
    losses
}

/// What decides over many repositories: a file, or a profile.
pub(crate) fn for_all(file: Option<&Path>, asking: &Asking, rules: &[Rule], lang: Lang) -> Result<Found, Failure> {
    let profile = asking.profile.as_deref().map(|name| profile(name, lang)).transpose()?;
    let found = match file {
        Some(file) => policy::from_file(file, profile, rules),
        None => policy::from_profile(profile.unwrap_or(policy::DEFAULT_PROFILE), rules),
    };
    let mut found = found.map_err(|mistakes| refused(&mistakes, lang))?;
    apply(asking, &mut found, rules, lang)?;
    Ok(found)
}

/// What the command line changes in a policy.
fn apply(asking: &Asking, found: &mut Found, rules: &[Rule], lang: Lang) -> Result<(), Failure> {
    found.policy.level = asking.level.map(Into::into);
    found.policy.select.clone_from(&asking.select);
    found.policy.ignore.clone_from(&asking.ignore);
    found.policy.settings = settings(&asking.set, rules, lang)?;
    match found.policy.unknown_names(rules).first() {
        Some(name) => Err(unknown_rule(name, rules, lang)),
        None => Ok(()),
    }
}

/// What is known of a repository before it is decided what is asked of it.
pub(crate) fn circumstances(
    policy: &policy::Policy,
    readings: &Readings<'_>,
    rules: &[Rule],
    head: bool,
) -> Circumstances {
    let candidates = policy.candidates(rules);
    let mut told = judge::ask_first(readings, &policy.needs(&candidates), &candidates, head);
    let mut take = |name| told.remove(name).flatten();
    Circumstances { kind: take("kind"), life_cycle: take("life-cycle") }
}

pub(crate) fn policy(args: &Policy) -> Result<u8, Failure> {
    match &args.command {
        PolicyCommand::Show(args) => show(args),
        PolicyCommand::Check { file, rules, lang: asked } => {
            let lang = lang(*asked);
            let rules = load(rules, lang)?;
            policy::from_file(file, None, &rules).map_err(|mistakes| refused(&mistakes, lang))?;
            print(lang.pick("The policy holds.\n", "Die Richtlinie ist in Ordnung.\n"))
        }
        PolicyCommand::Schema => {
            let rules = load(&[], Lang::En)?;
            print(&policy::schema::schema(&rules))
        }
    }
}

fn show(args: &ShowPolicy) -> Result<u8, Failure> {
    let lang = lang(args.look.lang);
    let rules = load(&args.look.rules, lang)?;
    let mut repo = open(&args.path, &args.look, lang)?;
    let Decided { found, used, refused } = decide(&args.policy, &repo, &args.path, &rules, lang)?;
    if !refused.is_empty() {
        return Err(super::refused(&refused, lang));
    }
    repo.leave_out(|path| found.policy.excludes(path));
    let here = circumstances(&found.policy, &Readings::new(&repo), &rules, false);
    let shown = output::policy::Shown {
        path: path(&args.path),
        policy: &found.policy,
        used: used.as_ref(),
        left_out: repo.left_out(),
        here: &here,
        rules: &rules,
    };
    print(&match args.format {
        PolicyFormat::Text => output::policy::text(&shown, lang, width()),
        PolicyFormat::Json => output::policy::json(&shown),
    })
}

/// The repository as it is at the revision whose policy decides.
fn base(here: &Path, revision: &str, repo: &Repository, lang: Lang) -> Result<Repository, Failure> {
    let opened = Repository::open(here, options(Some(revision.to_owned()), Some(repo.as_of()), *repo.limits()));
    opened.map_err(|refusal| {
        let phrase = Phrase::new(
            "the policy cannot be read from {revision}; fetch that revision first (in a shallow clone: \
             `git fetch --depth 1 origin` and the name of the branch), or name a file with `--policy`",
            "die Richtlinie lässt sich nicht aus {revision} lesen; holen Sie diese Revision zuerst (in einem flachen \
             Klon: `git fetch --depth 1 origin` und den Namen des Branches), oder nennen Sie eine Datei mit `--policy`",
        );
        let words = error(&refusal.why, lang);
        Failure::Use(words + &error(&phrase.with("revision", revision), lang))
    })
}

/// The profile of this name.
pub(crate) fn profile(name: &str, lang: Lang) -> Result<&'static str, Failure> {
    policy::profile_named(name).ok_or_else(|| {
        let known: Vec<&str> = policy::profile_names().collect();
        let phrase = match rule::nearest(name, known.iter().copied()) {
            Some(near) => Phrase::new(
                "there is no profile `{name}`; did you mean `{near}`? There are {known}",
                "es gibt kein Profil `{name}`; meinten Sie `{near}`? Es gibt {known}",
            )
            .with("near", near),
            None => Phrase::new(
                "there is no profile `{name}`; there are {known}",
                "es gibt kein Profil `{name}`; es gibt {known}",
            ),
        };
        Failure::Use(error(&phrase.with("name", name).with("known", known.join(", ")), lang))
    })
}
