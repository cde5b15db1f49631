//! What surrounds a text in quotes?

use super::{Literal, Walk};
use crate::reading::calls;
use crate::reading::source::model;
use crate::reading::source::sites::words;
use crate::reading::source::text::Piece;
use crate::reading::source::token::{Kind, is_word};

impl Walk<'_, '_> {
    pub(super) fn text(&mut self, at: usize) -> usize {
        if self.frames.is_empty() && self.code.is_docstring(at) {
            return at + 1;
        }
        if self.assigned(at) {
            return at + 1;
        }
        let inner = self.code.inner(at);
        self.filled(at);
        if model::is_path_of_machine(inner) {
            self.keep(at, inner.to_owned());
            return at + 1;
        }
        if !inner.contains("//") {
            // `settings["base_url"]`: the name of what is read
            if inner.len() < 60 && inner.bytes().all(is_word) {
                let to: Vec<String> = self.bindings.iter().map(|(name, _)| name.clone()).collect();
                for to in to {
                    self.flow(&to, inner);
                }
                self.pass(inner);
            }
            return at + 1;
        }
        let joined_by_call = self.frames.last().is_some_and(|frame| {
            calls::gives(&frame.callee).is_some_and(|gives| gives.argument.is_none() && frame.position == 0)
        });
        let (mut values, after) = self.evaluator.expression(at, !self.frames.is_empty());
        if joined_by_call
            && let Some(frame) = self.frames.last()
            && self.code.callee(frame.open) == frame.callee
        {
            let start = self.evaluator.path_start(frame.open);
            values = self.evaluator.expression(start, true).0;
        }
        let text = values.into_iter().next().map(|value| value.text).unwrap_or_default();
        self.keep(at, text);
        // Texts that were joined to this one are no texts of their own.
        (at + 1..after.min(self.code.tokens.len()))
            .take_while(|next| {
                !matches!(self.code.kind(*next), Some(Kind::Sign(b'(' | b'[' | b'{' | b')' | b']' | b'}')))
            })
            .filter(|next| {
                matches!(self.code.kind(*next), Some(Kind::Text(_))) && !self.code.inner(*next).contains("://")
            })
            .last()
            .map_or(at + 1, |last| last + 1)
    }

    /// What is filled into a text reaches the names that get the text.
    fn filled(&mut self, at: usize) {
        let pieces = if self.code.inner(at).contains(['{', '$', '(']) { self.code.pieces(at) } else { Vec::new() };
        let mut to: Vec<String> = self.bindings.iter().map(|(name, _)| name.clone()).collect();
        to.extend(
            self.frames.iter().rev().take(3).filter_map(|frame| frame.parameter().or(frame.key.as_ref())).cloned(),
        );
        for piece in pieces {
            let Piece::Filled(expression) = piece else { continue };
            for word in words(&expression) {
                self.met.count(&word);
                for to in &to {
                    self.flow(to, &word);
                }
            }
        }
    }

    fn keep(&mut self, at: usize, text: String) {
        let mut within: Vec<(String, Vec<String>)> = Vec::new();
        let mut keys: Vec<String> = Vec::new();
        let mut labels: Vec<String> = Vec::new();
        for frame in self.frames.iter().rev().take(8) {
            labels.extend(frame.parameter().cloned());
            if let Some(key) = &frame.key {
                keys.push(key.clone());
                labels.push(key.clone());
            }
            if !frame.callee.is_empty() {
                within.push((frame.callee.clone(), keys.clone()));
                // `add_argument("--base-url", default="https://…")`: what is asked for names what is given
                labels.extend(self.option_name(frame.open));
            }
        }
        let bound = self
            .bindings
            .last()
            .filter(|(name, depth)| !self.in_body(*depth) && self.declared.contains(name))
            .map(|(name, _)| name.clone());
        labels.extend(self.bindings.iter().rev().map(|(name, _)| name.clone()));
        self.met.literals.push(Literal { at, text, within, labels, bound });
    }

    /// Whether the body of a function lies between a variable and here, so that this is not the variable's value.
    fn in_body(&self, depth: usize) -> bool {
        self.frames.get(depth..).unwrap_or_default().iter().any(|frame| {
            self.code.is(frame.open, b'{')
                && frame
                    .open
                    .checked_sub(1)
                    .is_some_and(|before| self.code.is(before, b')') || self.code.is(before, b'>'))
        })
    }

    fn option_name(&self, open: usize) -> Vec<String> {
        (open + 1..open + 8)
            .take_while(|at| !self.code.is(*at, b')'))
            .map(|at| self.code.inner(at))
            .filter_map(|text| text.strip_prefix("--"))
            .map(|name| name.replace('-', "_"))
            .collect()
    }
}
