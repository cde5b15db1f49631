//! What does a program do with a value that may not be there?

use super::Absence;
use super::table::TABLE;
use crate::reading::source::code::Code;
use crate::reading::source::dialect::LineEnds;
use crate::reading::source::token::Kind;

/// So far back the bracket around a value is looked for.
const FARTHEST: usize = 600;
/// So many brackets around a value are followed.
const DEEPEST: usize = 4;
/// So many tokens may lie between `try` and the read, and between it and `except`.
const BLOCK: usize = 300;
/// So many uses of a name are looked at.
const USES: usize = 100;

/// What was learnt of a read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Judged {
    /// what becomes of it
    Is(Absence),
    /// it is kept under the name at this place
    KeptAs(usize),
}

/// What stands right beside a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    /// it asks whether there is a value
    Asks,
    /// it needs one
    Needs,
    /// neither
    Nothing,
}

/// Judges the read that goes from the token `start` to the token `end`.
pub(super) fn judge(code: &Code<'_>, start: usize, end: usize) -> Judged {
    match before(code, start) {
        Beside::Asks => return Judged::Is(Absence::Handled),
        Beside::Needs => return Judged::Is(Absence::Needed),
        Beside::Nothing => {}
    }
    match after(code, end) {
        Beside::Asks => return Judged::Is(Absence::Handled),
        Beside::Needs => return Judged::Is(Absence::Needed),
        Beside::Nothing => {}
    }
    let given = given(code, start);
    if let Some(absence) = given {
        return Judged::Is(absence);
    }
    match target(code, start) {
        Some(name) => Judged::KeptAs(name),
        None => Judged::Is(Absence::Unclear),
    }
}

/// What becomes of a value kept under the name at `name`, which also stands at `places`.
pub(super) fn of_uses(code: &Code<'_>, name: usize, places: &[usize]) -> Absence {
    let mut absence = Absence::Unclear;
    for at in places.iter().copied().filter(|at| *at != name).take(USES) {
        let assigned = code.is(at + 1, b'=') && !code.is(at + 2, b'=') && !code.is(at + 2, b'>');
        if assigned {
            // `f(token=token)` is no assignment.
            if at.checked_sub(1).is_some_and(|at| code.is(at, b'(') || code.is(at, b',')) {
                continue;
            }
            return Absence::Handled;
        }
        match judge(code, start_of_name(code, at), at) {
            Judged::Is(Absence::Handled) => return Absence::Handled,
            Judged::Is(Absence::Needed) => absence = Absence::Needed,
            _ => {}
        }
    }
    absence
}

/// The first token of `self.name`.
fn start_of_name(code: &Code<'_>, at: usize) -> usize {
    let mut at = at;
    while at >= 2 && code.is(at - 1, b'.') && code.name(at - 2).is_some() {
        at -= 2;
    }
    at
}

fn before(code: &Code<'_>, start: usize) -> Beside {
    let Some(at) = start.checked_sub(1) else { return Beside::Nothing };
    // JavaScript: `+process.env.X` makes a number of it.
    let makes_number = code.is(at, b'+') && !at.checked_sub(1).is_some_and(|at| is_value(code, at));
    let at = if makes_number { at.saturating_sub(1) } else { at };
    match code.kind(at) {
        Some(Kind::Name) if code.name(at).is_some_and(|word| TABLE.is_asking_word(word)) => Beside::Asks,
        Some(Kind::Sign(b'!')) => Beside::Asks,
        Some(Kind::Sign(b'&' | b'|' | b'?')) if at > 0 && code.kind(at - 1) == code.kind(at) => Beside::Asks,
        Some(Kind::Sign(b'=')) if at > 0 && (code.is(at - 1, b'=') || code.is(at - 1, b'!')) => Beside::Asks,
        Some(Kind::Sign(b'=')) if at > 0 && (code.is(at - 1, b'|') || code.is(at - 1, b'?')) => Beside::Asks,
        // Rust: `if let Ok(x) = env::var(…)`
        Some(Kind::Sign(b'=')) if at > 0 && code.is(at - 1, b')') && code.dialect.name() == "rust" => Beside::Asks,
        // Python: `if x := os.getenv(…)`
        Some(Kind::Sign(b'=')) if at > 0 && code.is(at - 1, b':') && code.dialect.name() == "python" => Beside::Asks,
        Some(Kind::Sign(b'<')) => Beside::Asks,
        Some(Kind::Sign(b'+')) => Beside::Needs,
        _ => Beside::Nothing,
    }
}

