//! How are `civiclint explain` and `civiclint rules` run?

use super::{Failure, lang, load, print, refused, this_program, today, unknown_rule, width};
use crate::cli::{Explain, Rules, RulesCommand};
use civiclint::phrase::Lang;
use civiclint::repository::{Limits, Options};
use civiclint::rule;
use std::path::PathBuf;

pub(crate) fn explain(args: &Explain) -> Result<u8, Failure> {
    let lang = lang(args.lang);
    let rules = load(&args.rules, lang)?;
    match rules.iter().find(|rule| rule.id == args.rule) {
        Some(rule) => print(&civiclint::explain::explain(rule, lang, width())),
        None => Err(unknown_rule(&args.rule, &rules, lang)),
    }
}

pub(crate) fn rules(args: &Rules) -> Result<u8, Failure> {
    let lang = lang(args.lang);
    match &args.command {
        Some(RulesCommand::Check { dir }) => {
            let options = Options { as_of: today(), rev: None, limits: Limits::default(), worker: this_program() };
            let mistakes = rule::check_folder(dir, &options);
            if mistakes.is_empty() {
                let words = lang.pick("All rule pages hold.\n", "Alle Regelseiten sind in Ordnung.\n");
                return print(words);
            }
            Err(refused(&mistakes, lang))
        }
        Some(RulesCommand::List { rules }) => list(rules, lang),
        None => list(&[], lang),
    }
}

fn list(folders: &[PathBuf], lang: Lang) -> Result<u8, Failure> {
    let rules = load(folders, lang)?;
    print(&civiclint::explain::list(&rules, lang, width()))
}
