//! How are many files told in few lines? By their folders.

use super::flow::{Bit, Flow, Room, path};
use super::more;
use crate::output::encode::{clip, terminal_path};
use crate::phrase::{Lang, Message, Piece};
use crate::report::{Finding, Outcome};
use crate::repository::RepoPath;
use std::collections::BTreeMap;

/// Up to so many files are listed one by one.
const FEW: usize = 6;
/// As many folders are named.
const FOLDERS: usize = 20;
/// As many files of a folder are named.
const NAMES: usize = 6;
/// Names are cut to so many characters.
const NAME: usize = 80;
/// As many characters of names are shown of a folder, from the second name on.
const LETTERS: usize = 160;

/// Findings by folder.
pub(super) struct Folders {
    /// whether these are the findings that are not shown one by one
    pub(super) rest: bool,
    pub(super) count: usize,
    pub(super) rows: Vec<Row>,
    /// how many folders are not named
    pub(super) more: Option<String>,
}

/// A folder.
pub(super) struct Row {
    pub(super) folder: Flow,
    pub(super) count: usize,
    pub(super) names: Vec<Flow>,
    pub(super) more: Option<String>,
}

/// Whether these are many findings about whole files that say the same of each.
pub(super) fn differ_by_name_only(outcome: &Outcome, lang: Lang) -> bool {
    let findings = outcome.verdict.findings();
    let whole = |finding: &Finding| {
        finding.place.path.is_some() && finding.place.span.is_none() && finding.stands_for.is_none()
    };
    if findings.len() <= FEW || !findings.iter().all(whole) {
        return false;
    }
    let mut shapes = findings.iter().map(|finding| shape(finding, finding.message(&outcome.rule, lang)));
    let first = shapes.next();
    shapes.all(|shape| Some(shape) == first)
}

/// A message without the names of what it is about; names of files may be all there is to a name.
fn shape(finding: &Finding, mut message: Message) -> Message {
    let own = finding.place.path.as_ref().map(RepoPath::untrusted);
    for piece in &mut message.0 {
        if let Piece::Foreign(foreign) = piece
            && (*foreign == finding.called || Some(&*foreign) == own.as_ref())
        {
            *piece = Piece::Own("…".to_owned());
        }
    }
    message
}

/// All findings of a rule.
pub(super) fn all(findings: &[Finding], room: &mut Room, lang: Lang) -> Folders {
    by_folder(&findings.iter().collect::<Vec<_>>(), false, room, lang)
}

/// Those findings of a rule that are not shown.
pub(super) fn rest(findings: &[&Finding], room: &mut Room, lang: Lang) -> Folders {
    by_folder(findings, true, room, lang)
}

fn by_folder(findings: &[&Finding], rest: bool, room: &mut Room, lang: Lang) -> Folders {
    let paths: Vec<&RepoPath> = findings.iter().filter_map(|finding| finding.place.path.as_ref()).collect();
    let mut folders = grouped(&paths, usize::MAX);
    // Many folders are told by their first two names.
    if folders.len() > FOLDERS {
        folders = grouped(&paths, 2);
    }
    let mut rows: Vec<(Vec<u8>, Vec<&RepoPath>)> = folders.into_iter().collect();
    rows.sort_by_key(|(_, paths)| std::cmp::Reverse(paths.len()));
    let told = rows.iter().take(FOLDERS).map(|(_, paths)| row(paths, lang));
    let told: Vec<Row> = told.take_while(|row| room.take(row.names.iter().chain([&row.folder]))).collect();
    Folders { rest, count: findings.len(), more: more(rows.len() - told.len(), lang), rows: told }
}

fn grouped<'p>(paths: &[&'p RepoPath], depth: usize) -> BTreeMap<Vec<u8>, Vec<&'p RepoPath>> {
    let mut folders: BTreeMap<Vec<u8>, Vec<&RepoPath>> = BTreeMap::new();
    for path in paths {
        let names: Vec<&[u8]> = path.folder().split(|byte| *byte == b'/').take(depth).collect();
        folders.entry(names.join(&b'/')).or_default().push(path);
    }
    folders
}

