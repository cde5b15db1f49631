//! Which tags are versions?
//!
//! Versions as SemVer (semver.org) and CalVer (calver.org) write them, alone or behind a word or the name of a package:
//! `v1.2`, `release-1.4`, `curl-8_7_1`, `@scope/pkg@1.2.3`, `cli/v1.2.3`, `v1.2.3/module`, `2024-05-01`. A tag that
//! marks a deployment, a backup or a test is none, though it may hold a number.

use super::version::Version;
use serde::Deserialize;
use std::sync::LazyLock;

/// A tag that is a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionTag {
    /// the package it is a version of, in lower case: `cli`, `@scope/pkg`, `curl`; `None` where the tag names none
    pub package: Option<String>,
    /// the version
    pub version: Version,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    release: Vec<String>,
    never: Vec<String>,
    moment: Vec<String>,
    platform: Vec<String>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("version-tags.toml")).expect("a test parses the table"));

/// No name of a version is longer, in bytes.
const LONGEST: usize = 120;

impl VersionTag {
    /// Reads the name of a tag, without `refs/tags/`; `None` where it is no version.
    pub fn read(name: &str) -> Option<Self> {
        if name.len() > LONGEST {
            return None;
        }
        let lower = name.trim().to_ascii_lowercase();
        let behind = lower.char_indices().filter(|(_, c)| "-_@/ ".contains(*c)).map(|(at, _)| at);
        for at in std::iter::once(None).chain(behind.map(Some)) {
            let (package, rest) = match at {
                Some(at) => (lower.get(..at)?, lower.get(at + 1..)?),
                None => ("", lower.as_str()),
            };
            if let Some(found) = Self::parted(package, rest, at.and_then(|at| lower.get(at..=at))) {
                return Some(found);
            }
        }
        // `v1.2.3/module`
        let (version, module) = lower.split_once('/')?;
        let tells = module.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_any(module, &TABLE.never);
        let version = read_number(version).filter(|_| tells)?.version;
        Some(Self { package: Some(module.to_owned()), version })
    }

    /// Reads a tag as the name of a package (perhaps none), a separator, and a version.
    fn parted(package: &str, rest: &str, separator: Option<&str>) -> Option<Self> {
        let number = read_number(rest)?;
        let package = package.trim_end_matches(['-', '_', '@', '/', ' ']);
        if separator.is_some() && package.is_empty() || is_any(package, &TABLE.never) || package == "pre" {
            return None;
        }
        let last = package.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let is_word = |words: &[String]| words.iter().any(|word| word == last);
        let named = package.is_empty() || is_word(&TABLE.release);
        let folder = matches!(separator, Some("/" | "@"));
        let full = number.numbers >= 3 && !number.version.is_date();
        let enough = match number.shape {
            Shape::Single => named && !package.is_empty(),
            Shape::Marked => named || folder,
            Shape::Date | Shape::Dotted => true,
            // `module_1_2`: two numbers behind a name might be anything
            Shape::Joined => named || full || number.version.is_date() || separator == Some("-") && rest.contains('_'),
        };
        let is_moment = is_any(package, &TABLE.moment) && !full;
        let of_platform = TABLE.platform.iter().any(|word| word == package) && !full;
        if !enough || is_moment || of_platform {
            return None;
        }
        let own = if named { package.strip_suffix(last).unwrap_or_default() } else { package };
        let own = own.trim_end_matches(['-', '_', '@', '/', ' ']);
        let package = Some(own).filter(|own| !own.is_empty() && !is_release(own)).map(str::to_owned);
        Some(Self { package, version: number.version })
    }
}

fn is_release(word: &str) -> bool {
    TABLE.release.iter().any(|one| one == word)
}

/// Whether one of the words of a text is in a list.
fn is_any(text: &str, words: &[String]) -> bool {
    text.split(|c: char| !c.is_ascii_alphanumeric()).any(|part| {
        let bare = part.trim_end_matches(|c: char| c.is_ascii_digit());
        words.iter().any(|word| word == part || word == bare)
    })
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `42`: a version only behind a word that says so
    Single,
    /// `v42`
    Marked,
    /// `1.2.3`
    Dotted,
    /// `1_2_3`
    Joined,
    /// `2024-05-01`, `20240501`
    Date,
}

struct Number {
    version: Version,
    shape: Shape,
    numbers: usize,
}

