//! Reads the arguments, calls the library, prints, exits. Clock, environment and printing live here and nowhere else.

#![allow(clippy::disallowed_methods, reason = "the one file that may read the clock and the environment")]

#[path = "main/baseline.rs"]
mod baseline;
#[path = "main/batch.rs"]
mod batch;
#[path = "main/batch_input.rs"]
mod batch_input;
#[path = "main/check.rs"]
mod check;
mod cli;
#[path = "main/examine.rs"]
mod examine;
#[path = "main/identify.rs"]
mod identify;
#[path = "main/init.rs"]
mod init;
#[path = "main/kept.rs"]
mod kept;
#[path = "main/limits.rs"]
mod limits;
#[path = "main/policy.rs"]
mod policy;
#[path = "main/portfolio.rs"]
mod portfolio;
#[path = "main/progress.rs"]
mod progress;
#[path = "main/reuse.rs"]
mod reuse;
#[path = "main/rules.rs"]
mod rules;
#[path = "main/settings.rs"]
mod settings;
#[path = "main/sources.rs"]
mod sources;

use civiclint::batch::child;
use civiclint::judge::{self, Answers};
use civiclint::output::{self, encode, text::Style, write};
use civiclint::phrase::{Lang, Phrase};
use civiclint::reading::Readings;
use civiclint::repository::{self, Limits, Options, Repository, worker};
use civiclint::rule::{self, Mistake, Rule};
use civiclint::side_by_side;
use civiclint::untrusted::Untrusted;
use clap::{CommandFactory, Parser};
use cli::{Check, Cli, Color, Command, Facts, Look};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a run ends with when it does not end with a report.
enum Failure {
    /// wrong use, a wrong policy or rule page
    Use(String),
    /// a report could not be written
    Write(String),
}

fn main() -> ExitCode {
    // What a reader trips over is caught where it happens and told in the report, not dumped on a person.
    std::panic::set_hook(Box::new(|_| {}));
    if std::env::args_os().nth(1).is_some_and(|first| first == worker::SUBCOMMAND) {
        return worker::run();
    }
    if std::env::args_os().nth(1).is_some_and(|first| first == child::GUARD) {
        return child::guard(std::env::args_os().skip(2));
    }
    // Parsers recurse; every thread gets a stack that the depth they accept cannot use up. Commands run on a thread of
    // their own and not in rayon's pool: see `side_by_side`.
    let pool = rayon::ThreadPoolBuilder::new().stack_size(side_by_side::STACK).build_global();
    let examine = std::env::args_os().nth(1).is_some_and(|first| first == civiclint::batch::examine::SUBCOMMAND);
    if examine && child::hold_life_line().is_err() {
        return complain("error: this command is for civiclint itself\n", 2);
    }
    let look = move || match examine {
        true => examine::examine(std::env::args_os().skip(1)),
        false => Cli::try_parse().map_or_else(|error| usage(&error), run),
    };
    let commands = std::thread::Builder::new().stack_size(side_by_side::STACK).spawn(look);
    let (Ok(()), Ok(commands)) = (pool, commands) else { return complain("error: no thread could be started\n", 3) };
    let outcome = commands.join();
    match outcome {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(Failure::Use(words))) => complain(&words, 2),
        Ok(Err(Failure::Write(words))) => complain(&words, 4),
        Err(_) => complain("error: civiclint itself failed; please report it with the command you ran\n", 3),
    }
}

fn complain(words: &str, code: u8) -> ExitCode {
    // Where stderr is closed there is nobody left to tell.
    let _ = io::stderr().write_all(words.as_bytes());
    ExitCode::from(code)
}

/// Help and version are answers; everything else that clap refuses is a mistake.
fn usage(error: &clap::Error) -> Result<u8, Failure> {
    let words = error.render().to_string();
    if error.use_stderr() {
        return Err(Failure::Use(encode::guard(&encode::plain(&words))));
    }
    print(&words)
}

