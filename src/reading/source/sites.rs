//! What are the calls of a program given that read data?

use super::code::Code;
use super::evidence::{at_token, is_source, named_at};
use super::token::Kind;
use super::value::{Argument, Evaluator, Names, Value};
use super::walk::{Site, Walked, is_higher};
use super::{Awaits, Evidence, Is, Pin, Use, context, model};
use crate::reading::address::{Address, HOLE};
use crate::reading::calls::{self, Call, Reads};
use crate::reading::hosts::{self, SourceKind};
use std::collections::BTreeSet;

/// What calls are given directly, and the names that have to be followed.
#[derive(Debug, Default)]
pub(super) struct Given {
    /// what they read
    pub(super) uses: Vec<Use>,
    /// tokens of texts that were given to a call
    pub(super) tokens: BTreeSet<usize>,
    /// names whose values calls read from
    pub(super) needed: BTreeSet<String>,
}

/// Looks at every call that may read something.
pub(super) fn given(code: &Code<'_>, names: &Names, walked: &Walked) -> Given {
    let has = |word: &str| memchr::memmem::find(code.text.as_bytes(), word.as_bytes()).is_some();
    let is_operators = |labels: &[String]| labels.iter().take(2).any(|label| context::is_for_the_operator(label));
    let operators =
        walked.literals.iter().filter(|literal| is_operators(&literal.labels)).map(|literal| literal.at).collect();
    let mut reader = Reader {
        code,
        evaluator: Evaluator::new(code, names),
        given: Given::default(),
        operators,
        google: has("google"),
    };
    for site in &walked.sites {
        let language = code.dialect.name();
        let row = if language == "sql" {
            calls::calls(language, &site.callee.to_lowercase(), &has)
        } else {
            calls::calls(language, &site.callee, &has)
        };
        match row {
            Some(row) => reader.site(site, row),
            None if is_higher(site.callee.rsplit('.').next().unwrap_or_default()) => reader.higher(site, &has),
            None => {}
        }
    }
    if code.dialect.name() == "sql" {
        reader.given.uses.extend(foreign_servers(code));
    }
    reader.given
}

/// `CREATE SERVER … OPTIONS (host 'db.example.de', …)`: databases that another one reads from.
fn foreign_servers(code: &Code<'_>) -> Vec<Use> {
    let is = |at: usize, word: &str| code.name(at).is_some_and(|name| name.eq_ignore_ascii_case(word));
    let mut found = Vec::new();
    let mut server = None;
    for at in 0..code.tokens.len() {
        if is(at, "server") && at.checked_sub(1).is_some_and(|before| is(before, "create")) {
            server = Some(at);
        }
        let begun = server.is_some_and(|begun| at - begun < 40);
        if begun && (is(at, "host") || is(at, "servername")) && matches!(code.kind(at + 1), Some(Kind::Text(_))) {
            let address = Address::bare(code.inner(at + 1).trim());
            let known = |address: &Address| {
                address.is_public() && hosts::no_source(address).is_none() && !hosts::is_placeholder(address)
            };
            let is = Is::Source(SourceKind::Database);
            found.extend(
                address
                    .filter(known)
                    .map(|address| at_token(code, at + 1, &address, is, Evidence::Call, Awaits::Nothing)),
            );
        }
    }
    found
}

struct Reader<'c, 't> {
    code: &'c Code<'t>,
    evaluator: Evaluator<'c, 't>,
    given: Given,
    /// texts whose names say that people sign in there, or that it is a part of a page
    operators: BTreeSet<usize>,
    google: bool,
}

impl Reader<'_, '_> {
    fn site(&mut self, site: &Site, row: &Call) {
        let arguments = self.evaluator.arguments(site.open);
        let reads = if self.writes(&arguments) && row.reads == Reads::Web { Reads::Send } else { row.reads };
        if row.reads == Reads::Named {
            self.named(site, row);
            return;
        }
        let before = self.given.uses.len();
        let mut position = 0;
        let mut met = false;
        for argument in &arguments {
            let taken = row.takes(position, argument.key);
            if argument.key.is_none() {
                position += 1;
            }
            if taken {
                met |= self.argument(argument, row, reads);
            }
            let named = self.code.is(argument.start, b'[') && self.code.are(argument.start + 2, "=>");
            if named || self.code.is(argument.start, b'{') {
                for inner in self.evaluator.arguments(argument.start) {
                    if inner.key.is_some_and(|key| row.takes(usize::MAX, Some(key))) {
                        met |= self.argument(&inner, row, reads);
                    }
                }
            }
        }
        if !met && let Some((start, end)) = site.receiver {
            met = self.argument(&Argument { key: None, start, end }, row, reads);
        }
        let pin = pin(row, &arguments);
        self.given.uses.iter_mut().skip(before).for_each(|used| used.pin = pin);
        if !met && reads == Reads::Tiles && row.means.is_some() && arguments.is_empty() {
            self.named(site, row);
        }
    }

