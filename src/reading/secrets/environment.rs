//! Which settings of a `.env` file are credentials that open something elsewhere?
//!
//! Such files are committed for good reasons too: addresses, switches, public keys, and the passwords of containers on
//! everybody's own machine. What counts is a value that a stranger could use.

use super::table::TABLE;
use super::value::{Worth, is_local, is_placeholder, worth};
use crate::repository::RepoPath;
use std::ops::Range;

/// A line `NAME=value`.
struct Setting<'t> {
    /// where the name stands in the text
    at: Range<usize>,
    name: &'t str,
    /// the name in capitals, its words parted by one blank
    words: String,
    value: &'t str,
}

/// A setting whose value is a credential; the value itself is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// the bytes of the name
    pub at: Range<usize>,
    /// the name of the setting
    pub name: String,
}

/// Whether a file is one of settings of an environment: `.env`, `.env.production`, `backend.env`, `.envrc`.
pub fn is_environment(path: &RepoPath) -> bool {
    let name = path.name_lower();
    let name = name.as_str();
    name == ".env"
        || name.starts_with(".env_")
        || name == ".envrc"
        || name.starts_with(".env.")
        || name.starts_with(".env-")
        || name.ends_with(".env")
}

/// Whether its name says that it is to be copied and filled in.
pub fn is_template(path: &RepoPath) -> bool {
    parts(&path.name_lower()).any(|part| TABLE.test_like.template.iter().any(|word| word == part))
}

/// The credentials of such a file. `name` is the file's, which may say where it is used.
pub fn secrets(name: &str, text: &str) -> Vec<Secret> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        let at = start;
        start += line.len();
        (line, at)
    });
    let settings: Vec<Setting<'_>> = lines.filter_map(|(line, at)| setting(line, at)).collect();
    let real = is_used_for_real(name, &settings);
    settings
        .iter()
        .filter(|setting| is_secret(setting, &settings, real))
        .map(|setting| Secret { at: setting.at.clone(), name: setting.name.to_owned() })
        .collect()
}

fn setting(whole: &str, start: usize) -> Option<Setting<'_>> {
    let line = whole.trim_start();
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, value) = line.split_once('=')?;
    let name = name.trim_end();
    let of_a_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
    if name.is_empty()
        || name.len() > 80
        || name.starts_with(|first: char| first.is_ascii_digit())
        || !name.bytes().all(of_a_name)
    {
        return None;
    }
    let value = value.trim();
    let value = match value.chars().next() {
        Some(quote @ ('"' | '\'' | '`')) => value.get(1..)?.split(quote).next().unwrap_or_default(),
        _ => value.split(" #").next().unwrap_or_default().trim_end(),
    };
    let words = parts(&name.to_ascii_uppercase()).collect::<Vec<_>>().join(" ");
    let at = start + whole.find(name)?;
    Some(Setting { at: at..at + name.len(), name, words, value })
}

fn is_secret(setting: &Setting<'_>, settings: &[Setting<'_>], real: bool) -> bool {
    let names = &TABLE.names;
    if names.published.iter().any(|start| setting.name.starts_with(start.as_str())) {
        return false;
    }
    if let Some((user, password, host)) = login(setting.value) {
        return !is_local(host) && password != user && worth(password) > Worth::Nothing && !is_placeholder(host);
    }
    let says_secret = holds_any(&setting.words, &names.secret);
    let is_public = holds_any(&setting.words, &names.public);
    let is_about = names.about.iter().any(|word| ends_with(&setting.words, word));
    if !says_secret || is_public || is_about {
        return false;
    }
    let opens_elsewhere = || settings.iter().any(|other| is_host_of(other, setting));
    let is_own = || {
        let bare =
            setting.words.split_once(' ').filter(|(first, _)| names.own_prefixes.iter().any(|word| word == first));
        names.own.iter().any(|own| *own == setting.words || bare.is_some_and(|(_, bare)| bare == own))
            || names.own_ends.iter().any(|end| ends_with(&setting.words, end))
    };
    match worth(setting.value) {
        Worth::Nothing => false,
        Worth::Word => holds_any(&setting.words, &names.password) && opens_elsewhere(),
        Worth::Random if is_own() => real,
        Worth::Random if holds_any(&setting.words, &names.password) => real || opens_elsewhere(),
        Worth::Random => true,
    }
}

