//! What is said of findings that do not count?

use crate::phrase::Lang;
use crate::report::{Outcome, Report, Waived, WaivedBy};

/// How many findings are waived, and where that is said: "3 findings are waived: 2 in the policy, 1 in comments".
/// `None` where none is.
pub(super) fn sum(report: &Report, lang: Lang) -> Option<String> {
    let all = || report.outcomes.iter().flat_map(|outcome| &outcome.waived);
    let lead = match all().count() {
        0 => return None,
        1 => lang.pick("1 finding is waived", "1 Befund ist ausgenommen").to_owned(),
        many => lang.pick("{n} findings are waived", "{n} Befunde sind ausgenommen").replace("{n}", &many.to_string()),
    };
    let places = [WaivedBy::Policy, WaivedBy::Line, WaivedBy::Baseline].into_iter().filter_map(|by| {
        let count = all().filter(|waived| waived.by == by).count();
        (count > 0).then(|| format!("{count} {}", place(by, lang)))
    });
    Some(format!("{lead}: {}", places.collect::<Vec<_>>().join(", ")))
}

/// Where it is said that a finding does not count.
pub(super) fn place(by: WaivedBy, lang: Lang) -> &'static str {
    match by {
        WaivedBy::Policy => lang.pick("in the policy", "in der Richtlinie"),
        WaivedBy::Line => lang.pick("in comments", "in Kommentaren"),
        WaivedBy::Baseline => lang.pick("in the baseline", "in der Baseline"),
    }
}

/// That the baseline holds more than is there; `None` where it does not.
pub(super) fn gone(report: &Report, lang: Lang) -> Option<String> {
    let words = match report.baseline?.gone {
        0 => return None,
        1 => lang.pick(
            "1 finding of the baseline is gone: write it anew (--write-baseline)",
            "1 Befund der Baseline ist weg: Schreiben Sie sie neu (--write-baseline)",
        ),
        _ => lang.pick(
            "{n} findings of the baseline are gone: write it anew (--write-baseline)",
            "{n} Befunde der Baseline sind weg: Schreiben Sie sie neu (--write-baseline)",
        ),
    };
    Some(words.replace("{n}", &report.baseline?.gone.to_string()))
}

/// The findings that somebody waived with a reason; those of a baseline have none.
pub(super) fn with_reason(report: &Report) -> impl Iterator<Item = (&Outcome, &Waived)> {
    let outcomes = report.outcomes.iter();
    let all = outcomes.flat_map(|outcome| outcome.waived.iter().map(move |waived| (outcome, waived)));
    all.filter(|(_, waived)| waived.by != WaivedBy::Baseline)
}

/// Until when: " (until 2027-06-30)"; nothing where it has no end.
pub(super) fn until(waived: &Waived, lang: Lang) -> String {
    let words = waived.until.as_ref().map(|day| lang.pick(" (until {day})", " (bis {day})").replace("{day}", day));
    words.unwrap_or_default()
}
