//! How are numbers and shares written for people?

use super::trend::permille;
use crate::phrase::Lang;

/// A number with its thousands told apart: `1,234` or `1.234`.
pub fn number(number: usize, lang: Lang) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(lang.pick(',', '.'));
        }
        out.push(digit);
    }
    out
}

/// A share in percent: `45.3 %` or `45,3 %`; `–` of nothing. What is neither nothing nor all never looks as if it were.
pub fn share(part: usize, whole: usize, lang: Lang) -> String {
    let Some(share) = permille(part, whole) else { return "–".to_owned() };
    let shown = match share {
        0 if part > 0 => 1,
        1000 if part < whole => 999,
        share => share,
    };
    match (shown / 10, shown % 10) {
        (whole, 0) => format!("{whole} %"),
        (whole, tenth) => format!("{whole}{}{tenth} %", lang.pick('.', ',')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_shares() {
        for (value, en, de) in
            [(0, "0", "0"), (999, "999", "999"), (1_000, "1,000", "1.000"), (1_234_567, "1,234,567", "1.234.567")]
        {
            assert_eq!((number(value, Lang::En).as_str(), number(value, Lang::De).as_str()), (en, de));
        }
        for (part, whole, shown) in [
            (0, 0, "–"),
            (0, 5, "0 %"),
            (5, 5, "100 %"),
            (1, 3, "33,3 %"),
            (1, 100_000, "0,1 %"),
            (99_999, 100_000, "99,9 %"),
        ] {
            assert_eq!(share(part, whole, Lang::De), shown);
        }
    }
}
