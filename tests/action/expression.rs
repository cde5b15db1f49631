//! What is the value of `${{ … }}`? As much of GitHub's expressions as action.yml uses; anything else is refused, so that
//! a test cannot pass because an expression was not understood.

use serde_json::Value;

/// The text with every `${{ … }}` replaced by its value.
pub(crate) fn filled(text: &str, contexts: &Value) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, behind) = after.split_once("}}").expect("an expression has an end");
        out.push_str(before);
        out.push_str(&shown(&value(expression, contexts)));
        rest = behind;
    }
    out + rest
}

/// Whether a step with this `if` runs.
pub(crate) fn holds(condition: &str, contexts: &Value) -> bool {
    let inner = condition.trim();
    let inner = inner.strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")).unwrap_or(inner);
    truth(&value(inner, contexts))
}

fn value(expression: &str, contexts: &Value) -> Value {
    let mut words = words(expression);
    words.reverse();
    let value = either(&mut words, contexts);
    assert!(words.is_empty(), "not understood in `{expression}`: {words:?}");
    value
}

fn words(expression: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first == '\'' {
            rest.get(1..).and_then(|inner| inner.find('\'')).expect("a closing quote") + 2
        } else if first.is_ascii_alphabetic() {
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c))).unwrap_or(rest.len())
        } else {
            2
        };
        let (word, behind) = rest.split_at(length);
        assert!(
            first == '\'' || first.is_ascii_alphabetic() || ["==", "!=", "&&", "||"].contains(&word),
            "not understood: `{rest}`"
        );
        words.push(word.to_owned());
        rest = behind.trim_start();
    }
    words
}

fn either(words: &mut Vec<String>, contexts: &Value) -> Value {
    let mut left = both(words, contexts);
    while words.pop_if(|word| word == "||").is_some() {
        let right = both(words, contexts);
        left = if truth(&left) { left } else { right };
    }
    left
}

fn both(words: &mut Vec<String>, contexts: &Value) -> Value {
    let mut left = compared(words, contexts);
    while words.pop_if(|word| word == "&&").is_some() {
        let right = compared(words, contexts);
        left = if truth(&left) { right } else { left };
    }
    left
}

fn compared(words: &mut Vec<String>, contexts: &Value) -> Value {
    let left = single(words, contexts);
    match words.pop_if(|word| word == "==" || word == "!=") {
        Some(sign) => Value::Bool((shown(&left) == shown(&single(words, contexts))) == (sign == "==")),
        None => left,
    }
}

fn single(words: &mut Vec<String>, contexts: &Value) -> Value {
    let word = words.pop().expect("a value");
    match word.strip_prefix('\'') {
        Some(text) => Value::String(text.trim_end_matches('\'').to_owned()),
        None => word.split('.').fold(contexts.clone(), |value, key| value.get(key).cloned().unwrap_or(Value::Null)),
    }
}

fn truth(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && !["", "0"].contains(&shown(value).as_str())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[test]
fn expressions() {
    let contexts = serde_json::json!({"a": {"b-c": "x", "n": 3, "none": null}, "yes": "true"});
    for (text, expected) in [
        ("<${{ a.b-c }}|${{ a.n }}>", "<x|3>"),
        ("${{ a.none || a.gone.deep || 'z' }}", "z"),
        ("${{ yes == 'true' && a.b-c != 'y' }}", "true"),
        ("${{ yes == 'true' && a.b-c != 'x' }}", "false"),
    ] {
        assert_eq!(filled(text, &contexts), expected, "{text}");
    }
    assert!(holds("${{ a.gone != 'true' }}", &contexts) && !holds("a.gone == 'true'", &contexts));
}
