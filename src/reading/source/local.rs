//! Which files does a program read by a path, or from a host that few can reach?
//!
//! Reported is what a call that reads is given, directly or by names within the file, and, because nothing else is
//! meant by it, the path of a person's home folder that is kept under a name that speaks of reading.

use super::code::Code;
use super::evidence::place;
use super::sites::words;
use super::token::Kind;
use super::value::{Argument, Evaluator, Names, Value};
use super::walk::Walked;
use super::{Awaits, Evidence, Is, Pin, Use};
use crate::reading::address::{Address, HOLE};
use crate::reading::calls::{self, Call, Reads};
use crate::reading::file_kinds::{self, FileKind};
use crate::reading::local_paths::{self, Reach};
use std::collections::BTreeSet;

/// So far back is looked for the name that a text is kept under, in tokens.
const FARTHEST: usize = 80;
/// So many uses of a name are followed.
const MOST: usize = 20;
/// So many paths that are kept under a name are looked at in one file.
const MOST_KEPT: usize = 100;
/// Longer texts are no paths.
const LONGEST: usize = 400;

/// Words that make a program worth a look: the beginnings of paths of one computer.
pub(super) fn telling() -> impl Iterator<Item = &'static str> {
    ["/home/", "/Users/", "/mnt/", "/media/", "/Volumes/", "/content/drive", "/scratch/", ":\\Users", ":\\\\Users"]
        .into_iter()
        .chain(["C:/", "D:/", "C:\\", "D:\\", "E:\\", "\"\\\\\\\\", "'\\\\\\\\"])
        .chain(["read_csv", "read.csv", "read_excel", "read_parquet", "readRDS", "st_read", "read_file(", "fread("])
}

/// The files that a program reads by their paths, and the hosts of private networks that it asks.
pub(super) fn reads(code: &Code<'_>, names: &Names, walked: &Walked) -> Vec<Use> {
    let has = |word: &str| memchr::memmem::find(code.text.as_bytes(), word.as_bytes()).is_some();
    let evaluator = Evaluator::new(code, names);
    let mut reader = Reader { code, met: BTreeSet::new(), uses: Vec::new() };
    let language = code.dialect.name();
    for site in &walked.sites {
        let row = calls::calls(language, &site.callee, &has);
        let loads = local_paths::loads(language, &site.callee);
        if !loads && row.is_none() {
            continue;
        }
        let arguments = evaluator.arguments(site.open);
        if writes(code, &arguments) {
            reader.met.extend(arguments.iter().flat_map(|argument| argument.start..argument.end));
            continue;
        }
        let mut position = 0;
        for argument in &arguments {
            let taken = row.is_some_and(|row| row.takes(position, argument.key))
                || loads && argument.key.map_or(position == 0, local_paths::is_key);
            if argument.key.is_none() {
                position += 1;
            }
            if taken {
                let (values, _) = evaluator.expression(argument.start, true);
                values.iter().for_each(|value| reader.value(value, row, loads));
            }
        }
    }
    reader.kept();
    reader.uses
}

/// Whether a call opens a file to write to it.
fn writes(code: &Code<'_>, arguments: &[Argument<'_>]) -> bool {
    let modes =
        arguments.iter().enumerate().filter(|(at, argument)| argument.key.map_or(*at == 1, |key| key == "mode"));
    modes.map(|(_, argument)| code.inner(argument.start)).any(|mode| {
        !mode.is_empty()
            && mode.len() <= 4
            && mode.bytes().all(|byte| b"rwabxtU+".contains(&byte))
            && mode.contains(['w', 'a', 'x'])
    })
}

struct Reader<'c, 't> {
    code: &'c Code<'t>,
    /// tokens of texts that are reported
    met: BTreeSet<usize>,
    uses: Vec<Use>,
}

impl Reader<'_, '_> {
    fn value(&mut self, value: &Value, row: Option<&Call>, loads: bool) {
        let text = value.text.trim();
        let Some(at) = value.anchor.filter(|_| !text.is_empty() && text.len() <= LONGEST) else { return };
        let reads = row.map(|row| row.reads);
        if let Some((_, address)) = Address::find(text) {
            let asks = matches!(reads, Some(Reads::Data | Reads::Web | Reads::Service));
            if asks
                && local_paths::of_host(&address.scheme, &address.host, &address.path).is_some()
                && !self.is_default(at)
            {
                let called = format!("{}://{}", address.scheme, address.host);
                self.push(at, called, address, Evidence::Call);
            }
            return;
        }
        if !loads && !matches!(reads, Some(Reads::Data)) || text.contains("://") {
            return;
        }
        let path = local_paths::slashed(text);
        if local_paths::of_path(&path).is_some() || is_data_in_the_tree(&path) {
            self.push(at, shown(&path), Address::default(), Evidence::Call);
        }
    }

