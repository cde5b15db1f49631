//! How is `civiclint reuse` run?

use super::{Failure, cli, error, lang, limits, options, put};
use civiclint::output::{self, encode};
use civiclint::reading::Readings;
use civiclint::repository::Repository;

/// 0 complies · 1 does not; what makes any verdict impossible is wrong use, as it is for the reference tool.
pub(crate) fn reuse(args: &cli::Reuse) -> Result<u8, Failure> {
    let lang = lang(args.lang);
    let repo =
        Repository::open_with_untracked(&args.path, options(args.rev.clone(), None, limits::of(&args.limit, lang)?));
    let repo = repo.map_err(|refusal| Failure::Use(error(&refusal.why, lang)))?;
    let readings = Readings::new(&repo);
    let reuse = readings.reuse().map_err(|broken| {
        let path = encode::terminal_path(&broken.path);
        let why = encode::terminal(&broken.why.message(lang));
        Failure::Use(encode::guard(&format!("{}: {path}: {why}\n", lang.pick("error", "Fehler"))))
    })?;
    let verdict = output::reuse::Verdict::of(reuse, &repo);
    let told = if args.quiet {
        String::new()
    } else if args.json {
        output::reuse::json(reuse, &verdict)
    } else if args.lines {
        output::reuse::lines(&verdict, lang)
    } else {
        output::reuse::text(reuse, &verdict, lang)
    };
    put(&told, None, lang)?;
    Ok(u8::from(!verdict.is_compliant()))
}
