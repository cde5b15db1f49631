//! What does a command of continuous integration do?

use super::StepKind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A command longer than this is looked at up to here.
const LONGEST: usize = 4096;
/// So many words of a command are looked at.
const WORDS: usize = 80;

/// One row of words or commands for every kind that has any.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Kinds {
    checkout: Vec<String>,
    echo: Vec<String>,
    setup: Vec<String>,
    test: Vec<String>,
    lint: Vec<String>,
    build: Vec<String>,
    deploy: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wrappers {
    words: Vec<String>,
    runners: Vec<String>,
}

impl Kinds {
    /// The kinds in the order in which ready-made steps are told: what they prepare or announce before what they do.
    fn rows(&self) -> [(StepKind, &[String]); 7] {
        [
            (StepKind::Checkout, &self.checkout),
            (StepKind::Echo, &self.echo),
            (StepKind::Setup, &self.setup),
            (StepKind::Test, &self.test),
            (StepKind::Lint, &self.lint),
            (StepKind::Build, &self.build),
            (StepKind::Deploy, &self.deploy),
        ]
    }

    fn index(&self) -> BTreeMap<&str, StepKind> {
        self.rows().iter().flat_map(|(kind, rows)| rows.iter().map(|row| (row.as_str(), *kind))).collect()
    }
}

struct Tables {
    commands: BTreeMap<&'static str, StepKind>,
    words: &'static Kinds,
    actions: &'static Kinds,
    wrappers: &'static Wrappers,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let table = &*super::TABLE;
    Tables { commands: table.commands.index(), words: &table.words, actions: &table.actions, wrappers: &table.wrappers }
});

/// The commands of a script and what each does.
pub(super) fn commands(script: &str) -> Vec<(StepKind, String)> {
    let script = script.get(..LONGEST * 16).unwrap_or(script);
    split(script).into_iter().filter_map(|command| Some((kind(&command)?, command))).collect()
}

/// Parts a script where one command ends and the next begins; what stands in quotes is not parted.
fn split(script: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut command = String::new();
    let mut quote = None;
    let mut characters = script.chars().peekable();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '\\') if characters.peek() == Some(&'\n') => {
                characters.next();
                command.push(' ');
            }
            (None, '#') if command.is_empty() || command.ends_with([' ', '\t']) => {
                while characters.peek().is_some_and(|next| *next != '\n') {
                    characters.next();
                }
            }
            (None, '\n' | ';' | '|' | '&') => found.push(std::mem::take(&mut command)),
            (None, '"' | '\'') => {
                quote = Some(character);
                command.push(character);
            }
            (Some(open), _) if open == character => {
                quote = None;
                command.push(character);
            }
            _ if command.len() < LONGEST => command.push(character),
            _ => {}
        }
    }
    found.push(command);
    found.into_iter().map(|command| command.trim().to_owned()).filter(|command| !command.is_empty()).collect()
}

/// What one command does; `None` where nothing is left of it, as of `then`.
fn kind(command: &str) -> Option<StepKind> {
    let lower = command.to_lowercase();
    let mut tokens: Vec<&str> =
        lower.split_whitespace().map(|token| token.trim_matches(['"', '\'', '`', '(', ')'])).take(WORDS).collect();
    loop {
        let before = tokens.len();
        let assigns = |token: &str| token.split_once('=').is_some_and(|(name, _)| is_name(name));
        if tokens.first().is_some_and(|token| assigns(token) || token.is_empty() || matches!(*token, "@" | "-")) {
            tokens.remove(0);
        }
        if let Some(length) = longest(&tokens, |start| TABLES.wrappers.words.iter().any(|words| words == start))
            && longest(&tokens, |start| TABLES.commands.contains_key(start)).is_none_or(|command| command <= length)
        {
            tokens.drain(..length);
            let options = tokens.iter().take_while(|token| token.starts_with('-')).count();
            tokens.drain(..options);
        }
        if tokens.len() == before {
            break;
        }
    }
    let program = *tokens.first()?;
    let name = program.rsplit(['/', '\\']).next().unwrap_or(program);
    let named: Vec<&str> = std::iter::once(name).chain(tokens.iter().skip(1).copied()).collect();
    Some(told(&tokens).or_else(|| told(&named)).or_else(|| by_words(&join(&tokens, 3))).unwrap_or(StepKind::Other))
}