fn run(cli: Cli) -> Result<u8, Failure> {
    match cli.command {
        None => check::check(&cli.check),
        Some(Command::Check(args)) => check::check(&args),
        Some(Command::Facts(args)) => facts(&args),
        Some(Command::Reuse(args)) => reuse::reuse(&args),
        Some(Command::Sources(args)) => sources::sources(&args),
        Some(Command::Identify(args)) => identify::identify(&args),
        Some(Command::Batch(args)) => batch::batch(&args),
        Some(Command::Init(args)) => init::init(&args),
        Some(Command::Explain(args)) => rules::explain(&args),
        Some(Command::Rules(args)) => rules::rules(&args),
        Some(Command::Policy(args)) => policy::policy(&args),
        Some(Command::Limits(args)) => limits::list(&args),
        Some(Command::Portfolio(args)) => portfolio::portfolio(&args),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "civiclint", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            let made = clap_mangen::Man::new(Cli::command()).render(&mut page);
            made.map_err(|error| Failure::Write(format!("error: the manual page could not be made: {error}\n")))?;
            print(&String::from_utf8_lossy(&page))
        }
    }
}

fn facts(args: &Facts) -> Result<u8, Failure> {
    let lang = lang(args.look.lang);
    let repo = open(&args.path, &args.look, lang)?;
    let readings = Readings::new(&repo);
    let answers = Answers::all(&readings);
    let about = judge::about(&readings, &answers, path(&args.path));
    let losses = repo.losses();
    put(
        &output::facts::render(&about, &repo.as_of().to_string(), &losses, &answers, lang),
        args.output.as_deref(),
        lang,
    )?;
    Ok(if losses.is_empty() { 0 } else { 3 })
}

/// The shipped rules and those of the folders.
fn load(folders: &[PathBuf], lang: Lang) -> Result<Vec<Rule>, Failure> {
    let mut rules = rule::shipped().map_err(|mistakes| refused(&mistakes, lang))?;
    for folder in folders {
        rules.extend(rule::from_folder(folder).map_err(|mistakes| refused(&mistakes, lang))?);
    }
    Ok(rules)
}

fn refused(mistakes: &[Mistake], lang: Lang) -> Failure {
    let colour = io::stderr().is_terminal() && !no_colour();
    let told: Vec<String> = mistakes.iter().map(|mistake| mistake.render(lang, colour)).collect();
    // excerpts hold whole lines of what may be a stranger's file
    Failure::Use(encode::guard(&format!("{}\n", told.join("\n\n"))))
}

fn unknown_rule(name: &str, rules: &[Rule], lang: Lang) -> Failure {
    let near = rule::nearest(name, rules.iter().map(|rule| rule.id.as_str()));
    let phrase = match near {
        Some(near) => Phrase::new(
            "there is no rule or chapter `{name}`; did you mean `{near}`? (`civiclint rules` lists them all)",
            "es gibt keine Regel und kein Kapitel `{name}`; meinten Sie `{near}`? (`civiclint rules` zeigt alle)",
        )
        .with("near", near),
        None => Phrase::new(
            "there is no rule or chapter `{name}` (`civiclint rules` lists them all)",
            "es gibt keine Regel und kein Kapitel `{name}` (`civiclint rules` zeigt alle)",
        ),
    };
    Failure::Use(error(&phrase.with("name", name), lang))
}

/// How a repository is opened; the day of the scan is today where none is given.
fn options(rev: Option<String>, as_of: Option<jiff::civil::Date>, limits: Limits) -> Options {
    Options { as_of: as_of.unwrap_or_else(today), rev, limits, worker: this_program() }
}

fn open(path: &Path, look: &Look, lang: Lang) -> Result<Repository, Failure> {
    let options = options(look.rev.clone(), look.as_of, limits::of(&look.limit, lang)?);
    Repository::open(path, options).map_err(|refusal| Failure::Use(error(&refusal.why, lang)))
}

fn error(phrase: &Phrase, lang: Lang) -> String {
    format!("{}: {}\n", lang.pick("error", "Fehler"), encode::terminal(&phrase.message(lang)))
}

