//! What does a licence expression say, and is it one?
//!
//! Only the syntax is judged (SPDX 2.3, Annex D): `LICENSES/` says which identifiers exist in a project. Operators are
//! taken in any case, as SPDX 2.3 allows; the canonical form has them in capitals and no needless parentheses.

/// The deepest nesting of parentheses that is followed; whatever lies deeper was written by no licensor.
const DEPTH: usize = 100;

/// A licence expression that somebody stated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression {
    /// in canonical form where it is valid, else as it was written
    pub text: String,
    /// the licences and exceptions it names, each once, sorted; `None` where it is no expression
    pub ids: Option<Vec<String>>,
}

impl Expression {
    /// Reads an expression, in time linear in its length.
    pub fn parse(written: &str) -> Self {
        let parsed = Parser::default().parse(written);
        match parsed {
            Some((text, mut ids)) => {
                ids.sort_unstable();
                ids.dedup();
                Self { text, ids: Some(ids) }
            }
            None => Self { text: written.to_owned(), ids: None },
        }
    }

    /// Whether it follows the grammar.
    pub fn is_valid(&self) -> bool {
        self.ids.is_some()
    }

    /// The licences and exceptions it names; none where it is not valid.
    pub fn ids(&self) -> &[String] {
        self.ids.as_deref().unwrap_or_default()
    }
}

/// A part of an expression: what is written for it, and whether it needs parentheses inside another.
#[derive(Clone)]
struct Part {
    text: String,
    compound: bool,
}

/// One level of parentheses: alternatives, each a list of what is to hold together.
#[derive(Default)]
struct Level {
    alternatives: Vec<Vec<Part>>,
    current: Vec<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// nothing yet, or an operator or opening parenthesis: a licence has to follow
    Open,
    /// a bare licence, which `WITH` may follow
    Licence,
    /// `WITH`: an exception has to follow
    With,
    /// something complete
    Closed,
}

#[derive(Default)]
struct Parser {
    levels: Vec<Level>,
    here: Level,
    ids: Vec<String>,
}

impl Parser {
    fn parse(mut self, written: &str) -> Option<(String, Vec<String>)> {
        let mut last = Last::Open;
        for token in tokens(written) {
            last = match (token, last) {
                ("(", Last::Open) if self.levels.len() < DEPTH => {
                    self.levels.push(std::mem::take(&mut self.here));
                    Last::Open
                }
                (")", Last::Licence | Last::Closed) => {
                    let outer = self.levels.pop()?;
                    let inner = std::mem::replace(&mut self.here, outer).close()?;
                    self.here.current.push(inner);
                    Last::Closed
                }
                (word, Last::Licence | Last::Closed) if word.eq_ignore_ascii_case("and") => Last::Open,
                (word, Last::Licence | Last::Closed) if word.eq_ignore_ascii_case("or") => {
                    let done = std::mem::take(&mut self.here.current);
                    self.here.alternatives.push(done);
                    Last::Open
                }
                (word, Last::Licence) if word.eq_ignore_ascii_case("with") => Last::With,
                (word, Last::Open) if is_id(word) => {
                    self.ids.push(word.to_owned());
                    self.here.current.push(Part { text: word.to_owned(), compound: false });
                    Last::Licence
                }
                (word, Last::With) if is_id(word) => {
                    self.ids.push(word.to_owned());
                    let licence = self.here.current.last_mut()?;
                    licence.text.push_str(" WITH ");
                    licence.text.push_str(word);
                    Last::Closed
                }
                _ => return None,
            };
        }
        let whole = matches!(last, Last::Licence | Last::Closed) && self.levels.is_empty();
        whole.then_some(())?;
        Some((self.here.close()?.text, self.ids))
    }
}

impl Level {
    fn close(mut self) -> Option<Part> {
        self.alternatives.push(self.current);
        let alternatives: Option<Vec<Part>> = self.alternatives.into_iter().map(|all| join(all, " AND ")).collect();
        join(alternatives?, " OR ")
    }
}

/// Parts joined by an operator; a single one stays as it is.
fn join(mut parts: Vec<Part>, operator: &str) -> Option<Part> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let wrapped = parts.into_iter().map(|part| if part.compound { format!("({})", part.text) } else { part.text });
    Some(Part { text: wrapped.collect::<Vec<_>>().join(operator), compound: true })
}

/// Parentheses, and what stands between them and spaces.
fn tokens(written: &str) -> impl Iterator<Item = &str> {
    written.split_whitespace().flat_map(|word| word.split_inclusive(['(', ')'])).flat_map(|piece| {
        let name = piece.trim_end_matches(['(', ')']);
        let bracket = piece.get(name.len()..).unwrap_or_default();
        [name, bracket].into_iter().filter(|token| !token.is_empty())
    })
}

/// Whether a word has only characters of identifiers, and is no operator.
fn is_id(word: &str) -> bool {
    !["and", "or", "with"].iter().any(|operator| word.eq_ignore_ascii_case(operator))
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | ':' | '_' | '.' | '+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_expressions() {
        for (written, text, ids) in [
            ("MIT", "MIT", &["MIT"][..]),
            (" ((MIT)) ", "MIT", &["MIT"]),
            ("mit or Apache-2.0", "mit OR Apache-2.0", &["Apache-2.0", "mit"]),
            ("A AND B OR C", "(A AND B) OR C", &["A", "B", "C"]),
            ("A OR B AND C OR D", "A OR (B AND C) OR D", &["A", "B", "C", "D"]),
            ("A AND B AND A", "A AND B AND A", &["A", "B"]),
            ("A OR (B OR C)", "A OR (B OR C)", &["A", "B", "C"]),
            ("(A OR B) AND C", "(A OR B) AND C", &["A", "B", "C"]),
            ("(A)AND(B)", "A AND B", &["A", "B"]),
            (
                "GPL-2.0-only WITH x-exception AND MIT",
                "GPL-2.0-only WITH x-exception AND MIT",
                &["GPL-2.0-only", "MIT", "x-exception"],
            ),
            ("GPL-2.0+", "GPL-2.0+", &["GPL-2.0+"]),
            ("DocumentRef-x:LicenseRef-Own_2", "DocumentRef-x:LicenseRef-Own_2", &["DocumentRef-x:LicenseRef-Own_2"]),
        ] {
            let expression = Expression::parse(written);
            assert_eq!(expression.text, text, "{written}");
            assert_eq!(expression.ids(), ids, "{written}");
        }
    }

    #[test]
    fn what_is_no_expression_stays_as_it_is() {
        for written in [
            "",
            "()",
            "MIT OR",
            "OR MIT",
            "MIT Apache-2.0",
            "MIT, Apache-2.0",
            "MIT/Apache-2.0",
            "(MIT OR X",
            "MIT)",
            "<MIT>",
            "MIT AND OR X",
            "A WITH B WITH C",
            "(A) WITH B",
            "A WITH",
            "WITH B",
            "A (B)",
            "(A) B",
            "MIT ]]",
        ] {
            let expression = Expression::parse(written);
            assert!(!expression.is_valid(), "{written}");
            assert_eq!((expression.text.as_str(), expression.ids()), (written, &[][..]));
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| format!("{}MIT{}", "(".repeat(depth), ")".repeat(depth));
        assert!(Expression::parse(&nested(DEPTH)).is_valid());
        assert!(!Expression::parse(&nested(DEPTH + 1)).is_valid());
        assert!(!Expression::parse(&nested(1_000_000)).is_valid());
    }
}