/// Whether a value ends here, so that a plus behind it adds to it.
fn is_value(code: &Code<'_>, at: usize) -> bool {
    let word = code.name(at).is_some_and(|word| !matches!(word, "return" | "case" | "in" | "of"));
    word || matches!(code.kind(at), Some(Kind::Text(_) | Kind::Number | Kind::Sign(b')' | b']' | b'}' | b'+')))
}

/// What follows a value, also behind the brackets around it.
fn after(code: &Code<'_>, end: usize) -> Beside {
    let mut end = end;
    let mut so_far = Beside::Nothing;
    for _ in 0..DEEPEST {
        let mut next = end + 1;
        let same_line = code.kind(next) != Some(Kind::Line);
        if !same_line && goes_on(code, next) {
            next = code.skip_lines(next);
        }
        // TypeScript: `process.env.X as string`
        if code.name(next) == Some("as") && same_line && code.name(next + 1).is_some() {
            next += 2;
        }
        match code.kind(next) {
            Some(Kind::Name) => {
                let word = code.name(next).unwrap_or_default();
                let asks = if same_line { TABLE.is_asking_word(word) } else { matches!(word, "or" | "and") };
                return if asks { Beside::Asks } else { so_far };
            }
            Some(Kind::Sign(b'?')) if code.dialect.name() == "rust" => return Beside::Needs,
            Some(Kind::Sign(b'?' | b'<')) => return Beside::Asks,
            Some(Kind::Sign(b'>')) if !code.is(next + 1, b'>') => return Beside::Asks,
            Some(Kind::Sign(sign @ (b'|' | b'&'))) if code.is(next + 1, sign) => return Beside::Asks,
            // R: `%||%`, pipes
            Some(Kind::Sign(b'%' | b'|')) => return Beside::Asks,
            Some(Kind::Sign(b'=')) if code.is(next + 1, b'=') || code.is(next + 1, b'~') => return Beside::Asks,
            // The program sets it: `process.env.X = …`
            Some(Kind::Sign(b'=')) if !code.is(next + 1, b'>') => return Beside::Asks,
            Some(Kind::Sign(b'!')) if code.is(next + 1, b'=') => return Beside::Asks,
            Some(Kind::Sign(b'!')) => return Beside::Needs,
            Some(Kind::Sign(b'+')) => return Beside::Needs,
            Some(Kind::Sign(b'.')) => {
                let member = code.name(next + 1).unwrap_or_default();
                return if TABLE.requires(member) {
                    Beside::Needs
                } else if TABLE.asks(member) {
                    Beside::Asks
                } else {
                    Beside::Needs
                };
            }
            Some(Kind::Sign(b':')) if so_far == Beside::Nothing && code.is(next + 1, b':') => return so_far,
            // PHP and Kotlin: `?:` is met above.
            Some(Kind::Sign(b')')) => {
                let Some(open) = code.opening(next, b'(', b')', next.saturating_sub(FARTHEST)) else { return so_far };
                let callee = code.callee(open);
                if TABLE.handles(&callee) {
                    return Beside::Asks;
                }
                if !callee.is_empty() {
                    so_far = Beside::Needs;
                }
                end = next;
            }
            _ => return so_far,
        }
    }
    so_far
}

/// Whether what stands on the next line goes on with this one.
fn goes_on(code: &Code<'_>, line: usize) -> bool {
    let next = code.skip_lines(line);
    match code.kind(next) {
        Some(Kind::Sign(b'.' | b'?' | b'|' | b'&' | b')')) => true,
        Some(Kind::Name) => matches!(code.name(next), Some("or" | "and")) && code.dialect.line_ends == LineEnds::Always,
        _ => false,
    }
}

