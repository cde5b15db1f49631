//! `civiclint batch`: looks at many repositories and makes a portfolio of what is found.

use super::progress::{Progress, Volume};
use super::{
    Failure, batch_input, error, examine, lang, limits, load, now, path, policy, print, tell, this_program, today,
};
use crate::cli::{Batch, FailOn, ShardArg};
use civiclint::batch::begin::{self, Begun, NotBegun, Wanted, begin};
use civiclint::batch::entry::{self, Entry};
use civiclint::batch::fetch::{Clones, FetchLimits};
use civiclint::batch::folder::Folder;
use civiclint::batch::journal::in_order;
use civiclint::batch::run::{self, Halt, How, run};
use civiclint::batch::told::told;
use civiclint::batch::{Listed, Location};
use civiclint::output::write;
use civiclint::phrase::{Lang, Phrase};
use civiclint::policy::Policy;
use civiclint::portfolio::{self, Record, Run, Shard, Status};
use civiclint::repository::{Cache, Limits};
use civiclint::rule::{Rule, Severity};
use sha2::{Digest, Sha256};
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

pub(crate) fn batch(args: &Batch) -> Result<u8, Failure> {
    let lang = lang(args.lang);
    let rules = load(&args.rules, lang)?;
    let policy = policy::for_all(args.policy.as_deref(), &args.asking, &rules, lang)?.policy;
    let limits = limits::of(&args.limit, lang)?;
    let folder = Folder::take(&args.out).map_err(|why| Failure::Use(error(&why, lang)))?;
    let listed = listed(args, &folder, lang)?;
    let shard = shard(args.shard, lang)?;
    let wrong = |why: Phrase| Failure::Use(error(&why, lang));
    let full = |why: Phrase| Failure::Write(error(&why, lang));
    let program = this_program().ok_or_else(|| wrong(nameless()))?;
    let wanted = Wanted {
        as_of: args.as_of.map(|day| day.to_string()),
        today: today().to_string(),
        now: now(),
        rules: hash(&rules, &policy, args.own_policy, &limits),
        list: entry::hash(&listed),
        profile: policy.name.clone(),
        lang: lang.tag().to_owned(),
        repositories: listed.len(),
        shard,
        fresh: args.fresh,
        since: args.since,
        retry: args.retry,
    };
    let entries = entry::entries(listed, shard);
    // A run that was complete and killed before it was told of is told of before another one begins.
    let leave = |_: &Run| portfolio::make(folder.path(), &rules, lang).map(drop);
    let begun = begin(&folder, &wanted, &entries, leave).map_err(|failed| match failed {
        NotBegun::Refused(why) => wrong(why),
        NotBegun::Unwritten(why) => full(why),
    })?;
    let clones = clones(args, &folder, program.clone(), &begun.todo)?;
    announce(args, &begun, lang);
    let the_run = begun.run.clone();
    let mut records = match look(args, begun, &folder, clones.as_ref(), program, lang) {
        Ok(records) => records,
        Err(Halt::Stopped) => {
            tell(&stopped(), lang);
            return Ok(super::INTERRUPTED);
        }
        Err(Halt::Full(why)) => {
            let phrase = Phrase::new(
                "{why}; nothing that was done is lost: make room, and give the same command again",
                "{why}; was fertig ist, ist nicht verloren: Schaffen Sie Platz, und geben Sie denselben Befehl noch einmal",
            );
            return Err(full(phrase.with("why", lang.pick(why.en, why.de))));
        }
    };
    complete(&folder, the_run.clone(), &mut records).map_err(full)?;
    portfolio::make(folder.path(), &rules, lang).map_err(full)?;
    print(&told(&the_run, &records, &folder.path().join("index.html"), lang))?;
    Ok(exit_code(&records, args.fail_on))
}

/// The repositories of the list and of forges. What is left out of it is told.
fn listed(args: &Batch, folder: &Folder, lang: Lang) -> Result<Vec<Listed>, Failure> {
    let answers = folder.path().join("forges");
    let list = batch_input::read(&args.input, Some(&answers), &mut |phrase| tell(&phrase, lang), lang)?;
    if !args.quiet {
        list.told.iter().for_each(|phrase| tell(phrase, lang));
    }
    Ok(list.listed)
}

