//! Which repositories does a batch look at? The list, and what forges say.

use super::{Failure, cli, error};
use civiclint::batch::list::{self, Limits, List, Mistake};
use civiclint::output::encode;
use civiclint::phrase::{Lang, Phrase};
use std::path::Path;

/// So many things that are wrong are told.
const MOST: usize = 20;

/// Everything that the list and `--from` name, each repository once: the list first, then its groups, then `--from`.
/// `cache` is a folder in which answers of forges are kept; `tell` hears what is waited for, as long as it is waited for.
pub(crate) fn read(
    args: &cli::Input,
    cache: Option<&Path>,
    tell: &mut dyn FnMut(Phrase),
    lang: Lang,
) -> Result<List, Failure> {
    let mut list = match &args.list {
        Some(path) => list::read(path, &Limits::default()).map_err(|mistakes| refused(&mistakes, lang))?,
        None => List::default(),
    };
    forges(args, &mut list, cache, tell).map_err(|mistakes| refused(&mistakes, lang))?;
    if list.listed.is_empty() {
        let phrase = Phrase::new("there is no repository to look at", "es gibt kein Repository anzusehen");
        return Err(Failure::Use(error(&phrase, lang)));
    }
    Ok(list.without_doubles())
}

fn refused(mistakes: &[Mistake], lang: Lang) -> Failure {
    let word = lang.pick("error", "Fehler");
    let line = |mistake: &Mistake| format!("{word}: {}\n", encode::terminal(&mistake.message(lang)));
    let told: String = mistakes.iter().take(MOST + 1).map(line).collect();
    Failure::Use(encode::guard(&told))
}

#[cfg(feature = "forges")]
fn forges(
    args: &cli::Input,
    list: &mut List,
    cache: Option<&Path>,
    tell: &mut dyn FnMut(Phrase),
) -> Result<(), Vec<Mistake>> {
    use civiclint::batch::forge::{self, Connection, Owner, Tokens, Wanted};
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut typed: Vec<Owner> = Vec::new();
    for from in &args.from {
        match from.parse() {
            Ok(owner) => typed.push(owner),
            Err(why) => mistakes.push(Phrase::into(why)),
        }
    }
    // whom to ask, and whose the list says that it is
    let mut asked: Vec<(Owner, Option<String>)> = Vec::new();
    for group in std::mem::take(&mut list.groups) {
        match Owner::at(&group.address) {
            Ok(owner) => asked.push((owner, group.owner)),
            Err(why) => mistakes.push(Phrase::into(why)),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    asked.extend(typed.iter().cloned().map(|owner| (owner, None)));
    let tokens = Tokens::new(&super::variable, &typed);
    list.told.extend(tokens.unused());
    let wanted = Wanted { forks: args.forks, archived: !args.no_archived };
    let mut patience = std::time::Duration::from_secs(args.forge_patience);
    for (owner, whose) in asked {
        let clock = super::SystemClock;
        let mut connection = Connection::new(&clock, tell);
        connection.token = tokens.of(&owner);
        connection.cache = cache;
        connection.patience = patience;
        match forge::list(&owner, wanted, &mut connection) {
            Ok(listing) => {
                let named = |entry| match &whose {
                    Some(whose) => civiclint::batch::Listed { owner: Some(whose.clone()), ..entry },
                    None => entry,
                };
                list.listed.extend(listing.listed.into_iter().map(named));
                list.told.extend(listing.told);
            }
            Err(why) => mistakes.push(why.into()),
        }
        patience = connection.patience;
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

#[cfg(not(feature = "forges"))]
fn forges(_: &cli::Input, list: &mut List, _: Option<&Path>, _: &mut dyn FnMut(Phrase)) -> Result<(), Vec<Mistake>> {
    match list.groups.first() {
        None => Ok(()),
        Some(group) => {
            let phrase = Phrase::new(
                "{address} is a group, and this civiclint was built without the feature “forges” that lists groups",
                "{address} ist eine Gruppe, und dieses civiclint wurde ohne das Feature „forges“ gebaut, das Gruppen \
                 auflistet",
            );
            Err(vec![phrase.with("address", group.address.as_str()).into()])
        }
    }
}
