//! Which commands does a block of code show?

use super::NAMES;
use crate::reading::document::CodeBlock;

/// A command as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// the line of the document
    pub(super) line: u32,
    /// its words, without quotes
    pub(super) words: Vec<String>,
    /// whether what follows in the block runs somewhere else: in a container, on another machine
    pub(super) leaves: bool,
}

/// Longer lines are data.
const LONGEST: usize = 2_000;
/// So many lines of a block are read.
const LINES: usize = 400;

/// The commands of a block, in order; none where it is no block of a shell.
pub(super) fn commands(block: &CodeBlock) -> Vec<Command> {
    if !NAMES.shells.contains(block.language.as_str()) {
        return Vec::new();
    }
    let prompted = block.text.lines().any(|line| line.trim_start().starts_with("$ "));
    let mut found = Vec::new();
    let mut until: Option<String> = None;
    let mut before = String::new();
    let mut first = 0;
    for (at, line) in block.text.lines().take(LINES).enumerate() {
        let said = line.trim();
        if let Some(end) = &until {
            if said == end {
                until = None;
            }
            continue;
        }
        if before.is_empty() {
            first = at;
        }
        let continues = said.strip_suffix('\\');
        if before.len() + said.len() < LONGEST {
            before.push_str(continues.unwrap_or(said));
            before.push(' ');
        }
        if continues.is_some() {
            continue;
        }
        let whole = std::mem::take(&mut before);
        until = heredoc(&whole);
        if prompted && !whole.trim_start().starts_with("$ ") {
            continue;
        }
        let number = block.line.saturating_add(u32::try_from(first).unwrap_or(0));
        found.extend(line_of(&whole, number));
    }
    found
}

/// The word that ends a text which a command reads: `cat <<EOF`.
fn heredoc(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("<<")?;
    let word: String = rest
        .trim_start_matches(['-', '~', ' ', '\'', '"'])
        .chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect();
    (!word.is_empty() && !rest.starts_with('<')).then_some(word)
}

/// The commands of one line.
pub(super) fn line_of(line: &str, number: u32) -> Vec<Command> {
    let line = without_prompt(line.trim());
    if line.starts_with('#') || line.len() > LONGEST {
        return Vec::new();
    }
    let mut commands = Vec::new();
    let mut words: Vec<String> = Vec::new();
    for word in split(line) {
        match word.as_str() {
            "&&" | "||" | ";" | "|" | "&" => commands.extend(command(std::mem::take(&mut words), number)),
            _ => words.push(word),
        }
    }
    commands.extend(command(words, number));
    commands
}

fn command(mut words: Vec<String>, line: u32) -> Option<Command> {
    let is_before = |word: &String| NAMES.before.contains(word) || is_assignment(word);
    let skip = words.iter().take_while(|word| is_before(word)).count();
    words.drain(..skip);
    let first = words.first()?;
    let last = words.last().map(String::as_str).unwrap_or_default();
    let shell = matches!(last, "bash" | "sh" | "/bin/bash" | "/bin/sh" | "zsh");
    let leaves = first == "ssh"
        || words.len() > 2
            && shell
            && matches!(first.as_str(), "docker" | "docker-compose" | "podman" | "kubectl" | "oc");
    Some(Command { line, words, leaves })
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
    })
}

/// `$ x`, `> x`, `(venv) $ x`, `user@host:~$ x`.
fn without_prompt(line: &str) -> &str {
    let rest = line.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map_or(line, |(_, rest)| rest);
    let rest = rest.trim_start();
    for prompt in ["$ ", "% ", "> ", "❯ ", "➜ ", "PS> "] {
        if let Some(rest) = rest.strip_prefix(prompt) {
            return rest.trim_start();
        }
    }
    match rest.split_once("$ ") {
        Some((user, rest)) if user.contains('@') && !user.contains(' ') => rest.trim_start(),
        _ => rest,
    }
}

/// Words and separators; what stands in quotes is one word, a comment ends the line.
fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(letter) = chars.next() {
        match (quote, letter) {
            (Some(open), _) if open == letter => quote = None,
            (Some(_), _) => word.push(letter),
            (None, '"' | '\'') => quote = Some(letter),
            (None, '#') if word.is_empty() => break,
            (None, ';' | '|' | '&') => {
                if letter == '&' && word.ends_with('>') {
                    word.push(letter);
                    continue;
                }
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
                let twice = chars.next_if_eq(&letter).is_some();
                words.push(if twice { format!("{letter}{letter}") } else { letter.to_string() });
            }
            (None, _) if letter.is_whitespace() => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            _ => word.push(letter),
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, language: &str) -> Vec<(u32, String)> {
        let block = CodeBlock { language: language.to_owned(), text: text.to_owned(), line: 10 };
        commands(&block).into_iter().map(|command| (command.line, command.words.join(" "))).collect()
    }

    #[test]
    fn commands_as_people_show_them() {
        for (text, wanted) in [
            ("$ make a\nmake: done", vec![(10, "make a")]),
            ("cd x && make a; make 'b c' | tee", vec![(10, "cd x"), (10, "make a"), (10, "make b c"), (10, "tee")]),
            ("# make a\nsudo NODE_ENV=x make b # so", vec![(11, "make b")]),
            ("docker run \\\n  -v x \\\n  y\nmake z", vec![(10, "docker run -v x y"), (13, "make z")]),
            ("cat > x <<EOF\nmake a\nEOF\nmake b", vec![(10, "cat > x <<EOF"), (13, "make b")]),
            ("(venv) $ make a", vec![(10, "make a")]),
            ("ada@host:~$ make a", vec![(10, "make a")]),
        ] {
            let wanted: Vec<(u32, String)> = wanted.into_iter().map(|(line, words)| (line, words.to_owned())).collect();
            let found = told(text, if text.starts_with("(venv)") { "console" } else { "" });
            assert_eq!(found, wanted, "{text}");
        }
        assert!(told("make a", "python").is_empty());
    }

    #[test]
    fn who_goes_elsewhere() {
        let leaves = |text: &str| line_of(text, 1).iter().any(|command| command.leaves);
        assert!(leaves("docker compose exec web bash") && leaves("ssh host"));
        assert!(!leaves("bash run.sh") && !leaves("docker compose up"));
    }
}