    /// Whether a text stands in for a setting that people give.
    fn is_default(&self, at: usize) -> bool {
        let around = self.around(at);
        around.iter().any(|name| {
            let name = name.to_lowercase();
            ["env", "config", "setting", "option", "arg", "param", "prop"].iter().any(|part| name.contains(part))
        })
    }

    /// Paths of home folders that are kept under a name, or given to a call of the program's own.
    fn kept(&mut self) {
        let mut looked_at = 0;
        for at in 0..self.code.tokens.len() {
            if !matches!(self.code.kind(at), Some(Kind::Text(_))) || self.met.contains(&at) {
                continue;
            }
            let inner = self.code.inner(at);
            if inner.len() < 8 || inner.len() > LONGEST || !starts_like_a_home(inner) {
                continue;
            }
            let path = local_paths::slashed(inner);
            let in_brackets = at.checked_sub(1).is_some_and(|before| self.goes_on(before));
            if local_paths::of_path(&path) != Some(Reach::Home) || !in_brackets && self.code.is_docstring(at) {
                continue;
            }
            looked_at += 1;
            if looked_at > MOST_KEPT {
                break;
            }
            let around = self.around(at);
            let says: Vec<bool> = around.iter().filter_map(|name| local_paths::says(name)).collect();
            let written = || around.iter().any(|name| self.is_written(name));
            if says.contains(&true) && !says.contains(&false) && !written() {
                self.push(at, shown(&path), Address::default(), Evidence::Kept);
            }
        }
    }

    /// Whether a name is given to a call that writes.
    fn is_written(&self, name: &str) -> bool {
        let places = (0..self.code.tokens.len()).filter(|at| self.code.name(*at) == Some(name));
        places.take(MOST).any(|at| self.around(at).iter().any(|around| local_paths::says(around) == Some(false)))
    }

    /// The names that a text is bound to and the calls it stands in, the nearest first.
    fn around(&self, at: usize) -> Vec<String> {
        let code = self.code;
        let mut found = Vec::new();
        let (mut depth, mut beside, mut back) = (0u32, false, at);
        while back > 0 && at - back < FARTHEST {
            back -= 1;
            match code.kind(back) {
                Some(Kind::Sign(b')' | b']' | b'}')) => depth += 1,
                Some(Kind::Sign(b'(' | b'[' | b'{')) if depth > 0 => depth -= 1,
                Some(Kind::Sign(b'(')) => {
                    found.push(code.callee(back));
                    beside = false;
                }
                Some(Kind::Sign(b'[' | b'{')) => beside = false,
                Some(Kind::Sign(b',')) if depth == 0 => beside = true,
                Some(Kind::Sign(b';')) if depth == 0 => break,
                Some(Kind::Line) if depth == 0 && code.line_ends(back) && !self.goes_on(back) => break,
                Some(Kind::Sign(sign)) if depth == 0 && !beside => {
                    let binds = sign == b':' || sign == b'=' && !code.are(back, "==") || code.are(back, "<-");
                    let name = back.checked_sub(1).filter(|_| binds);
                    if let Some(before) = name {
                        let text = code.inner(before);
                        found.extend(code.name(before).or((!text.is_empty()).then_some(text)).map(str::to_owned));
                    }
                }
                _ => {}
            }
        }
        found.retain(|name| words(name).next().is_some());
        found
    }

    /// Whether what stands before the end of a line is waiting for more.
    fn goes_on(&self, line: usize) -> bool {
        let before = line.checked_sub(1).and_then(|before| self.code.kind(before));
        matches!(before, Some(Kind::Line | Kind::Sign(b'(' | b'[' | b'{' | b',')))
    }

    fn push(&mut self, at: usize, called: String, address: Address, evidence: Evidence) {
        let Some(token) = self.code.tokens.get(at).filter(|_| self.met.insert(at)) else { return };
        let (line, column, end_column) = place(self.code.text, token.start, token.end);
        let (awaits, pin) = (Awaits::Nothing, Pin::NotAsked);
        self.uses.push(Use { line, column, end_column, is: Is::Path, called, address, evidence, awaits, pin });
    }
}

fn starts_like_a_home(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.starts_with(b"/") || bytes.get(1) == Some(&b':')
}

/// Whether a path is a file of data below the folder of the program, or beside it.
fn is_data_in_the_tree(path: &str) -> bool {
    let plain = !path.starts_with(['/', '~', '<']) && !path.contains([HOLE, '*', '{', '$', '%', '\n', ':', '?']);
    let end = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    plain
        && path.contains('/')
        && match file_kinds::of_extension(&end.to_lowercase()) {
            FileKind::Data | FileKind::Model => true,
            FileKind::Maybe => matches!(end, "json" | "xml" | "txt" | "zip" | "gz"),
            _ => false,
        }
}