/// Looks at everything that is still to be done, until somebody stops it.
fn look(
    args: &Batch,
    begun: Begun,
    folder: &Folder,
    clones: Option<&Clones>,
    program: PathBuf,
    lang: Lang,
) -> Result<Vec<Record>, Halt> {
    let stop = Arc::new(AtomicBool::new(false));
    super::on_interrupt(&stop);
    let cache = cache(args, folder, lang);
    let common = examine::common(args, cache.as_deref(), lang);
    let jobs = args.jobs.map_or_else(processors, usize::from);
    let how = How {
        program: args.examiner.clone().unwrap_or(program),
        args: &|asked: &run::Asked<'_>| examine::arguments(asked, &common),
        clones,
        jobs,
        fetch_jobs: args.fetch_jobs.into(),
        time: Duration::from_secs(args.time_limit),
        memory: args.memory_limit << 20,
        stop: &stop,
    };
    let volume = match (args.quiet, args.verbose) {
        (true, _) => Volume::Quiet,
        (false, true) => Volume::Verbose,
        (false, false) => Volume::Usual,
    };
    let progress = Progress::new(begun.todo.len(), volume, io::stderr().is_terminal(), lang);
    let records = run(begun, folder, &how, &progress);
    progress.end();
    records
}

/// Where it is kept what files told, unless nobody wants that or the folder is not to be trusted.
fn cache(args: &Batch, folder: &Folder, lang: Lang) -> Option<PathBuf> {
    if args.no_cache {
        return None;
    }
    let place = folder.path().join("cache");
    match Cache::check(&place) {
        Ok(()) => Some(place),
        Err(why) => {
            if !args.quiet {
                tell(&why, lang);
                tell(&Phrase::new("going on without a cache", "es geht ohne Cache weiter"), lang);
            }
            None
        }
    }
}

/// Every repository has its record: the journal in the order of the list, no results of others, and the word that the
/// run is complete, in this order, so that a kill in between only does it again.
fn complete(folder: &Folder, run: Run, records: &mut [Record]) -> Result<(), Phrase> {
    let failed = |error: io::Error| {
        Phrase::new("the folder could not be put in order: {why}", "der Ordner ließ sich nicht aufräumen: {why}")
            .with("why", error.to_string())
    };
    let text = in_order(records).map_err(failed)?;
    write::to_file(&text, &folder.journal()).map_err(|failed| failed.why)?;
    let seen: std::collections::BTreeSet<&str> =
        records.iter().filter(|record| record.status.is_seen()).map(|record| record.key.as_str()).collect();
    folder.keep_results(|key| seen.contains(key)).map_err(failed)?;
    begin::write(folder, &Run { complete: true, finished: Some(now()), ..run }).map_err(|failed| failed.why)
}

/// Where clones are kept, if any repository has to be fetched.
fn clones(args: &Batch, folder: &Folder, program: PathBuf, todo: &[Entry]) -> Result<Option<Clones>, Failure> {
    if !todo.iter().any(|entry| matches!(entry.listed.location, Location::Remote(_))) {
        return Ok(None);
    }
    let place = args.clones.clone().unwrap_or_else(|| folder.path().join("clones"));
    let limits = FetchLimits {
        time: Duration::from_secs(args.fetch_time_limit),
        bytes: args.fetch_limit << 20,
        cache: args.clones_limit << 20,
        ..FetchLimits::default()
    };
    Clones::open(&place, limits, "git".into(), program).map(Some).map_err(|why| {
        let lang = lang(args.lang);
        let phrase = match why.kind() {
            io::ErrorKind::NotFound => Phrase::new(
                "fetching needs the program git, which is not there; install it, or give a folder of clones",
                "zum Holen braucht es das Programm git, und das fehlt; installieren Sie es, oder geben Sie einen Ordner mit \
                 Klonen an",
            ),
            io::ErrorKind::WouldBlock => Phrase::new(
                "another run uses the clones in {place}; wait for its end, or take another folder with --clones",
                "ein anderer Lauf benutzt die Klone in {place}; warten Sie sein Ende ab, oder nehmen Sie mit --clones einen \
                 anderen Ordner",
            )
            .with("place", path(&place)),
            _ => Phrase::new(
                "the folder for clones, {place}, cannot be used: {why}",
                "der Ordner für Klone, {place}, lässt sich nicht benutzen: {why}",
            )
            .with("place", path(&place))
            .with("why", why.to_string()),
        };
        Failure::Use(error(&phrase, lang))
    })
}

