//! Which simple commands is a script made of?

/// A word of a command: its text, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// without quotes
    pub(super) text: String,
    /// its first byte behind a quote
    pub(super) start: usize,
    /// the byte behind its last
    pub(super) end: usize,
}

/// Whether a word stands before a command and is none itself.
pub(super) fn is_noise(word: &str) -> bool {
    matches!(
        word,
        "export"
            | "local"
            | "readonly"
            | "declare"
            | "sudo"
            | "RUN"
            | "time"
            | "exec"
            | "then"
            | "do"
            | "else"
            | "if"
            | "!"
            | "env"
            | "ENV"
            | "ARG"
            | "@"
            | "-"
            | "nohup"
            | "command"
            | "while"
            | "until"
            | "&&"
            | "{"
            | "("
            | "set"
            | "let"
    ) || word.starts_with("--mount")
        || word.starts_with('@') && word.len() == 1
}

/// One simple command.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// its words
    pub(super) words: Vec<Word>,
    /// what it puts out is run or installed
    pub(super) piped_to_program: bool,
}

/// So many words are kept of one script.
const MOST: usize = 100_000;

/// Commands within commands are followed this deep.
const DEEPEST: u32 = 4;

/// Splits a script into simple commands; comments are left out.
pub(super) fn commands(text: &str) -> Vec<Line> {
    let mut lines = commands_in(text, 0, text.len());
    let mut from = 0;
    for _ in 0..DEEPEST {
        let upto = lines.len();
        let nested: Vec<(usize, usize)> = lines
            .get(from..)
            .unwrap_or_default()
            .iter()
            .flat_map(|line| {
                let inner = line.words.iter().flat_map(|word| substitutions(text, word));
                inner.chain(given_to_shell(&line.words)).collect::<Vec<_>>()
            })
            .take(MOST)
            .collect();
        if nested.is_empty() {
            break;
        }
        for (start, end) in nested {
            lines.extend(commands_in(text, start, end));
        }
        from = upto;
    }
    lines
}

/// Where the commands stand that are given to a shell: `sh -c "…"`.
fn given_to_shell(words: &[Word]) -> Option<(usize, usize)> {
    let shell = words.iter().position(|word| {
        matches!(word.text.rsplit('/').next(), Some("sh" | "bash" | "zsh" | "ash" | "dash" | "cmd"))
    })?;
    let flag = words.get(shell + 1).filter(|word| word.text.starts_with('-') && word.text.ends_with('c'))?;
    let given = words.get(shell + 2).filter(|given| given.start > flag.end)?;
    Some((given.start, given.end))
}

/// Where the commands within a word stand: `$(…)`.
fn substitutions(text: &str, word: &Word) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let raw = text.get(word.start..word.end).unwrap_or_default();
    let mut from = 0;
    while let Some(open) = raw.get(from..).and_then(|rest| rest.find("$(")).map(|at| from + at + 2) {
        let mut depth = 1u32;
        let close = raw.get(open..).unwrap_or_default().bytes().position(|byte| {
            depth = match byte {
                b'(' => depth + 1,
                b')' => depth.saturating_sub(1),
                _ => depth,
            };
            depth == 0
        });
        let end = close.map_or(raw.len(), |close| open + close);
        if raw.get(open..end).is_some_and(|inner| inner.contains(' ')) {
            found.push((word.start + open, word.start + end));
        }
        from = end;
    }
    found
}

fn commands_in(text: &str, start: usize, end: usize) -> Vec<Line> {
    let text = text.get(..end).unwrap_or(text);
    let bytes = text.as_bytes();
    let mut lines: Vec<Line> = vec![Line::default()];
    let mut piped = false;
    let mut at = start;
    let mut count = 0;
    while at < bytes.len() && count < MOST {
        match bytes[at] {
            b'\\' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => {
                at += 2 + usize::from(bytes.get(at + 1) == Some(&b'\r'))
            }
            b'\n' | b';' | b'&' | b'|' | b'`' | b'(' | b')' => {
                let pipe = bytes[at] == b'|' && bytes.get(at + 1) != Some(&b'|');
                end_line(&mut lines, piped);
                piped = pipe;
                at += 1;
            }
            byte if byte.is_ascii_whitespace() => at += 1,
            b'#' if at == 0 || bytes[at - 1].is_ascii_whitespace() || bytes[at - 1] == b';' => {
                at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
            }
            _ => {
                let (word, end) = word(text, at);
                count += 1;
                if let Some(line) = lines.last_mut() {
                    line.words.push(word);
                }
                at = end.max(at + 1);
            }
        }
    }
    end_line(&mut lines, piped);
    lines
}

fn end_line(lines: &mut Vec<Line>, piped: bool) {
    let runs = lines.last().is_some_and(|line| {
        line.words.iter().find(|word| !is_noise(&word.text)).is_some_and(|word| {
            matches!(
                word.text.rsplit('/').next().unwrap_or_default(),
                "sh" | "bash"
                    | "zsh"
                    | "gpg"
                    | "apt-key"
                    | "tee"
                    | "python"
                    | "python3"
                    | "node"
                    | "tar"
                    | "dpkg"
                    | "install"
                    | "fish"
                    | "perl"
            )
        })
    });
    if piped && runs && lines.len() > 1 {
        let before = lines.len() - 2;
        if let Some(line) = lines.get_mut(before) {
            line.piped_to_program = true;
        }
    }
    if lines.last().is_some_and(|line| !line.words.is_empty()) {
        lines.push(Line::default());
    }
}

/// One word from here on, its quotes taken off.
fn word(text: &str, from: usize) -> (Word, usize) {
    let bytes = text.as_bytes();
    let mut out: Vec<u8> = Vec::new();
    let mut quote = 0u8;
    let mut depth = 0u32;
    let mut at = from;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'\\' if quote != b'\'' => {
                match bytes.get(at + 1) {
                    Some(b'\n') | None => {}
                    Some(next) => out.push(*next),
                }
                at += 2;
                continue;
            }
            b'"' | b'\'' if quote == byte => quote = 0,
            b'"' | b'\'' if quote == 0 => quote = byte,
            b'{' | b'(' if at > from && bytes[at - 1] == b'$' && quote != b'\'' => {
                depth += 1;
                out.push(byte);
            }
            b'}' | b')' if depth > 0 => {
                depth -= 1;
                out.push(byte);
            }
            b'\n' if quote == 0 && depth == 0 => break,
            _ if quote == 0
                && depth == 0
                && (byte.is_ascii_whitespace() || matches!(byte, b';' | b'|' | b'&' | b'(' | b')' | b'`')) =>
            {
                // `a?b=1&c=2` without quotes is one word for people who forgot them
                if byte == b'&' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) && out.contains(&b'?') {
                    out.push(byte);
                } else {
                    break;
                }
            }
            b'$' if quote == b'\'' => out.push(b'_'),
            _ => out.push(byte),
        }
        at += 1;
        if out.len() > 8192 {
            break;
        }
    }
    let lead = usize::from(matches!(bytes.get(from), Some(b'"' | b'\'')));
    let end = at.min(bytes.len());
    let trail = usize::from(lead == 1 && end > from + 1 && matches!(bytes.get(end - 1), Some(b'"' | b'\'')));
    (Word { text: String::from_utf8_lossy(&out).into_owned(), start: from + lead, end: end - trail }, end)
}