/// The path as it is told, with `…` for what is not known.
fn shown(path: &str) -> String {
    path.replace(HOLE, "…")
}

#[cfg(test)]
mod tests {
    use super::super::{Is, uses};
    use crate::repository::RepoPath;

    fn read(path: &str, text: &str) -> Vec<String> {
        let uses = uses(&RepoPath::from(path), text);
        let paths = uses.iter().filter(|used| used.is == Is::Path);
        paths.map(|used| format!("{}:{} {}", used.line, used.called, used.evidence.name())).collect()
    }

    #[test]
    fn what_is_read_by_a_path() {
        for (path, text, wanted) in [
            ("a.py", "import pandas as pd\npd.read_csv('/home/klara/a.csv')\n", "2:/home/klara/a.csv call"),
            ("a.py", "pd.read_csv(r'C:\\Users\\Klara Muster\\a.csv')\n", "1:C:/Users/Klara Muster/a.csv call"),
            ("a.py", "pd.read_csv('C:\\\\Users\\\\klara\\\\a.csv')\n", "1:C:/Users/klara/a.csv call"),
            ("a.py", "ROOT = '/mnt/nas/gis'\nx = read_csv(ROOT + '/a.csv')\n", "1:/mnt/nas/gis/a.csv call"),
            ("a.py", "model_dir = '/home/klara/runs/7'\nuse(model_dir)\n", "1:/home/klara/runs/7 setting"),
            ("a.py", "model_dir = (\n    '/home/klara/runs/7'\n)\nuse(model_dir)\n", "2:/home/klara/runs/7 setting"),
            ("a.py", "paths = [a,\n    '/home/klara/runs/7']\n", "2:/home/klara/runs/7 setting"),
            ("a.py", "x = evaluate(dataset='/home/klara/runs/7')\n", "1:/home/klara/runs/7 setting"),
            ("a.py", "with open('/Users/klara/a.json') as f:\n    pass\n", "1:/Users/klara/a.json call"),
            ("a.py", "pd.read_csv('../data/raw/baeume.csv')\n", "1:../data/raw/baeume.csv call"),
            ("a.R", "setwd(\"C:/Users/klara/Baeume\")\n", "1:C:/Users/klara/Baeume call"),
            ("a.R", "x <- read.csv('D:/gis/2024/a.csv')\n", "1:D:/gis/2024/a.csv call"),
            ("a.py", "requests.get('http://10.12.0.4/api/werte')\n", "1:http://10.12.0.4 call"),
            ("a.py", "requests.get('https://gis.stadt.intranet/werte')\n", "1:https://gis.stadt.intranet call"),
        ] {
            assert_eq!(read(path, text), [wanted], "{text}");
        }
    }

    #[test]
    fn what_is_left_alone() {
        for (path, text) in [
            ("a.py", "df.to_csv('/home/klara/a.csv')\n"),
            ("a.py", "open('/home/klara/a.csv', 'w')\n"),
            ("a.py", "open('/home/klara/a.csv', mode='wb')\n"),
            ("a.py", "output_dir = '/home/klara/runs'\nuse(output_dir)\n"),
            ("a.py", "# data = '/home/klara/a.csv'\nx = 'https://a'\n"),
            ("a.py", "def f():\n    \"\"\"/home/klara/a.csv\"\"\"\n"),
            ("a.py", "print('/home/klara/a.csv')\n"),
            (
                "a.java",
                "String VIDEO_PATH = \"/home/klara/bilder/\";\nvoid f() { saveFrame(VIDEO_PATH + \"1.png\"); }\n",
            ),
            ("a.py", "doc = {'outputs': {'output': {'name': '/home/klara/temp_db/' 'x/y'}}}\n"),
            ("a.py", "sys.path.append('/home/klara/src')\n"),
            ("a.py", "pd.read_csv('/home/user/a.csv')\n"),
            ("a.py", "pd.read_csv('/path/to/a.csv')\n"),
            ("a.py", "pd.read_csv('C:/Users/<name>/a.csv')\n"),
            ("a.py", "requests.get(os.getenv('API', 'http://10.12.0.4/api'))\n"),
            ("a.py", "requests.get('http://localhost:8000/a.csv')\n"),
            ("a.py", "requests.post('http://10.12.0.4/api/werte', json=x)\n"),
            ("a.ts", "const route = '/home/klara/profile'\nrouter.push(route)\n"),
            ("a.ts", "<Link path='/users/anna/settings' />\n"),
        ] {
            assert!(read(path, text).is_empty(), "{text}: {:?}", read(path, text));
        }
    }
}
