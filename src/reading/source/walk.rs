//! What surrounds each text of a program, and which name gets its value from which?

mod literals;
mod words;

use super::code::Code;
use super::functions::functions;
use super::names::given;
use super::token::Kind;
use super::value::{Evaluator, Names};
use crate::reading::calls;
use crate::reading::local_paths;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

pub(super) use words::is_higher;
use words::tells;

/// A text in quotes that holds an address, with what stands around it.
#[derive(Debug)]
pub(super) struct Literal {
    /// its token
    pub(super) at: usize,
    /// the text, joined with what follows it
    pub(super) text: String,
    /// the calls it stands in, the nearest first, each with the keywords between
    pub(super) within: Vec<(String, Vec<String>)>,
    /// names it is bound to, the nearest first: keys, variables, parameters
    pub(super) labels: Vec<String>,
    /// the variable it is the value of
    pub(super) bound: Option<String>,
}

/// A call that may read something.
#[derive(Debug)]
pub(super) struct Site {
    /// its name
    pub(super) callee: String,
    /// its opening bracket
    pub(super) open: usize,
    /// what is piped into it or what it is a method of, as tokens
    pub(super) receiver: Option<(usize, usize)>,
}

/// What was met in a program.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// texts with addresses
    pub(super) literals: Vec<Literal>,
    /// calls that may read something
    pub(super) sites: Vec<Site>,
    /// from which names a name gets its value
    pub(super) flows: HashMap<String, HashSet<String>>,
    /// keywords of calls, and the names that are given under them
    pub(super) passed: BTreeSet<(String, String)>,
    /// how often each name occurs
    pub(super) counts: HashMap<String, u32>,
    /// how many flows were met, each time anew
    met: usize,
}

impl Walked {
    fn flow(&mut self, to: &str, from: &str) {
        if to == from || self.met >= MOST {
            return;
        }
        self.met += 1;
        // Most were met before, and are not copied again.
        match self.flows.get_mut(to) {
            Some(known) if known.contains(from) => {}
            Some(known) => drop(known.insert(from.to_owned())),
            None => drop(self.flows.insert(to.to_owned(), HashSet::from([from.to_owned()]))),
        }
    }

    fn count(&mut self, name: &str) {
        match self.counts.get_mut(name) {
            Some(count) => *count = count.saturating_add(1),
            None => drop(self.counts.insert(name.to_owned(), 1)),
        }
    }
}

/// So many flows are kept.
const MOST: usize = 40_000;
/// Frames deeper than this are not looked at.
const DEEPEST: usize = 200;
/// So many variables get a value in one statement; of more the last count.
const BINDINGS: usize = 32;

struct Frame {
    callee: String,
    open: usize,
    position: usize,
    key: Option<String>,
    /// parameters of the function called, where it is one of this file
    parameters: Vec<String>,
}

impl Frame {
    fn parameter(&self) -> Option<&String> {
        match &self.key {
            Some(key) => self.parameters.iter().find(|name| *name == key),
            None => self.parameters.get(self.position),
        }
    }
}

struct Walk<'c, 't> {
    code: &'c Code<'t>,
    evaluator: Evaluator<'c, 't>,
    functions: BTreeMap<String, Vec<String>>,
    frames: Vec<Frame>,
    /// variables whose value is being read: name and the number of frames around it
    bindings: Vec<(String, usize)>,
    /// names that are declared, rather than attributes or members that get a value
    declared: BTreeSet<String>,
    function: String,
    met: Walked,
}

/// Walks through a program whose plain texts are known.
pub(super) fn walk(code: &Code<'_>, names: &Names) -> Walked {
    let mut walk = Walk {
        code,
        evaluator: Evaluator::new(code, names),
        functions: functions(code),
        frames: Vec::new(),
        bindings: Vec::new(),
        declared: BTreeSet::new(),
        function: String::new(),
        met: Walked::default(),
    };
    let mut at = 0;
    while at < code.tokens.len() {
        at = walk.step(at);
    }
    walk.met
}