/// What the rows of the table say; a program that runs something named is told by that name.
fn told(tokens: &[&str]) -> Option<StepKind> {
    let command = longest(tokens, |start| TABLES.commands.contains_key(start));
    let runner = longest(tokens, |start| TABLES.wrappers.runners.iter().any(|row| row == start));
    let by_row = || TABLES.commands.get(join(tokens, command?).as_str()).copied();
    match runner {
        Some(length) if command.is_none_or(|command| command <= length) && tokens.len() > length => {
            let rest: Vec<&str> = tokens.get(length..)?.to_vec();
            by_words(&rest.join(" ")).or_else(by_row).or(Some(StepKind::Other))
        }
        _ => by_row(),
    }
}

fn longest(tokens: &[&str], is_row: impl Fn(&str) -> bool) -> Option<usize> {
    (1..=tokens.len().min(4)).rev().find(|length| is_row(&join(tokens, *length)))
}

fn join(tokens: &[&str], count: usize) -> String {
    tokens.iter().take(count).copied().collect::<Vec<_>>().join(" ")
}

fn is_name(text: &str) -> bool {
    let text = text.strip_prefix('$').unwrap_or(text);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':')
}

/// What the name of a script or target says it does: what it does before what it prepares.
fn by_words(text: &str) -> Option<StepKind> {
    let words = words(text);
    let mut rows = TABLES.words.rows();
    rows.rotate_left(3);
    rows.iter().find(|(_, row)| words.iter().any(|word| row.contains(word))).map(|(kind, _)| *kind)
}

/// What a ready-made step does, by its name: an action, a task, an orb's job, an image, a reusable workflow.
pub(super) fn ready_made(name: &str) -> StepKind {
    let lower = name.trim().to_lowercase();
    let actions = TABLES.actions.rows();
    if let Some((kind, _)) = actions.iter().find(|(_, row)| row.iter().any(|start| lower.starts_with(start.as_str()))) {
        return *kind;
    }
    let bare = name.split(['@', '#']).next().unwrap_or_default();
    let bare = bare.split_once("docker://").map_or(bare, |(_, image)| image);
    let bare = match bare.rsplit_once("/.github/workflows/") {
        Some((_, file)) => file,
        None => bare.split_once('/').map_or(bare, |(_, rest)| rest),
    };
    let words = words(bare.trim_end_matches(".yml").trim_end_matches(".yaml"));
    let rows = TABLES.words.rows();
    rows.iter().find(|(_, row)| words.iter().any(|word| row.contains(word))).map_or(StepKind::Other, |(kind, _)| *kind)
}

