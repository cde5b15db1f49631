//! Does each requirement stand as it should, and is it said why?

use super::*;
use crate::phrase::{Lang, Message, Piece, Words};
use crate::report::{Finding, Waived, WaivedBy};
use crate::rule::Norms;
use crate::rule::testing::rules as sample_rules;
use crate::signal::{Place, Subject};
use std::collections::BTreeSet;

/// A norm with one requirement of each kind that counts.
fn norm() -> &'static Norm {
    let table = r#"
        id = "n"
        en = "Norm"
        de = "Norm"
        version = "1"
        [[requirement]]
        id = "both"
        told-by = "files"
        en = "Both"
        de = "Beides"
        not-met-by = ["a/strong"]
        covered = "all"
        [[requirement]]
        id = "software"
        told-by = "files"
        en = "Software"
        de = "Software"
        covered = "software"
        [[requirement]]
        id = "part"
        told-by = "history"
        en = "Part"
        de = "Teil"
        not-met-by = ["a/strong"]
        [[requirement]]
        id = "hint"
        told-by = "hint"
        en = "Hint"
        de = "Hinweis"
        [[requirement]]
        id = "forge"
        told-by = "forge"
        en = "Forge"
        de = "Plattform"
    "#;
    Box::leak(Box::new(toml::from_str(table).expect("a norm")))
}

static SUBJECT: Subject = Subject {
    name: "thing",
    is: Words::new("thing", "Ding"),
    none: Words::new("no things", "keine Dinge"),
    signals: &[],
    look: |_| Vec::new(),
};

fn rule(id: &str, norms: &[&str]) -> Rule {
    let mut rule = sample_rules().into_iter().next().expect("a rule");
    rule.id = id.to_owned();
    rule.looks_at = Some(&SUBJECT);
    rule.norms = norms.iter().map(|id| (*id).to_owned()).collect();
    rule
}

fn finding() -> Finding {
    Finding {
        place: Place::default(),
        called: "x".into(),
        values: BTreeMap::new(),
        stands_for: None,
        excerpt: None,
        line_hash: None,
        fingerprint: String::new(),
    }
}

/// An outcome by a word: `ok`, `found`, `waived`, `baseline`, `some-waived`, `none`, `skip`.
fn outcome(rule: Rule, word: &str) -> Outcome {
    let waived = |by| vec![Waived { finding: finding(), by, reason: "known".into(), until: None }];
    let (verdict, waived) = match word {
        "ok" => (Verdict::Ok, Vec::new()),
        "found" => (Verdict::Findings(vec![finding()]), Vec::new()),
        "waived" => (Verdict::Findings(Vec::new()), waived(WaivedBy::Policy)),
        "baseline" => (Verdict::Findings(Vec::new()), waived(WaivedBy::Baseline)),
        "some-waived" => (Verdict::Findings(vec![finding()]), waived(WaivedBy::Line)),
        "none" => (Verdict::Skipped(Phrase::new("no things", "keine Dinge")), Vec::new()),
        _ => (Verdict::Skipped(Phrase::new("a shallow clone", "ein flacher Klon")), Vec::new()),
    };
    Outcome { rule, verdict, waived }
}

/// The standing of one requirement, from what the rules `a/strong` and `a/weak` that answer it say; `off` is not asked.
fn stands(requirement: &str, strong: &str, weak: &str, kind: Option<&str>) -> (Standing, Row) {
    let id = format!("n/{requirement}");
    let rules = || [("a/strong", strong), ("a/weak", weak)].map(|(name, word)| (rule(name, &[&id]), word));
    let answering = Answering::of(&rules().map(|(rule, _)| rule));
    let outcomes: Vec<Outcome> =
        rules().into_iter().filter(|(_, word)| *word != "off").map(|(rule, word)| outcome(rule, word)).collect();
    let report = NormReport::new(norm(), &answering, &outcomes, kind);
    let row = report.rows.into_iter().find(|row| row.requirement.id == requirement).expect("a row");
    (row.standing, row)
}

fn plain(message: &Message) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Own(own) => own.clone(),
        Piece::Foreign(foreign) => foreign.lossy().into_owned(),
    };
    message.0.iter().map(text).collect()
}