fn style(args: &Check, lang: Lang, to_stdout: bool) -> Style {
    let terminal = to_stdout && io::stdout().is_terminal();
    Style {
        lang,
        colour: match args.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && !no_colour(),
        },
        links: (terminal && links()).then(|| std::fs::canonicalize(&args.path).ok()).flatten(),
        width: if terminal { width() } else { 80 },
        quiet: args.quiet,
        verbose: args.verbose,
        github: args.github || std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
    }
}

/// <https://no-color.org>, and terminals that cannot.
fn no_colour() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    #[cfg(windows)]
    if anstyle_query::windows::enable_ansi_colors() == Some(false) {
        return true;
    }
    set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Whether the terminal is known to draw hyperlinks (OSC 8); the others would show them as litter.
fn links() -> bool {
    let is = |name, value: &str| std::env::var_os(name).is_some_and(|found| found == value);
    let set = |name| std::env::var_os(name).is_some();
    set("VTE_VERSION")
        || set("WT_SESSION")
        || set("KITTY_WINDOW_ID")
        || is("TERM_PROGRAM", "iTerm.app")
        || is("TERM_PROGRAM", "WezTerm")
        || is("TERM_PROGRAM", "vscode")
}

/// Lines of text are at most this long; wide terminals are no reason for long lines.
fn width() -> usize {
    let asked = std::env::var_os("COLUMNS").and_then(|columns| columns.to_str()?.parse().ok());
    asked.map_or(80, |columns: usize| columns.clamp(40, 100))
}

fn lang(asked: Option<cli::LangArg>) -> Lang {
    let locale = || {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(std::env::var_os)
            .find(|value| !value.is_empty())
            .map(|value| value.to_string_lossy().into_owned())
            .or_else(system_locale)
            .map_or(Lang::En, |value| Lang::of_locale(&value))
    };
    asked.map_or_else(locale, Into::into)
}

/// What a system says whose programs are not told by variables.
fn system_locale() -> Option<String> {
    #[cfg(windows)]
    return sys_locale::get_locale();
    #[cfg(not(windows))]
    None
}

/// What interrupted programs end with: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

/// Turns `stop` true where somebody wants to stop. Whoever says so twice does not want to wait until the processes have
/// been ended; they end by themselves.
fn on_interrupt(stop: &Arc<AtomicBool>) {
    let stop = Arc::clone(stop);
    #[expect(clippy::exit, reason = "nothing is held that the next run does not find its way around")]
    let handler = move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED.into());
        }
    };
    // Where no handler can be set, a signal ends this process at once, and the next run goes on from there.
    let _ = ctrlc::set_handler(handler);
}

/// Now, in UTC: `2026-11-22T10:00:00Z`.
fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Now, in seconds since 1970.
fn now_in_seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Says something beside the report.
fn tell(phrase: &Phrase, lang: Lang) {
    let text = encode::terminal(&phrase.message(lang));
    // Where stderr is closed there is nobody left to tell.
    let _ = writeln!(io::stderr(), "civiclint: {text}");
}

/// A variable of the environment; `None` where it is not set, or no text.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The time of this machine.
#[cfg(feature = "forges")]
struct SystemClock;

#[cfg(feature = "forges")]
impl civiclint::batch::forge::Clock for SystemClock {
    fn now(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }

    fn wait(&self, time: std::time::Duration) {
        std::thread::sleep(time);
    }
}

fn this_program() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

fn path(path: &Path) -> Untrusted {
    Untrusted::new(repository::native::bytes_of(path.as_os_str()))
}

fn print(words: &str) -> Result<u8, Failure> {
    put(words, None, Lang::En)?;
    Ok(0)
}

fn put(told: &str, file: Option<&Path>, lang: Lang) -> Result<(), Failure> {
    let written = match file {
        Some(file) => write::to_file(told, file),
        None => write::to_stream(told, &mut io::stdout().lock()),
    };
    written.map_err(|failed| Failure::Write(error(&failed.why, lang)))
}
