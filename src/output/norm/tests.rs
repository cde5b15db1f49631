//! Does the section on a norm keep its shape, whatever stands in it and however little room there is?

use super::markdown::section;
use crate::phrase::Lang;
use crate::report::norm::{Answering, NormReport};
use crate::rule::Norms;

fn report(id: &str) -> NormReport {
    let rules = crate::rule::shipped().expect("the shipped rules");
    let norm = Norms::shipped().norm(id).expect("a norm");
    let outcomes: Vec<crate::report::Outcome> = rules.into_iter().map(hostile).collect();
    NormReport::new(norm, &Answering::of(&crate::rule::shipped().expect("rules")), &outcomes, Some("software"))
}

/// Each rule is skipped for a reason that tries to leave its cell.
fn hostile(rule: crate::rule::Rule) -> crate::report::Outcome {
    let why =
        crate::phrase::Phrase::new("`{name}` | is {name}", "`{name}` | ist {name}").with("name", "a|b\n| c \\| <b>");
    crate::report::Outcome { rule, verdict: crate::report::Verdict::Skipped(why), waived: Vec::new() }
}

/// The bars of a row that end a cell: those that nothing escapes.
fn bars(row: &str) -> usize {
    let mut bars = 0;
    let mut escaped = false;
    for c in row.chars() {
        bars += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    bars
}

#[test]
fn tables_keep_their_columns() {
    for norm in Norms::shipped().all() {
        for lang in [Lang::En, Lang::De] {
            let text = section(&report(&norm.id), lang, usize::MAX);
            let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
            assert_eq!(rows.len(), norm.requirements.len() + 2, "{}", norm.id);
            let columns = bars(rows[0]);
            for row in rows {
                assert_eq!(bars(row), columns, "{row}");
            }
        }
    }
}

#[test]
fn what_is_out_of_reach_goes_first() {
    let report = report("s4pc");
    for lang in [Lang::En, Lang::De] {
        let whole = section(&report, lang, usize::MAX);
        let shortened = section(&report, lang, whole.len() - 1);
        assert!(shortened.len() < whole.len());
        for row in &report.rows {
            assert!(shortened.contains(&format!("`{}`", row.requirement.id)), "{}", row.requirement.id);
        }
        let sums = section(&report, lang, 0);
        assert!(sums.contains(&report.sums_in_words(lang)) && !sums.contains("| --- |"));
        assert!(sums.len() < 1_500, "{}", sums.len());
    }
}