    /// `lapply(urls, read_csv)`: every text and name beside the function that reads.
    fn higher(&mut self, site: &Site, has: &dyn Fn(&str) -> bool) {
        let arguments = self.evaluator.arguments(site.open);
        let row = arguments.iter().find_map(|argument| {
            let last = argument.end.checked_sub(1).filter(|last| self.code.kind(*last) == Some(Kind::Name))?;
            let mut callee = self.code.callee(last + 1);
            if callee.is_empty() {
                callee = self.code.name(last)?.to_owned();
            }
            calls::calls(self.code.dialect.name(), &callee, has)
        });
        let Some(row) = row else { return };
        if matches!(row.reads, Reads::Data | Reads::Web | Reads::Tiles | Reads::Service) {
            for argument in &arguments {
                self.argument(argument, row, row.reads);
            }
            self.given.needed.extend(site.callee.split('.').map(str::to_owned).filter(|name| !is_higher(name)));
        }
    }

    /// Whether the call says that it sends something.
    fn writes(&self, arguments: &[Argument<'_>]) -> bool {
        let (Some(first), Some(last)) = (arguments.first(), arguments.last()) else { return false };
        (first.start..last.end.min(first.start + 200)).any(|at| {
            let text = matches!(self.code.inner(at), "POST" | "PUT" | "PATCH" | "DELETE" | "post" | "put" | "patch");
            let names = ["MethodPost", "MethodPut", "MethodPatch", "MethodDelete", "POST", "PUT", "PATCH", "DELETE"];
            text || self.code.name(at).is_some_and(|name| names.contains(&name))
        })
    }

    fn named(&mut self, site: &Site, row: &Call) {
        let Some(means) = &row.means else { return };
        let kind = row.kind.as_deref().and_then(SourceKind::named).unwrap_or(SourceKind::Service);
        let at = site.open.saturating_sub(1);
        let used =
            named_at(self.code, at, means.clone(), named(means), Is::Source(kind), Evidence::Call, Awaits::Nothing);
        self.given.uses.push(used);
    }

    /// Whether an argument was understood.
    fn argument(&mut self, argument: &Argument<'_>, row: &Call, reads: Reads) -> bool {
        if reads == Reads::Provider && self.provider(argument) {
            return true;
        }
        let (values, _) = self.evaluator.expression(argument.start, true);
        let mut met = false;
        for value in &values {
            if reads == Reads::Send {
                // What is only written to is no source, whatever its address looks like.
                self.given.tokens.extend(value.anchor);
            }
            if let Some(used) = self.value(value, row, reads, argument.key) {
                // What a text in brackets holds besides its first value is met as a text that flows.
                self.given.tokens.extend(value.anchor);
                self.given.uses.push(used);
                met = true;
            }
        }
        let listed = self.code.is(argument.start, b'[') || self.code.name(argument.start) == Some("c");
        if listed && !matches!(reads, Reads::Model) {
            for at in argument.start..argument.end {
                let text = Value { text: self.code.inner(at).to_owned(), anchor: Some(at) };
                if !text.text.is_empty()
                    && !self.given.tokens.contains(&at)
                    && let Some(used) = self.value(&text, row, reads, argument.key)
                {
                    self.given.tokens.insert(at);
                    self.given.uses.push(used);
                }
            }
        }
        if !met && !matches!(reads, Reads::Provider | Reads::Dataset | Reads::Model | Reads::Send) {
            self.need(argument);
        }
        met
    }

    fn need(&mut self, argument: &Argument<'_>) {
        for at in argument.start..argument.end.min(argument.start + 80) {
            match self.code.kind(at) {
                Some(Kind::Name) => {
                    self.given.needed.extend(self.code.name(at).map(str::to_owned));
                }
                Some(Kind::Text(_)) => {
                    for piece in self.code.pieces(at) {
                        if let super::text::Piece::Filled(expression) = piece {
                            self.given.needed.extend(words(&expression));
                        }
                    }
                    let inner = self.code.inner(at);
                    if inner.len() > 2 && inner.len() < 60 && inner.bytes().all(super::token::is_word) {
                        self.given.needed.insert(inner.to_owned());
                    }
                }
                _ => {}
            }
        }
    }

    fn value(&self, value: &Value, row: &Call, reads: Reads, key: Option<&str>) -> Option<Use> {
        let at = value.anchor.filter(|at| !self.operators.contains(at))?;
        let text = value.text.trim();
        match reads {
            Reads::Model => {
                let id = model::called(text, row.means.as_deref().unwrap_or_default())?;
                Some(named_at(self.code, at, id, Address::default(), Is::Model, Evidence::Call, Awaits::Nothing))
            }
            Reads::Dataset => {
                let means = row.means.as_deref()?;
                let plain = !text.is_empty()
                    && !text.contains([HOLE, ' ', '.'])
                    && !text.starts_with(['/', '~'])
                    && !matches!(text, "csv" | "json" | "parquet" | "text" | "imagefolder" | "audiofolder" | "pandas");
                let called = format!("{means}/{text}");
                let is = Is::Source(SourceKind::Hub);
                plain.then(|| {
                    named_at(self.code, at, called.clone(), named(&called), is, Evidence::Call, Awaits::Nothing)
                })
            }
            Reads::Bucket => {
                let scheme = if self.google { "gs" } else { "s3" };
                let bucket = text.split('/').next().unwrap_or_default();
                let plain = bucket.len() > 2
                    && bucket.bytes().all(|byte| {
                        byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_')
                    });
                let address = Address { scheme: scheme.into(), host: bucket.into(), ..Address::default() };
                let is = Is::Source(SourceKind::ObjectStore);
                (plain && !hosts::is_placeholder(&address))
                    .then(|| at_token(self.code, at, &address, is, Evidence::Call, Awaits::Nothing))
            }
            Reads::Broker | Reads::Database => {
                let address = Address::find(text).map(|(_, address)| address).or_else(|| Address::bare(text))?;
                let (is, evidence) = if reads == Reads::Database && !address.is_database() {
                    (address.is_public() && hosts::no_source(&address).is_none() && !hosts::is_placeholder(&address))
                        .then_some((Is::Source(SourceKind::Database), Evidence::Call))?
                } else {
                    is_source(&address, Some(reads))?
                };
                Some(at_token(self.code, at, &address, is, evidence, Awaits::Nothing))
            }
            _ => {
                let reads = if reads == Reads::Provider { Reads::Tiles } else { reads };
                let reads_host = reads == Reads::Host || matches!(key, Some("hostname" | "host"));
                let reads = if reads == Reads::Host { Reads::Web } else { reads };
                let (start, address) = Address::find(text).or_else(|| {
                    let bare = text.starts_with("//") || reads_host;
                    bare.then(|| Address::bare(text).map(|address| (0, address))).flatten()
                })?;
                if address.host.is_empty() || text.get(..start)?.contains(char::is_whitespace) {
                    return None;
                }
                let (is, evidence) = is_source(&address, Some(reads))?;
                Some(at_token(self.code, at, &address, is, evidence, Awaits::Nothing))
            }
        }
    }

    /// A map provider chosen by name, as a text or as `providers.Name`.
    fn provider(&mut self, argument: &Argument<'_>) -> bool {
        let range = argument.start..argument.end.min(argument.start + 12);
        let chosen = range.clone().find_map(|at| {
            let next = (self.code.name(at) == Some("providers")).then_some(at + 2)?;
            Some((next, self.code.name(next)?))
        });
        let texts = range.filter(|at| !self.code.inner(*at).contains("//")).map(|at| (at, self.code.inner(at)));
        let found = chosen.into_iter().chain(texts).find_map(|(at, name)| Some((at, hosts::provider(name)?)));
        let Some((at, host)) = found else { return false };
        let is = Is::Source(SourceKind::Tiles);
        let used = named_at(self.code, at, host.to_owned(), named(host), is, Evidence::Call, Awaits::Nothing);
        self.given.tokens.insert(at);
        self.given.uses.push(used);
        true
    }
}

/// Whether the call says which state of a thing on a hub it takes, or by which checksum a file is told.
fn pin(row: &Call, arguments: &[Argument<'_>]) -> Pin {
    let named = arguments.iter().any(|argument| argument.key.is_some_and(calls::pins));
    let of_hub = matches!(row.reads, Reads::Model | Reads::Dataset)
        && row.means.as_deref().is_some_and(|means| means.starts_with("huggingface.co"));
    match (named, of_hub) {
        (true, _) => Pin::Named,
        (false, true) => Pin::Left,
        (false, false) => Pin::NotAsked,
    }
}

/// The address of a source that is known by name.
fn named(means: &str) -> Address {
    Address::bare(means).unwrap_or_default()
}

/// The names in an expression.
pub(super) fn words(expression: &str) -> impl Iterator<Item = String> + '_ {
    expression
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| word.len() > 1 && !word.starts_with(|c: char| c.is_ascii_digit()))
        .map(str::to_owned)
}