impl Walk<'_, '_> {
    fn step(&mut self, at: usize) -> usize {
        match self.code.kind(at) {
            Some(Kind::Line) if self.code.line_ends(at) => {
                self.end_bindings(self.frames.len());
            }
            Some(Kind::Sign(b';')) => self.end_bindings(self.frames.len()),
            Some(Kind::Sign(b'(')) => self.open_call(at),
            Some(Kind::Sign(b'[' | b'{')) => self.open(at, String::new()),
            Some(Kind::Sign(b')' | b']' | b'}')) => self.close(at),
            Some(Kind::Sign(b',')) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.position += 1;
                    frame.key = None;
                }
                self.end_bindings(self.frames.len());
            }
            Some(Kind::Name) => self.name(at),
            Some(Kind::Text(_)) => return self.text(at),
            _ => {}
        }
        at + 1
    }

    /// What follows is the value of this variable, until the statement ends, which a stranger's never may.
    fn bind(&mut self, name: String) {
        if self.bindings.len() >= BINDINGS {
            self.bindings.remove(0);
        }
        self.bindings.push((name, self.frames.len()));
    }

    fn end_bindings(&mut self, depth: usize) {
        self.bindings.retain(|(_, at)| *at < depth);
    }

    fn open(&mut self, at: usize, callee: String) {
        if self.frames.len() < DEEPEST {
            let last = callee.rsplit('.').next().unwrap_or_default();
            let parameters = self.functions.get(last).cloned().unwrap_or_default();
            self.frames.push(Frame { callee, open: at, position: 0, key: None, parameters });
        }
    }

    fn open_call(&mut self, at: usize) {
        let callee = self.code.callee(at);
        let last = callee.rsplit('.').next().unwrap_or_default();
        let language = self.code.dialect.name();
        let defined = self.is_definition(at);
        let lower = last.to_lowercase();
        let last = if language == "sql" { lower.as_str() } else { last };
        let higher = is_higher(last);
        if !defined && (higher || calls::may_read(language, last) || local_paths::may_load(language, last)) {
            let receiver = self.receiver(at);
            self.met.sites.push(Site { callee: callee.clone(), open: at, receiver });
        }
        if higher {
            self.each(at, &callee);
        }
        self.open(at, if defined { String::new() } else { callee });
    }

    /// Whether the bracket at this place opens the parameters of a function or the bases of a class.
    fn is_definition(&self, open: usize) -> bool {
        let Some(before) = self.evaluator.path_start(open).checked_sub(1) else { return false };
        match self.code.name(before) {
            Some("def" | "class" | "function" | "func" | "fun" | "fn" | "interface" | "struct" | "impl" | "sub") => {
                true
            }
            Some(
                "return" | "await" | "new" | "yield" | "in" | "of" | "and" | "or" | "not" | "else" | "case" | "throw"
                | "typeof" | "void" | "delete" | "assert" | "if" | "elif" | "while" | "print" | "raise" | "from" | "do"
                | "go" | "defer" | "echo" | "is" | "as",
            ) => false,
            // A type before a name: `public String get(String url)`.
            Some(_) => matches!(self.code.dialect.name(), "java" | "csharp" | "dart"),
            None => false,
        }
    }

    /// What is piped into the call whose bracket opens here, or the call whose result it is a method of.
    fn receiver(&self, open: usize) -> Option<(usize, usize)> {
        let mut at = open.checked_sub(1)?;
        while self.code.kind(at) == Some(Kind::Name) || self.code.is(at, b':') {
            at = at.checked_sub(1)?;
        }
        if self.code.is(at, b'.') {
            // `URL("…").openStream()`: what stands in the brackets before
            let close = at.checked_sub(1).filter(|close| self.code.is(*close, b')'))?;
            let frame = self.code.opening(close, b'(', b')', close.saturating_sub(60))?;
            return Some((frame + 1, close));
        }
        let pipe = at.checked_sub(1)?;
        let before = match () {
            () if self.code.are(pipe, "|>") => pipe,
            () if self.code.are(pipe.checked_sub(1)?, "%>%") => pipe - 1,
            () => return None,
        };
        let mut last = before.checked_sub(1)?;
        while self.code.kind(last) == Some(Kind::Line) {
            last = last.checked_sub(1)?;
        }
        if self.code.is(last, b')') {
            let first = self.code.opening(last, b'(', b')', last.saturating_sub(120))?;
            return Some((first.saturating_sub(1), last + 1));
        }
        Some((last, last + 1))
    }

    /// `urls.map(url => …)`: the parameter gets what the receiver holds.
    fn each(&mut self, open: usize, callee: &str) {
        let arrow = (open + 1..open + 14).find(|at| self.code.are(*at, "=>") || self.code.are(*at, "->"));
        let Some(arrow) = arrow else { return };
        let parameters: Vec<String> =
            (open + 1..arrow).filter_map(|at| self.code.name(at)).map(str::to_owned).collect();
        for part in callee.split('.') {
            for parameter in &parameters {
                self.flow(parameter, part);
            }
        }
    }

    fn close(&mut self, at: usize) {
        self.frames.pop();
        let depth = self.frames.len();
        self.bindings.retain(|(_, around)| *around <= depth);
        // The end of a block ends the statement it belongs to, as `const f = () => { … }` without a semicolon does.
        if self.code.is(at, b'}') && self.code.kind(at + 1) == Some(Kind::Line) {
            self.end_bindings(depth);
        }
    }

    fn flow(&mut self, to: &str, from: &str) {
        if tells(from) {
            self.met.flow(to, from);
        }
    }

    fn name(&mut self, at: usize) {
        let Some(name) = self.code.name(at) else { return };
        match name {
            "for" | "foreach" => return self.each_of(at),
            "return" if !self.function.is_empty() => {
                let function = self.function.clone();
                self.bind(function);
                return;
            }
            "def" | "function" | "func" | "fun" | "fn" => {
                self.function = self.code.name(at + 1).unwrap_or_default().to_owned();
                return;
            }
            _ => {}
        }
        self.met.count(name);
        if self.assigned(at) {
            return;
        }
        if tells(name) {
            let bound = self.bindings.iter().map(|(name, _)| name);
            let frames = self.frames.iter().rev().take(3);
            for to in bound.chain(frames.filter_map(|frame| frame.parameter().or(frame.key.as_ref()))) {
                self.met.flow(to, name);
            }
        }
        self.pass(name);
    }

    /// Remembers that a call is given a name under a keyword.
    fn pass(&mut self, name: &str) {
        if let Some(frame) = self.frames.iter().rev().take(3).find(|frame| !frame.callee.is_empty())
            && let Some(key) = &frame.key
            && self.met.passed.len() < MOST
        {
            self.met.passed.insert((key.clone(), name.to_owned()));
        }
    }

    /// Remembers that a name is given a value from here on.
    fn assigned(&mut self, at: usize) -> bool {
        let Some(given) = given(self.code, at) else { return false };
        let in_call = self.frames.last().is_some_and(|frame| !frame.callee.is_empty());
        match self.frames.last_mut() {
            Some(frame) if given.key || in_call => frame.key = Some(given.name.to_owned()),
            _ => {
                if self.is_declared(at) {
                    self.declared.insert(given.name.to_owned());
                }
                self.bind(given.name.to_owned());
            }
        }
        true
    }

    /// Whether a name that gets a value here is declared by it. An attribute of JSX looks like an assignment.
    fn is_declared(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.code.name(before));
        self.code.dialect.name() != "javascript"
            || matches!(
                before,
                Some("const" | "let" | "var" | "static" | "readonly" | "private" | "public" | "protected")
            )
    }

    /// `for x in y`, `for (const x of y)`, `for (X x : y)`, `foreach ($y as $x)`
    fn each_of(&mut self, at: usize) {
        let mut left: Vec<String> = Vec::new();
        let mut right: Vec<String> = Vec::new();
        let mut parted = false;
        let mut swapped = false;
        for at in at + 1..at + 40 {
            match self.code.kind(at) {
                Some(Kind::Name) => match self.code.name(at).unwrap_or_default() {
                    "in" | "of" | "range" => parted = true,
                    "as" => (parted, swapped) = (true, true),
                    "const" | "let" | "var" => {}
                    name if parted => right.push(name.to_owned()),
                    name => left.push(name.to_owned()),
                },
                Some(Kind::Sign(b':')) if !parted && !left.is_empty() && self.code.dialect.name() == "java" => {
                    parted = true
                }
                None | Some(Kind::Line | Kind::Sign(b'{' | b';' | b':')) => break,
                _ => {}
            }
        }
        if swapped {
            std::mem::swap(&mut left, &mut right);
        }
        for to in &left {
            for from in &right {
                self.flow(to, from);
            }
        }
    }
}
