//! scratch
use civiclint::reading::source;
use civiclint::repository::RepoPath;
fn main() {
    for root in std::env::args().skip(1) {
        println!("== {root}");
        let out = std::process::Command::new("git").args(["-C", &root, "ls-files", "-z"]).output().unwrap();
        for path in out.stdout.split(|b| *b == 0).filter(|p| !p.is_empty()) {
            let name = String::from_utf8_lossy(path).into_owned();
            let low = name.to_lowercase();
            if ["test/", "tests/", "__tests__", "/dist/", "node_modules", "example", "/build/", "e2e", "spec."].iter().any(|w| low.contains(w)) || low.starts_with("build/") { continue; }
            let Ok(text) = std::fs::read_to_string(format!("{root}/{name}")) else { continue };
            for u in source::uses(&RepoPath::new(path), &text) {
                println!("{name}:{}:{}-{} {:?} {} [{:?}{}] {}{}", u.line, u.column, u.end_column, u.is, u.called, u.evidence, match u.awaits { source::Awaits::Nothing => String::new(), ref o => format!(" {o:?}") }, u.address.path.chars().take(60).collect::<String>(), if u.address.query.is_empty() {""} else {"?.."});
            }
        }
    }
}