/// The words of a name in lower case, parted at signs and at capitals.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for character in text.chars().take(LONGEST) {
        let apart = !character.is_alphanumeric() || before.is_lowercase() && character.is_uppercase();
        if apart && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| character.is_alphanumeric()) {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use StepKind::{Build, Checkout, Deploy, Echo, Lint, Other, Setup, Test};

    #[test]
    fn what_commands_do() {
        for (script, wanted) in [
            ("echo \"Say something; make test\"", &[Echo][..]),
            ("echo hello && ls -la | cat", &[Echo, Echo, Echo]),
            ("cd app\nmkdir -p out\nexport A=b\nenv", &[Echo, Echo, Echo]),
            ("# npm test\nls # pytest", &[Echo]),
            ("git clone https://a.org/b.git", &[Checkout]),
            ("git config user.name x; git add -A; git commit -m 'make test'; git push", &[Echo, Echo, Echo, Echo]),
            ("git diff --exit-code", &[Lint]),
            ("npm ci", &[Setup]),
            ("npm ci && npm test", &[Setup, Test]),
            ("npm run test:unit -- --ci", &[Test]),
            ("npm run start", &[Other]),
            ("npm run build", &[Build]),
            ("yarn", &[Setup]),
            ("yarn --frozen-lockfile", &[Setup]),
            ("yarn lint", &[Lint]),
            ("pnpm run type-check", &[Test]),
            ("CI=true sudo -E make -j4", &[Build]),
            ("make test-unit", &[Test]),
            ("make", &[Build]),
            ("./gradlew assembleDebug", &[Build]),
            ("mvn -B verify", &[Test]),
            ("poetry run pytest -q", &[Test]),
            ("uv run --all-extras ruff check", &[Lint]),
            ("python -m pip install -r requirements.txt", &[Setup]),
            ("python scrape.py", &[Other]),
            ("python3 scripts/build_site.py", &[Build]),
            ("bash ci/test.sh", &[Test]),
            ("./scripts/run-tests.sh", &[Test]),
            ("./scripts/update.sh", &[Other]),
            ("./node_modules/.bin/eslint .", &[Lint]),
            ("if ! cargo test; then exit 1; fi", &[Test, Echo, Echo]),
            ("docker build -t a . && docker push a", &[Build, Deploy]),
            ("docker run --rm image npm test", &[Test]),
            ("docker compose pull", &[Setup]),
            ("bash -c 'go test ./...'", &[Test]),
            ("test -f package.json || exit 1", &[Echo, Echo]),
            ("[ -n \"$A\" ]", &[Echo]),
            ("cmake -B build \\\n  -S .", &[Build]),
            ("rscript -e 'devtools::check()'", &[Test]),
            ("r cmd check .", &[Test]),
            ("rsync -a public/ web:/srv", &[Deploy]),
            ("", &[]),
            ("then", &[]),
        ] {
            let kinds: Vec<StepKind> = commands(script).into_iter().map(|(kind, _)| kind).collect();
            assert_eq!(kinds, wanted, "{script}");
        }
    }

    #[test]
    fn what_ready_made_steps_do() {
        for (name, wanted) in [
            ("actions/checkout@v4", Checkout),
            ("actions/setup-node@v4", Setup),
            ("actions/cache@v3", Setup),
            ("actions/upload-artifact@v4", Setup),
            ("docker/login-action@v3", Setup),
            ("dtolnay/rust-toolchain@stable", Setup),
            ("actions/stale@v9", Echo),
            ("actions/labeler@v5", Echo),
            ("release-drafter/release-drafter@v6", Echo),
            ("digitalservicebund/notify-on-failure-gha@v1", Echo),
            ("docker/build-push-action@v6", Build),
            ("github/codeql-action/analyze@v3", Lint),
            ("pre-commit/action@v3", Lint),
            ("aquasecurity/trivy-action@0.28", Lint),
            ("r-lib/actions/check-r-package@v2", Test),
            ("cypress-io/github-action@v6", Test),
            ("peaceiris/actions-gh-pages@v4", Deploy),
            ("cycjimmy/semantic-release-action@v4", Deploy),
            ("openclimatefix/.github/.github/workflows/branch_ci.yml@main", Build),
            ("docker://a/harvester:v2", Other),
            ("actions/github-script@v7", Other),
            ("a/city-trees@v1", Other),
            ("Maven@3", Build),
            ("PublishTestResults@2", Test),
            ("UsePythonVersion@0", Setup),
            ("node/test", Test),
        ] {
            assert_eq!(ready_made(name), wanted, "{name}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_told_as_it_says() {
        for (kind, rows) in super::super::TABLE.commands.rows() {
            for row in rows {
                let told = told(&row.split(' ').collect::<Vec<_>>());
                assert_eq!(told, Some(kind), "{row}");
            }
        }
        for (kind, rows) in TABLES.words.rows() {
            for word in rows {
                assert_eq!(by_words(word), Some(kind), "{word}");
            }
        }
        for (kind, rows) in TABLES.actions.rows() {
            for start in rows {
                assert_eq!(ready_made(start), kind, "{start}");
            }
        }
    }
}
