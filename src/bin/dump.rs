#![allow(missing_docs, clippy::all)]
use civiclint::reading::{document::{Document, Format}, Readings};
use civiclint::repository::{Repository, Options, Limits};
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args[0].as_str() {
        "doc" => for path in &args[1..] {
            let text = std::fs::read(path).unwrap();
            let text = String::from_utf8_lossy(&text);
            let p = civiclint::repository::RepoPath::from(path.as_str());
            let t = std::time::Instant::now();
            let d = Document::read(&p, Format::of(&p), &text);
            println!("== {path} {:?} {:?} words {} lines {}", d.format, t.elapsed(), d.words(), d.lines);
            for h in &d.headings { println!("H{} {}: {} #{}", h.level, h.line, h.text, h.anchor); }
            for p in &d.prose { println!("{:?} {}: {:?} words {} code {:?} linked {:?}", p.kind, p.line, p.text, p.words(), p.code, p.linked); }
            for l in &d.links { println!("L {}: {} <- {:?} img {}", l.line, l.url, l.text, l.image); }
            for l in &d.images { println!("I {}: {} {:?}", l.line, l.url, l.alt); }
            for l in &d.code_blocks { println!("C {}: [{}] {:?}", l.line, l.language, l.text); }
        },
        "time" => for path in &args[1..] {
            let text = std::fs::read(path).unwrap();
            let text = String::from_utf8_lossy(&text);
            let p = civiclint::repository::RepoPath::from(path.as_str());
            let t = std::time::Instant::now();
            let d = Document::read(&p, Format::of(&p), &text);
            let e = t.elapsed();
            let t = std::time::Instant::now();
            let w = d.words(); let s = d.sections().filter(|s| s.says_something()).count();
            let c = civiclint::reading::contact::ways(&d).len(); let i = civiclint::reading::commands::installs(&d);
            println!("{path} read {e:?} then {:?} ({w} {s} {c} {i:?}) prose {} links {} headings {}", t.elapsed(), d.prose.len(), d.links.len(), d.headings.len());
        },
        "template" => for path in &args[1..] {
            let text = std::fs::read(path).unwrap();
            let text = String::from_utf8_lossy(&text);
            let p = civiclint::repository::RepoPath::from("x.md");
            let d = Document::read(&p, Format::Markdown, &text);
            println!("# {path} {:?}", civiclint::reading::template::own(&d));
            for s in civiclint::reading::template::sentences_of(&d) { if let Some(f) = civiclint::reading::template::fingerprint(s) { println!("{f:016x} {:?}", s); } }
        },
        _ => for path in &args {
            let t = std::time::Instant::now();
            let repo = Repository::open(std::path::Path::new(path), Options { as_of: "2026-11-22".parse().unwrap(), rev: None, limits: Limits::default(), worker: None, history_since: None }).ok().unwrap();
            let r = Readings::new(&repo);
            let _ = r.corpus();
            println!("=== {path} {:?} files {} docs {} readmes {:?} unread {}", t.elapsed(), repo.files().len(), r.corpus().documents().count(), r.corpus().readmes().map(|d| format!("{:?}", d.path)).collect::<Vec<_>>(), r.corpus().unread().len());
            if std::env::var("DOCS").is_ok() { for f in repo.files() { if f.path.lower().contains("contrib") { println!("{f:?}"); } } for d in r.corpus().documents() { println!("  doc {:?} {}", d.path, d.words()); } }
            for room in civiclint::signals::ROOMS { for w in room.whole { println!("  {} = {:?}", w.signal.name, (w.answer)(&r)); } for s in room.subjects { for o in (s.look)(&r) { println!("  {} {:?} {:?}", s.name, o.called, o.readings); } } }
            for l in repo.losses() { println!("  LOSS {:?} {:?}", l.path, l.why); }
        }
    }
}