/// The folder that all of these lie in, and their names below it.
fn row(paths: &[&RepoPath], lang: Lang) -> Row {
    let folder = common(paths);
    let mut names: Vec<String> = paths
        .iter()
        .map(|path| {
            let below = path.as_bytes().get(folder.len()..).unwrap_or_default();
            clip(&terminal_path(&RepoPath::new(below.strip_prefix(b"/").unwrap_or(below))), NAME)
        })
        .collect();
    names.dedup();
    let all = names.len();
    let mut letters = 0;
    let fits = |name: &&String| {
        letters += name.chars().count();
        letters <= LETTERS
    };
    let fitting = names.iter().take(NAMES).take_while(fits).count().max(1);
    names.truncate(fitting);
    let shown = if folder.is_empty() { b"./".to_vec() } else { [&folder[..], b"/"].concat() };
    Row {
        folder: path(&RepoPath::new(shown), None),
        count: paths.len(),
        more: more(all.saturating_sub(names.len()), lang),
        names: names.into_iter().map(|name| vec![Bit::Text(name)]).collect(),
    }
}

/// The longest folder that all of these lie in.
fn common(paths: &[&RepoPath]) -> Vec<u8> {
    let mut folders = paths.iter().map(|path| path.folder().split(|byte| *byte == b'/').collect::<Vec<_>>());
    let first = folders.next().unwrap_or_default();
    let shared = folders.fold(first.len(), |shared, other| {
        first.iter().zip(&other).take(shared).take_while(|(one, other)| one == other).count()
    });
    first.into_iter().take(shared).collect::<Vec<_>>().join(&b'/')
}

#[cfg(test)]
mod tests {
    use super::super::flow::tests::seen as pieces;
    use super::*;

    fn seen(flow: &[Bit]) -> String {
        pieces(flow).replace(['{', '}'], "").replace("<wbr>", "")
    }

    fn told(paths: &[RepoPath], depth: usize) -> Vec<String> {
        let paths: Vec<&RepoPath> = paths.iter().collect();
        grouped(&paths, depth)
            .values()
            .map(|paths| {
                let row = row(paths, Lang::En);
                let more = row.more.map(|more| format!(" {more}")).unwrap_or_default();
                let names: Vec<String> = row.names.iter().map(|name| seen(name)).collect();
                format!("{} {}: {}{more}", seen(&row.folder), row.count, names.join(", "))
            })
            .collect()
    }

    #[test]
    fn files_by_folder() {
        let paths: Vec<RepoPath> = ["a.py", "src/b.py", "src/c/d/e.py", "src/c/f.py"].map(RepoPath::from).to_vec();
        assert_eq!(told(&paths, usize::MAX), ["./ 1: a.py", "src/ 1: b.py", "src/c/ 1: f.py", "src/c/d/ 1: e.py"]);
        assert_eq!(told(&paths, 2), ["./ 1: a.py", "src/ 1: b.py", "src/c/ 2: d/e.py, f.py"]);
        let many: Vec<RepoPath> = (0..9).map(|number| RepoPath::from(format!("x/{number}").as_str())).collect();
        assert_eq!(told(&many, 2), ["x/ 9: 0, 1, 2, 3, 4, 5 and 3 more"]);
        let deep: Vec<RepoPath> = ["a/b/c/d/1", "a/b/c/e/2"].map(RepoPath::from).to_vec();
        assert_eq!(told(&deep, 2), ["a/b/c/ 2: d/1, e/2"]);
        let long: Vec<RepoPath> =
            (0..3).map(|number| format!("x/{number}{}", "y".repeat(70)).as_str().into()).collect();
        assert_eq!(told(&long, 2), [format!("x/ 3: 0{0}, 1{0} and 1 more", "y".repeat(70))]);
        let twice = vec![RepoPath::from("x/a"); 3];
        assert_eq!(told(&twice, 2), ["x/ 3: a"], "several findings in one file");
    }
}
