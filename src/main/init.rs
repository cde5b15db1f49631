//! How is `civiclint init` run?

use super::sources::lost;
use super::{Failure, error, no_colour, options, path, put, width};
use crate::cli::{Color, Init};
use civiclint::init::{self, Contact, Given, Outcome, Refused, State, Wishes};
use civiclint::output::encode;
use civiclint::phrase::{Lang, Phrase};
use civiclint::reading::Readings;
use civiclint::repository::{Folder, Limits, NotCreated, Repository};
use std::io::{self, IsTerminal, Write};

/// 0 printed or written · 3 something could not be looked at · 4 something could not be written.
pub(crate) fn init(args: &Init) -> Result<u8, Failure> {
    let lang = super::lang(args.lang);
    let wishes = wishes(args, lang)?;
    let wrong = |why: Phrase| Failure::Use(error(&why, lang));
    // What lies there and is not committed yet is there.
    let repo = Repository::open_with_untracked(&args.path, options(None, None, Limits::default()))
        .map_err(|refusal| wrong(refusal.why))?;
    let folder = if repo.has_work_tree() { Some(Folder::open(&args.path).map_err(wrong)?) } else { None };
    let readings = Readings::new(&repo);
    let plan = init::plan(&readings, folder.as_ref(), &wishes).map_err(|refused| refusal(&refused, lang))?;
    let written = match (&folder, args.write) {
        (Some(folder), true) => Some(write(folder, &plan)),
        (None, true) => {
            return Err(wrong(Phrase::new(
                "a bare repository has no folder to write to; clone it and run this in the clone",
                "ein Bare-Repository hat keinen Ordner zum Hineinschreiben; klonen Sie es und rufen Sie dies im Klon auf",
            )));
        }
        (_, false) => None,
    };
    let colour = |terminal: bool| match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !no_colour(),
    };
    if written.is_none() {
        put(&init::documents(&plan, lang, colour(io::stdout().is_terminal())), None, lang)?;
    }
    let losses = repo.losses();
    let colour = colour(io::stderr().is_terminal());
    let mut told = init::summary(&plan, written.as_ref(), &path(&args.path), lang, colour, width());
    if !losses.is_empty() {
        told = format!("{}\n{told}", encode::guard(&lost(&losses, lang)));
    }
    // Where stderr is closed there is nobody left to tell.
    let _ = io::stderr().write_all(told.as_bytes());
    let failed = written.iter().flatten().any(|(_, outcome)| matches!(outcome, Err(NotCreated::Failed(_))));
    Ok(match (failed, losses.is_empty()) {
        (true, _) => 4,
        (false, false) => 3,
        (false, true) => 0,
    })
}

fn write(folder: &Folder, plan: &init::Plan) -> Outcome {
    let ready = plan.documents.iter().filter_map(|document| match &document.state {
        State::Ready(text) => Some((document.name, text)),
        _ => None,
    });
    ready.map(|(name, text)| (name, folder.create(name.path(), text))).collect()
}

fn wishes(args: &Init, lang: Lang) -> Result<Wishes, Failure> {
    let wrong = |why: Phrase| Failure::Use(error(&why, lang));
    super::policy::profile(&args.profile, lang)?;
    let mut given = Given::default();
    for one in &args.set {
        given.add(one).map_err(wrong)?;
    }
    Ok(Wishes {
        lang: args.lang.map(Into::into),
        locale: lang,
        only: args.only.iter().map(|name| (*name).into()).collect(),
        profile: args.profile.clone(),
        approved: init::licences(&args.approved).map_err(wrong)?,
        contact: args.contact.as_deref().map(Contact::read).transpose().map_err(wrong)?,
        organisation: args.organisation.as_deref().map(init::organisation).transpose().map_err(wrong)?,
        given,
    })
}

fn refusal(refused: &Refused, lang: Lang) -> Failure {
    let why = encode::terminal(&refused.why.message(lang));
    Failure::Use(format!("{}: {}: {why}\n", lang.pick("error", "Fehler"), refused.option))
}