/// Reads what remains when the name of the package is taken off; all in lower case.
fn read_number(text: &str) -> Option<Number> {
    let mut marks = ["version", "ver", "v", "release", "rel", "r", "tag"].iter();
    let marked = marks.find_map(|mark| text.strip_prefix(*mark));
    let rest = marked.map_or(text, |rest| rest.trim_start_matches(['.', '-', '_']));
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (numbers, separator, tail) = run(rest);
    let shape = match (numbers.as_slice(), separator) {
        ([one], _) if is_day(one) => Shape::Date,
        ([_], _) if marked.is_some() => Shape::Marked,
        ([_], _) => Shape::Single,
        (_, Some('.')) => Shape::Dotted,
        (_, Some('-')) => Shape::Date,
        _ => Shape::Joined,
    };
    let dashed = separator == Some('-');
    // `9a8b7c6d` is a hash
    let whole = numbers.len() > 1 || !tail.starts_with(|c: char| c.is_ascii_alphabetic());
    let plausible = whole
        && !ends_with_year(&numbers)
        && (!dashed || starts_with_year(&numbers) && numbers.iter().skip(1).all(|part| part.len() <= 3))
        && !(shape == Shape::Date && is_time(tail));
    let bare = numbers.join(".");
    // `1.0-3` of R, `3.4-1` of Debian, `20171130-2`
    let most = if shape == Shape::Date { 3 } else { 5 };
    let revision = tail.strip_prefix(['-', '_']).filter(|part| is_number(part) && part.len() <= most);
    let exact = match revision {
        Some(revision) => format!("v{bare}.{revision}"),
        None => format!("v{bare}{tail}"),
    };
    let version = Version::read(&exact)
        .or_else(|| pre_release(&bare, tail).filter(|_| numbers.len() >= 3))
        .filter(|_| plausible && !is_any(tail, &TABLE.never))?;
    Some(Number { version, shape, numbers: numbers.len() })
}

/// The numbers at the beginning of a text, what stands between them, and what follows.
fn run(text: &str) -> (Vec<&str>, Option<char>, &str) {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (first, mut rest) = text.split_at(digits(text));
    let mut numbers = vec![first];
    let mut separator = None;
    while let Some(next) = rest.chars().next().filter(|c| ".-_".contains(*c) && separator.is_none_or(|own| own == *c)) {
        let behind = rest.get(1..).unwrap_or_default();
        let end = digits(behind);
        let starts_version = separator.is_some() || next != '-' || starts_with_year(&numbers) && first.len() == 4;
        let whole = behind.get(end..).is_none_or(|after| !after.starts_with(|c: char| c.is_ascii_alphabetic()));
        if end == 0 || !starts_version || next != '.' && !whole {
            break;
        }
        separator = Some(next);
        numbers.push(behind.get(..end).unwrap_or_default());
        rest = behind.get(end..).unwrap_or_default();
    }
    (numbers, separator, rest)
}

