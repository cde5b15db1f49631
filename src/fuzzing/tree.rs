//! What must hold of a whole check, whatever the tree?

use super::encoders::harmless;
use super::parts;
use crate::judge;
use crate::output::{self, text::Style};
use crate::phrase::Lang;
use crate::policy::{self, Circumstances};
use crate::reading::Readings;
use crate::repository::{Limits, Options, Repository, fuzzing, is_path, native};
use crate::rule::{self, Rule, Severity};
use crate::waiver::{self, Waivers};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// No more files of one tree.
const FILES: usize = 60;
/// What lies beside the tree, and in no report.
const SECRET: &str = "hunter2hunter2 lies outside";

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rule::shipped().expect("the rules that ship are sound"));

/// Writes a tree: parts divided by the byte 0xFE, each a path, the byte 0xFF and the text of the file; where the path
/// begins with `@`, a link, and the text is where it leads.
fn write(root: &Path, data: &[u8]) {
    for part in parts(data).take(FILES) {
        let at = memchr::memchr(0xff, part).unwrap_or(part.len());
        let (path, text) = part.split_at(at);
        let text = text.get(1..).unwrap_or_default();
        let link = path.strip_prefix(b"@");
        let path = link.unwrap_or(path);
        if !is_path(path) || path.len() > 200 {
            continue;
        }
        let place = root.join(native::path_of(path));
        // A file where a folder should be, or the other way round, is no tree.
        let _ = place.parent().map(fs::create_dir_all);
        if link.is_some() {
            let _ = fuzzing::symlink(&native::path_of(text), &place);
        } else if !place.is_symlink() && place.parent().is_some_and(|parent| inside(parent, root)) {
            let _ = fs::write(place, text);
        }
    }
}

/// Whether no folder on the way is a link, so that nothing is written elsewhere.
fn inside(folder: &Path, root: &Path) -> bool {
    folder.ancestors().take_while(|folder| *folder != root).all(|folder| !folder.is_symlink())
}

/// A small tree without git: a check of it ends with a report that is whole and harmless, and tells
/// nothing of what lies outside.
pub(super) fn tree(scratch: &Path, data: &[u8]) {
    let root = scratch.join("tree");
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(&root).expect("a folder for this test");
    fs::write(scratch.join("secret"), SECRET).expect("a file for this test");
    write(&root, data);
    let as_of = jiff::civil::date(2026, 11, 22);
    let options = Options { as_of, rev: None, limits: Limits::default(), worker: None };
    let Ok(mut repo) = Repository::open(&root, options) else { return };
    let Ok(found) = policy::from_repository(&repo, None, &RULES) else { return };
    let policy = found.policy;
    repo.leave_out(|path| policy.excludes(path));
    let readings = Readings::new(&repo);
    let candidates = policy.candidates(&RULES);
    let mut told = judge::ask_first(&readings, &policy.needs(&candidates), &candidates, true);
    let mut take = |name| told.remove(name).flatten();
    let here = Circumstances { kind: take("kind"), life_cycle: take("life-cycle") };
    let waivers = Waivers::new(&policy.waivers, policy.inline_waivers, &RULES);
    let settled = policy.settle(RULES.to_vec(), &here);
    let later = (waiver::SUBJECT, |outcomes: &mut [crate::report::Outcome]| waivers.apply(outcomes, &readings));
    let head = !policy.is_narrow();
    let mut report = judge::judge_in_two_steps(&readings, settled.asked, "tree".into(), &policy.name, head, later);
    report.add_skipped(settled.switched_off);
    let all: usize = Severity::ALL.iter().map(|severity| report.count(*severity)).sum();
    // The encoders have targets of their own, which are many times faster.
    let lang = if data.len().is_multiple_of(2) { Lang::En } else { Lang::De };
    let json = output::json::render(&report, lang);
    assert_eq!(json.matches("\"fingerprint\":").count(), all + report.waived(), "{json}");
    let style = Style { lang, verbose: true, ..Style::default() };
    let (text, sarif) = (output::text::render(&report, &style), output::sarif::render(&report, lang, None));
    for (format, output) in [("json", json), ("text", text), ("sarif", sarif)] {
        harmless(format, &output);
        assert!(!output.contains(SECRET), "{format}");
    }
}