/// Whether a setting names the host, not on the same machine, that another one is the password for: `SMTP_HOST`,
/// `SMTP_PASSWORD`.
fn is_host_of(host: &Setting<'_>, secret: &Setting<'_>) -> bool {
    let subject = |words: &str| words.rsplit_once(' ').map(|(subject, _)| subject.to_owned());
    let names_host =
        ["HOST", "SERVER", "URL", "URI", "ENDPOINT", "ADDRESS"].iter().any(|word| ends_with(&host.words, word));
    let address = address(host.value);
    names_host
        && subject(&host.words).is_some_and(|of| subject(&secret.words).is_some_and(|to| of == to))
        && !is_local(address)
        && !is_placeholder(address)
}

/// Whether a file of settings is one of a service that runs for others, and not on somebody's own machine.
fn is_used_for_real(name: &str, settings: &[Setting<'_>]) -> bool {
    let table = &TABLE.r#use;
    let real = |word: &str| table.real.iter().any(|real| real == word);
    let named = parts(name).any(real);
    let staged = |setting: &&Setting<'_>| table.stage.contains(&setting.words);
    let stages: Vec<String> = settings.iter().filter(staged).map(|setting| setting.value.to_lowercase()).collect();
    let reached = settings.iter().filter(|setting| table.address.contains(&setting.words)).any(|setting| {
        let host = address(setting.value);
        !is_local(host) && !is_placeholder(host)
    });
    match stages.first() {
        Some(_) => stages.iter().any(|stage| real(stage)),
        None => named || reached,
    }
}

/// User, password and host of an address that holds all three.
fn login(value: &str) -> Option<(&str, &str, &str)> {
    let (_, rest) = value.split_once("://")?;
    let (login, rest) = rest.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let host = rest.split(['/', '?', ',']).next()?;
    (!password.is_empty() && !password.contains('/')).then_some((user, password, host))
}

/// The host of an address, with or without its scheme.
fn address(value: &str) -> &str {
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    rest.split(['/', '?', ',', ' ']).next().unwrap_or_default()
}

fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(['.', '_', '-']).filter(|part| !part.is_empty())
}

/// Whether one of the rows stands in the name as whole words.
fn holds_any(words: &str, rows: &[String]) -> bool {
    let padded = format!(" {words} ");
    rows.iter().any(|row| padded.contains(&format!(" {row} ")))
}