/// `1.2.3-anything.4`: what SemVer (item 9) calls a version on the way to `1.2.3`, whatever the words are.
fn pre_release(numbers: &str, tail: &str) -> Option<Version> {
    let words = tail.strip_prefix('-')?;
    let sound = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !words.split(['.', '+']).all(sound) {
        return None;
    }
    let mut version = Version::read(numbers)?;
    version.early = true;
    Some(version)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn within(text: &str, range: std::ops::RangeInclusive<u32>) -> bool {
    is_number(text) && text.parse().is_ok_and(|number| range.contains(&number))
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && within(text, 1990..=2099)
}

fn starts_with_year(numbers: &[&str]) -> bool {
    numbers.first().is_some_and(|first| is_year(first))
}

/// `20240501`
fn is_day(text: &str) -> bool {
    let parts = (text.get(..4), text.get(4..6), text.get(6..));
    matches!(parts, (Some(year), Some(month), Some(day))
        if is_year(year) && within(month, 1..=12) && within(day, 1..=31) && day.len() == 2)
}

/// `23.5.2019`, `28-02-2018`: the day of something, in an order that no version has.
fn ends_with_year(numbers: &[&str]) -> bool {
    matches!(numbers, [day, month, year] if is_year(year) && within(day, 1..=31) && within(month, 1..=31))
        || matches!(numbers, [month, year] if is_year(year) && within(month, 1..=12))
}

/// What follows a date says the hour: `T12-30`, `-1230`, `-143000`.
fn is_time(tail: &str) -> bool {
    let rest = tail.trim_start_matches(['t', '-', '_', '.', ' ']);
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    digits >= 4 || tail.starts_with('t') || digits > 0 && digits < rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str) -> Option<(Option<String>, bool)> {
        VersionTag::read(name).map(|tag| (tag.package, tag.version.early))
    }

    #[test]
    fn versions_of_the_whole() {
        for (name, same, early) in [
            ("1.2.3", "1.2.3", false),
            ("v1.2", "1.2", false),
            ("V.2.0", "2.0", false),
            ("v12", "v12", false),
            ("release-1.4", "1.4", false),
            ("release/v1.4.2", "1.4.2", false),
            ("release-42", "v42", false),
            ("stable-4548-1", "4548.1", false),
            ("rel_1_4", "1.4", false),
            ("8_7_1", "8.7.1", false),
            ("1.0-3", "1.0.3", false),
            ("2024.05.01", "2024.5.1", false),
            ("2024-05-01", "2024.5.1", false),
            ("2018-04", "2018.4", false),
            ("20240501", "v20240501", false),
            ("20171130-2", "20171130.2", false),
            ("2020-02-13_pre", "2020.2.13-pre", true),
            ("1.2.3-rc.1", "1.2.3-rc.1", true),
            ("v2.0b2", "2.0b2", true),
            ("1.2.3+build.5", "1.2.3", false),
            ("1.2.3.Final", "1.2.3", false),
            ("1.0.0-M1", "1.0.0-m1", true),
            ("1.2.3-apache", "1.2.3-dev", true),
            ("20.0.0rc1-fpm", "20.0.0rc1", true),
            ("r4.3.1", "4.3.1", false),
            ("rel1.4", "1.4", false),
            ("tag20230718.1", "20230718.1", false),
            ("v7.1-4837", "7.1.4837", false),
        ] {
            let tag = VersionTag::read(name).unwrap_or_else(|| panic!("{name} is a version"));
            assert_eq!((tag.package, tag.version.early), (None, early), "{name}");
            assert_eq!(Some(tag.version), Version::read(same), "{name}");
        }
    }

    #[test]
    fn versions_of_a_package() {
        for (name, package, same) in [
            ("pkg@1.2.3", "pkg", "1.2.3"),
            ("@scope/pkg@1.2.3", "@scope/pkg", "1.2.3"),
            ("cli/v1.2.3", "cli", "1.2.3"),
            ("cmd/tool/v2", "cmd/tool", "v2"),
            ("v1.2.3/module", "module", "1.2.3"),
            ("curl-8_7_1", "curl", "8.7.1"),
            ("curl-8_7", "curl", "8.7"),
            ("android-1.0.7", "android", "1.0.7"),
            ("tools/java-tools_1.1.0", "tools/java-tools", "1.1.0"),
            ("vista-r4.3.1-rc2", "vista", "4.3.1-rc2"),
            ("NRZ-2020-133", "nrz", "2020.133"),
            ("census-2015-v1.0.1", "census-2015", "1.0.1"),
            ("release/METEOR@1.4", "release/meteor", "1.4"),
            ("debian/3.4-1", "debian", "3.4.1"),
            ("openscad-2019.05", "openscad", "2019.5"),
            ("prod-1.4.2", "prod", "1.4.2"),
            ("django-1.11.4", "django", "1.11.4"),
            ("cli-release-1.2", "cli", "1.2"),
        ] {
            let tag = VersionTag::read(name).unwrap_or_else(|| panic!("{name} is a version"));
            assert_eq!(tag.package.as_deref(), Some(package), "{name}");
            assert_eq!(Some(tag.version), Version::read(same), "{name}");
        }
    }

    #[test]
    fn no_versions() {
        for name in [
            "",
            "v",
            "1",
            "latest",
            "nightly",
            "stable",
            "latest-v1",
            "v9-latest",
            "backup-caselaw",
            "latest_ldml_version",
            "norms-1-removed",
            "norms-frontend-removed",
            "build-1234",
            "build-2021.03.04",
            "nightly-2021-03-04",
            "nightly-20210304",
            "deployed-version-11-2015",
            "deploy-2021-03-04",
            "uchaguzi-deploy-3",
            "ECS-PREVIEW-SUCCESS-2023-08-01T12-30-11-1c",
            "2021-03-04T12-33",
            "2021-03-04-1430",
            "20210304-143000",
            "23.5.2019",
            "28-02-2018",
            "census-2015",
            "ruby-3",
            "django-1.11",
            "python3",
            "netcore2.0",
            "before-2.0.0",
            "pre-1.0.0",
            "1.2.3-before-upgrade",
            "test-venray-v3",
            "venray-2023-pr-4-v1",
            "demo-v2",
            "oss-740",
            "module_1_2",
            "vTest-CI2",
            "1.x",
            "1..2",
            "1a2b3c4",
            "release/9a8b7c6d",
            "sprint-12.1",
            "2-3",
            "es234_l234_k453",
            "v1.2.3/4",
            "1.9.1@24567",
            "ünïcödé-1",
        ] {
            assert_eq!(read(name), None, "{name}");
        }
        assert_eq!(read(&format!("{}-1.2.3", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn the_table_says_each_word_once() {
        let table = &*TABLE;
        let mut words: Vec<&String> =
            table.release.iter().chain(&table.never).chain(&table.moment).chain(&table.platform).collect();
        words.sort();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]) && words.iter().all(|w| **w == w.to_lowercase()));
    }
}