/// What becomes of a value that a call is given; `None` where none is.
fn given(code: &Code<'_>, start: usize) -> Option<Absence> {
    let open = around(code, start)?;
    if !code.is(open, b'(') {
        // Within a list or an object nobody can tell.
        let statement = code.is(open, b'{') && target(code, start).is_some();
        let wide = around(code, open).filter(|wide| code.is(*wide, b'(')).map(|wide| code.callee(wide));
        if wide.is_some_and(|callee| TABLE.handles(&callee)) && !code.is(open, b'{') {
            return Some(Absence::Handled);
        }
        return if statement || begins_statement(code, start) { None } else { Some(Absence::Unclear) };
    }
    let callee = code.callee(open);
    if callee.is_empty() {
        // `(a && b)`, `for (…)`, `x = (\n…)`
        return Some(Absence::Unclear).filter(|_| target(code, start).is_none());
    }
    if TABLE.handles(&callee) {
        return Some(Absence::Handled);
    }
    // `env("A", env("B"))`: it is the default of another.
    if TABLE.reads(&callee) {
        return Some(Absence::Unclear);
    }
    let keyword = start.checked_sub(1).is_some_and(|at| code.is(at, b'='));
    let keywords = matches!(code.dialect.name(), "python" | "r" | "ruby" | "julia");
    let first = start.checked_sub(1).is_some_and(|at| {
        let at = (0..=at).rev().find(|at| code.kind(*at) != Some(Kind::Line)).unwrap_or(at);
        code.is(at, b'(') || code.is(at, b',')
    });
    Some(if first || keyword && keywords { Absence::Needed } else { Absence::Unclear })
}

fn begins_statement(code: &Code<'_>, start: usize) -> bool {
    start.checked_sub(1).is_none_or(|at| matches!(code.kind(at), Some(Kind::Line | Kind::Sign(b';' | b'{' | b'}'))))
}

/// The nearest bracket around a token that is not closed before it.
fn around(code: &Code<'_>, at: usize) -> Option<usize> {
    let mut depth = 0u32;
    for before in (at.saturating_sub(FARTHEST)..at).rev() {
        match code.kind(before) {
            Some(Kind::Sign(b')' | b']' | b'}')) => depth += 1,
            Some(Kind::Sign(b'(' | b'[' | b'{')) => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return Some(before),
            },
            _ => {}
        }
    }
    None
}

/// The name that a value is kept under: `x` of `const x: string = …`, `x := …`, `self.x = …`, `x <- …`.
fn target(code: &Code<'_>, start: usize) -> Option<usize> {
    let mut at = start.checked_sub(1)?;
    while code.kind(at) == Some(Kind::Line) {
        at = at.checked_sub(1)?;
    }
    if code.is(at, b'-') && at > 0 && code.is(at - 1, b'<') {
        return at.checked_sub(2).filter(|name| code.name(*name).is_some());
    }
    if !code.is(at, b'=') {
        return None;
    }
    let before = at.checked_sub(1)?;
    if code.is(before, b':') {
        return before.checked_sub(1).filter(|name| code.name(*name).is_some());
    }
    code.name(before)?;
    // `x: string =`
    let typed = (before.saturating_sub(6)..before).rev().find(|at| code.is(*at, b':'));
    if let Some(name) = typed.and_then(|colon| colon.checked_sub(1)).filter(|name| code.name(*name).is_some())
        && (name..before).all(|at| !matches!(code.kind(at), Some(Kind::Line | Kind::Sign(b',' | b'{' | b'('))))
    {
        return Some(name);
    }
    Some(before)
}

/// Whether a token is given to a call of this name.
pub(super) fn is_within(code: &Code<'_>, at: usize, callee: &str) -> bool {
    around(code, at).is_some_and(|open| code.callee(open).rsplit('.').next() == Some(callee))
}

/// Whether a token is given to a call that does not mind what it is given: a line in a log.
pub(super) fn is_told(code: &Code<'_>, at: usize) -> bool {
    around(code, at).is_some_and(|open| code.is(open, b'(') && TABLE.handles(&code.callee(open)))
}

/// Whether an error at this place is caught: Python's `try`, `except KeyError`.
pub(super) fn is_caught(code: &Code<'_>, at: usize) -> bool {
    let mut before = (at.saturating_sub(BLOCK)..at).rev();
    let open =
        before.find(|at| matches!(code.name(*at), Some("try" | "begin" | "except" | "def" | "rescue" | "finally")));
    let within = open.is_some_and(|open| matches!(code.name(open), Some("try" | "begin")));
    within && (at..at + BLOCK).any(|at| matches!(code.name(at), Some("except" | "rescue" | "catch")))
}