/// 1 findings, where they were asked for · 3 a repository could not be looked at, or nothing was found in what could be ·
/// 0 neither; findings win.
fn exit_code(records: &[Record], fail_on: FailOn) -> u8 {
    let found = |record: &Record| {
        let counts = &record.counts;
        fail_on.severity().is_some_and(|severity| match severity {
            Severity::Note => counts.errors + counts.warnings + counts.notes > 0,
            Severity::Warning => counts.errors + counts.warnings > 0,
            Severity::Error => counts.errors > 0,
        })
    };
    if records.iter().any(found) {
        1
    } else if records.iter().all(|record| matches!(record.status, Status::Ok | Status::Findings)) {
        0
    } else {
        3
    }
}

/// Which part of the list: as it was named, or as the job that this is tells.
fn shard(asked: Option<ShardArg>, lang: Lang) -> Result<Option<Shard>, Failure> {
    let number = |name: &str| super::variable(name)?.trim().parse::<usize>().ok();
    let (index, of) = match asked {
        None => return Ok(None),
        Some(ShardArg::Named(index, of)) => return Ok(Some(Shard { index, of })),
        // GitLab counts from 1, Kubernetes from 0.
        Some(ShardArg::Auto(of)) => {
            let index = number("CI_NODE_INDEX").or_else(|| number("JOB_COMPLETION_INDEX")?.checked_add(1));
            (index, of.or_else(|| number("CI_NODE_TOTAL")))
        }
    };
    match (index, of) {
        (Some(index), Some(of)) if (1..=of).contains(&index) => Ok(Some(Shard { index, of })),
        _ => Err(Failure::Use(error(&unknown_shard(), lang))),
    }
}

fn unknown_shard() -> Phrase {
    Phrase::new(
        "which part of the list this job is for cannot be told: `--shard auto` needs CI_NODE_INDEX and CI_NODE_TOTAL \
         (GitLab), `--shard auto/N` needs JOB_COMPLETION_INDEX (Kubernetes); or write --shard 2/4",
        "welcher Teil der Liste zu diesem Job gehört, ist nicht zu erkennen: `--shard auto` braucht CI_NODE_INDEX und \
         CI_NODE_TOTAL (GitLab), `--shard auto/N` braucht JOB_COMPLETION_INDEX (Kubernetes); oder schreiben Sie \
         --shard 2/4",
    )
}

fn announce(args: &Batch, begun: &Begun, lang: Lang) {
    if args.quiet || !begun.resumed {
        return;
    }
    let phrase = if begun.run.as_of == today().to_string() {
        Phrase::new(
            "going on with the run of {day}: {done} repositories are done, {todo} are left",
            "der Lauf vom {day} geht weiter: {done} Repositorys sind fertig, {todo} fehlen noch",
        )
    } else {
        Phrase::new(
            "going on with the run of {day}: {done} repositories are done, {todo} are left; --fresh begins a new one",
            "der Lauf vom {day} geht weiter: {done} Repositorys sind fertig, {todo} fehlen noch; --fresh beginnt einen neuen",
        )
    };
    let phrase = phrase.with("day", begun.run.as_of.as_str()).with("done", begun.done.len().to_string());
    tell(&phrase.with("todo", begun.todo.len().to_string()), lang);
}

fn stopped() -> Phrase {
    Phrase::new("stopped; the same command goes on from here", "angehalten; derselbe Befehl macht hier weiter")
}

fn nameless() -> Phrase {
    Phrase::new(
        "where this program lies cannot be told, so that it cannot be started for each repository",
        "wo dieses Programm liegt, ist nicht zu erkennen; es lässt sich darum nicht für jedes Repository starten",
    )
}

/// What is asked, with everything that a policy and the command line change in it: two runs that share it ask the same.
fn hash(rules: &[Rule], policy: &Policy, own: bool, limits: &Limits) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    add(env!("CARGO_PKG_VERSION"));
    add(&format!("{own} {:?} {:?} {:?} {:?}", policy.level, policy.select, policy.ignore, policy.settings));
    limits.moved().for_each(|(limit, value)| add(&format!("{}={value}", limit.name())));
    add(&policy.name);
    policy.texts().for_each(&mut add);
    for rule in rules {
        add(&rule.id);
        add(&format!("{:?} {:?} {:?}", rule.level, rule.severity, rule.settings));
        add(rule.looks_at.map_or("repository", |subject| subject.name));
        for clauses in [&rule.applies_when, &rule.finding_when, &rule.not_when] {
            add(&clauses.len().to_string());
            clauses.iter().for_each(|clause| add(&format!("{} {:?}", clause.written, clause.test)));
        }
        for page in [Some(&rule.en), rule.de.as_ref()].into_iter().flatten() {
            add(&page.says);
            add(&page.markdown);
        }
    }
    entry::hex(&hash.finalize(), 16)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