fn ends_with(words: &str, word: &str) -> bool {
    words.strip_suffix(word).is_some_and(|before| before.is_empty() || before.ends_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Vec<String> {
        let found = secrets(name, text);
        assert!(found.iter().all(|secret| text.get(secret.at.clone()) == Some(&secret.name)), "{text}");
        found.into_iter().map(|secret| secret.name).collect()
    }

    const RANDOM: &str = "f3a9c07be1d4426895ab00cd17ef5a3b";

    #[test]
    fn what_opens_something() {
        for (name, text, wanted) in [
            (".env", format!("A=1\nexport STRIPE_SECRET_KEY=\"{RANDOM}\" # pay\n"), &["STRIPE_SECRET_KEY"][..]),
            (".env", format!("MAIL_API_TOKEN='{RANDOM}'"), &["MAIL_API_TOKEN"]),
            (".env", "SMTP_HOST=mail.stadt-musterhausen.de\nSMTP_PASSWORD=Apfelbaum7".into(), &["SMTP_PASSWORD"]),
            (".env", "DATABASE_URL=postgres://web:Apfelbaum7@db.musterhausen.de:5432/web".into(), &["DATABASE_URL"]),
            (".env.production", format!("SECRET_KEY={RANDOM}"), &["SECRET_KEY"]),
            (".env", format!("APP_ENV=production\nAPP_KEY={RANDOM}"), &["APP_KEY"]),
            (".env", format!("ALLOWED_HOSTS=baum.musterhausen.de\nDB_PASSWORD={RANDOM}"), &["DB_PASSWORD"]),
        ] {
            assert_eq!(found(name, &text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_left_alone() {
        for (name, text) in [
            (".env", "# PASSWORD=x\n\nnonsense\n=5\nA B=c\n1X=2".to_owned()),
            (".env", "POSTGRES_USER=postgres\nPOSTGRES_PASSWORD=postgres\nDB_HOST=localhost".into()),
            (".env", "DB_HOST=db\nDB_PASSWORD=Apfelbaum7".into()),
            (".env", format!("DB_HOST=localhost\nDB_PASSWORD={RANDOM}")),
            (".env", "SMTP_HOST=mail.musterhausen.de\nDB_PASSWORD=Apfelbaum7".into()),
            (".env", "API_TOKEN=\nAPI_SECRET=''\nAPI_KEY=changeme".into()),
            (".env", format!("VITE_API_KEY={RANDOM}\nNEXT_PUBLIC_TOKEN={RANDOM}")),
            (".env", "MAPBOXKEY=pk.eyJ1Ijoib2ZmaWNlIn0.a1b2c3d4e5f6a7b8c9\nSERVER=http://baum.musterhausen.de".into()),
            (
                ".env",
                format!("SUPABASE_ANON_KEY={RANDOM}\nAWS_ACCESS_KEY_ID={RANDOM}\nSENTRY_AUTH_TOKEN_FILE={RANDOM}"),
            ),
            (".env", format!("APP_ENV=dev\nAPP_SECRET={RANDOM}")),
            (".env", format!("SECRET_KEY={RANDOM}")),
            (".env", format!("ENV=local\nDOMAIN=baum.musterhausen.de\nDJANGO_SECRET_KEY={RANDOM}")),
            (".env", "DATABASE_URL=postgres://postgres:postgres@localhost:5432/app".into()),
            (".env", "DATABASE_URL=postgres://app:app@db.musterhausen.de/app".into()),
            (".env", "DATABASE_URL=postgres://user:password@db.musterhausen.de/app".into()),
            (".env", "HOMEPAGE=https://musterhausen.de/@office:news".into()),
            (".env", "PASSWORD_MIN_LENGTH=12\nTOKEN_TTL=3600".into()),
            (".env", "TOKEN=${CI_JOB_TOKEN}\nSECRET=`pass show x`".into()),
        ] {
            assert_eq!(found(name, &text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn names_of_files() {
        for (path, environment, template) in [
            (".env", true, false),
            ("a/.env.production", true, false),
            ("docker/web.env", true, false),
            (".envrc", true, false),
            (".env_mail", true, false),
            (".env.example", true, true),
            (".env.production.sample", true, true),
            ("sample.env", true, true),
            (".env-dist", true, true),
            (".environment", false, false),
            ("env.py", false, false),
            ("src/environment.ts", false, false),
        ] {
            let path = RepoPath::from(path);
            assert_eq!((is_environment(&path), is_template(&path)), (environment, template), "{path:?}");
        }
    }

    #[test]
    fn rows_are_written_as_names_are_compared() {
        let (names, used) = (&TABLE.names, &TABLE.r#use);
        for row in [&names.secret, &names.public, &names.about, &names.own, &names.password, &used.stage, &used.address]
        {
            for words in row {
                assert_eq!(*words, parts(&words.replace(' ', "_")).collect::<Vec<_>>().join(" ").to_uppercase());
            }
        }
    }

    #[test]
    fn every_row_of_names_has_its_effect() {
        let names = &TABLE.names;
        let line = |words: &str| format!("APP_ENV=production\nX_{}={RANDOM}", words.replace(' ', "_"));
        for words in &names.secret {
            assert_eq!(found(".env", &line(words)).len(), 1, "{words}");
        }
        for words in &names.public {
            assert!(found(".env", &line(&format!("{words} SECRET"))).is_empty(), "{words}");
        }
        for words in &names.about {
            assert!(found(".env", &line(&format!("SECRET {words}"))).is_empty(), "{words}");
        }
        for start in &names.published {
            assert!(found(".env", &format!("{start}SECRET={RANDOM}")).is_empty(), "{start}");
        }
        for words in &names.own_ends {
            let name = words.replace(' ', "_");
            assert!(found(".env", &format!("KIEZ_{name}={RANDOM}")).is_empty(), "{words}");
            assert_eq!(found(".env.production", &format!("KIEZ_{name}={RANDOM}")).len(), 1, "{words}");
        }
        for words in &names.own {
            let name = words.replace(' ', "_");
            assert!(found(".env", &format!("{name}={RANDOM}")).is_empty(), "{words}");
            for prefix in &names.own_prefixes {
                assert!(found(".env", &format!("{prefix}_{name}={RANDOM}")).is_empty(), "{prefix} {words}");
            }
        }
    }
}