#[test]
fn standings() {
    use Standing::{OutOfReach, Prepared, Untold};
    const HOLDS: Standing = Standing::Settled(Settled::Holds);
    const NOT_MET: Standing = Standing::Settled(Settled::NotMet);
    const ACCEPTED: Standing = Standing::Settled(Settled::Accepted);
    for (requirement, strong, weak, kind, standing) in [
        ("both", "ok", "ok", None, HOLDS),
        // Nothing there to be looked at does no harm, as long as something was.
        ("both", "ok", "none", None, HOLDS),
        ("both", "none", "none", None, Untold),
        ("both", "found", "ok", None, NOT_MET),
        ("both", "some-waived", "ok", None, NOT_MET),
        ("both", "waived", "ok", None, ACCEPTED),
        // A baseline accepts nothing.
        ("both", "baseline", "ok", None, NOT_MET),
        // Where not all rules were judged, nobody can say that it holds.
        ("both", "ok", "skip", None, Prepared(Evidence::Nothing)),
        ("both", "ok", "off", None, Prepared(Evidence::Nothing)),
        ("both", "ok", "found", None, Prepared(Evidence::Findings)),
        ("both", "ok", "waived", None, Prepared(Evidence::Accepted)),
        ("both", "skip", "found", None, Prepared(Evidence::Findings)),
        ("both", "skip", "skip", None, Untold),
        ("both", "skip", "off", None, Untold),
        ("both", "off", "off", None, OutOfReach(Beyond::NotAsked)),
        ("software", "ok", "ok", Some("software"), HOLDS),
        ("software", "ok", "ok", Some("data"), Prepared(Evidence::Nothing)),
        ("software", "ok", "ok", None, Prepared(Evidence::Nothing)),
        ("software", "found", "ok", Some("software"), Prepared(Evidence::Findings)),
        ("part", "ok", "ok", None, Prepared(Evidence::Nothing)),
        ("part", "found", "ok", None, NOT_MET),
        ("part", "ok", "found", None, Prepared(Evidence::Findings)),
        // A hint settles nothing, and what an administration's own rule says of the forge is evidence.
        ("hint", "found", "ok", None, Prepared(Evidence::Findings)),
        ("hint", "ok", "ok", None, Prepared(Evidence::Nothing)),
        ("forge", "found", "off", None, Prepared(Evidence::Findings)),
    ] {
        let (found, row) = stands(requirement, strong, weak, kind);
        assert_eq!(found, standing, "{requirement}: {strong}, {weak}, {kind:?}");
        for lang in [Lang::En, Lang::De] {
            assert!(!row.reason(lang).0.is_empty(), "{requirement}: {strong}, {weak}");
        }
    }
}

#[test]
fn what_no_rule_answers() {
    let report = NormReport::new(norm(), &Answering::default(), &[], None);
    let standings: Vec<Standing> = report.rows.iter().map(|row| row.standing).collect();
    let beyond = [Beyond::NoRule, Beyond::NoRule, Beyond::NoRule, Beyond::NoHint, Beyond::Forge];
    assert_eq!(standings, beyond.map(Standing::OutOfReach));
    assert_eq!(report.out_of_reach()[&Beyond::NoHint], ["hint"]);
    assert_eq!(report.sums(), Sums { out_of_reach: report.rows.len(), ..Sums::default() });
}

#[test]
fn reasons() {
    let text = |row: &Row, lang| plain(&row.reason(lang));
    let (_, row) = stands("both", "ok", "skip", None);
    assert_eq!(text(&row, Lang::En), "no findings: a/strong; a/weak not judged: a shallow clone");
    assert_eq!(text(&row, Lang::De), "ohne Befund: a/strong; a/weak nicht beurteilt: ein flacher Klon");
    let (_, row) = stands("part", "ok", "none", None);
    assert_eq!(text(&row, Lang::En), "no findings: a/strong");
    let (_, row) = stands("both", "none", "none", None);
    assert_eq!(text(&row, Lang::En), "a/strong, a/weak not judged: no things");
    let (_, row) = stands("both", "waived", "found", None);
    assert_eq!(text(&row, Lang::En), "accepted findings: a/strong");
    let (_, row) = stands("both", "ok", "off", None);
    assert_eq!(text(&row, Lang::De), "ohne Befund: a/strong; abgeschaltet: a/weak");
}

#[test]
fn sums_add_up_and_nothing_is_called_compliant() {
    let rules = crate::rule::shipped().expect("the shipped rules");
    let answering = Answering::of(&rules);
    let words = ["ok", "found", "waived", "none", "skip"];
    let outcomes: Vec<Outcome> =
        rules.into_iter().zip(words.iter().cycle()).map(|(rule, word)| outcome(rule, word)).collect();
    let mut told = BTreeSet::new();
    for norm in Norms::shipped().all() {
        let report = NormReport::new(norm, &answering, &outcomes, Some("software"));
        let sums = report.sums();
        let total = sums.holds
            + sums.not_met
            + sums.accepted
            + sums.prepared_with_findings
            + sums.prepared_without
            + sums.untold
            + sums.out_of_reach;
        assert_eq!(total, norm.requirements.len(), "{}", norm.id);
        for lang in [Lang::En, Lang::De] {
            let mut text = format!("{} {}", report.sums_in_words(lang), NormReport::is_not(lang));
            for row in &report.rows {
                told.insert(row.standing.name());
                text += &format!(" {} {}", row.standing.title(lang), plain(&row.reason(lang)));
            }
            let text = text.to_lowercase();
            assert!(!["complian", "complies", "konform", "certif", "zertifi"].iter().any(|word| text.contains(word)));
        }
    }
    assert_eq!(told.len(), 4, "{told:?}");
}
