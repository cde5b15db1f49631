//! How is the standing of a requirement told, and why it stands so?

use super::{Beyond, Evidence, NormReport, Row, Said, Settled, Standing};
use crate::phrase::{Lang, Message, Phrase, Piece, Words};
use std::collections::BTreeMap;

impl Standing {
    /// The word in machine formats; the same for all that is settled, prepared or out of reach.
    pub fn name(self) -> &'static str {
        match self {
            Self::Settled(_) => "settled",
            Self::Prepared(_) => "prepared",
            Self::Untold => "could-not-be-told",
            Self::OutOfReach(_) => "out-of-reach",
        }
    }

    /// What is known beyond that word, in machine formats.
    pub fn detail(self) -> Option<&'static str> {
        Some(match self {
            Self::Settled(Settled::Holds) => "holds",
            Self::Settled(Settled::NotMet) => "not-met",
            Self::Settled(Settled::Accepted) => "accepted",
            Self::Prepared(Evidence::Findings) => "findings",
            Self::Prepared(Evidence::Accepted) => "accepted",
            Self::Prepared(Evidence::Nothing) => "no-findings",
            Self::Untold => return None,
            Self::OutOfReach(beyond) => beyond.name(),
        })
    }

    /// The words that people read.
    pub fn title(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::Settled(Settled::Holds) => {
                Words::new("settled: holds as far as looked", "geklärt: erfüllt, soweit angesehen")
            }
            Self::Settled(Settled::NotMet) => {
                Words::new("settled: not met in this repository", "geklärt: in diesem Repository nicht erfüllt")
            }
            Self::Settled(Settled::Accepted) => {
                Words::new("settled: not met, accepted", "geklärt: nicht erfüllt, akzeptiert")
            }
            Self::Prepared(Evidence::Findings) => Words::new("prepared: findings", "vorbereitet: mit Befund"),
            Self::Prepared(Evidence::Accepted) => {
                Words::new("prepared: accepted findings", "vorbereitet: akzeptierter Befund")
            }
            Self::Prepared(Evidence::Nothing) => Words::new("prepared: no findings", "vorbereitet: ohne Befund"),
            Self::Untold => Words::new("could not be told", "ließ sich nicht sagen"),
            Self::OutOfReach(_) => Words::new("out of reach", "außer Reichweite"),
        };
        words.get(lang)
    }
}

impl Beyond {
    /// The word in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::NoRule => "no-rule",
            Self::NoHint => "no-hint",
            Self::Forge => "forge",
            Self::Person => "person",
            Self::Outside => "outside",
        }
    }

    /// Why, in words.
    pub fn why(self, lang: Lang) -> &'static str {
        let words = match self {
            Self::NotAsked => Words::new("its rules are turned off here", "die Regeln dafür sind hier abgeschaltet"),
            Self::NoRule => Words::new(
                "a scan could tell; civiclint has no rule yet",
                "erkennbar wäre es; civiclint hat noch keine Regel",
            ),
            Self::NoHint => Words::new(
                "a person decides; civiclint has no rule that prepares it yet",
                "das entscheidet ein Mensch; civiclint hat noch keine Regel, die es vorbereitet",
            ),
            Self::Forge => Words::new(
                "only the forge knows (settings, issues, reviews)",
                "das weiß nur die Plattform (Einstellungen, Issues, Reviews)",
            ),
            Self::Person => Words::new("only a person can say", "das kann nur ein Mensch sagen"),
            Self::Outside => Words::new("it does not show in a repository", "das zeigt sich nicht im Repository"),
        };
        words.get(lang)
    }
}

impl Row {
    /// Why the requirement stands so, in one or more sentences without a full stop at the end.
    pub fn reason(&self, lang: Lang) -> Message {
        match self.standing {
            Standing::Settled(Settled::NotMet) => {
                let deciding = |answer: &super::Answer| {
                    answer.said == Said::Finding && self.requirement.not_met_by.contains(&answer.rule)
                };
                Message::own(found(&self.rules(deciding), lang))
            }
            Standing::Settled(Settled::Accepted) => {
                let deciding = |answer: &super::Answer| {
                    answer.said == Said::Accepted && self.requirement.not_met_by.contains(&answer.rule)
                };
                Message::own(accepted(&self.rules(deciding), lang))
            }
            Standing::Settled(Settled::Holds) => Message::own(nothing(&self.rules(|one| one.said == Said::Ok), lang)),
            Standing::Prepared(_) => self.evidence(lang),
            Standing::Untold => self.skipped(lang, true),
            Standing::OutOfReach(beyond) => Message::own(beyond.why(lang)),
        }
    }

    fn rules(&self, wanted: impl Fn(&super::Answer) -> bool) -> Vec<&str> {
        self.answers.iter().filter(|answer| wanted(answer)).map(|answer| answer.rule.as_str()).collect()
    }

    /// What the rules that were judged say, and why others were not.
    fn evidence(&self, lang: Lang) -> Message {
        let by = |said: &Said| self.rules(|answer| answer.said == *said);
        let mut sentences = Vec::new();
        for (rules, told) in [
            (by(&Said::Finding), found as fn(&[&str], Lang) -> String),
            (by(&Said::Accepted), accepted),
            (by(&Said::Ok), nothing),
        ] {
            if !rules.is_empty() {
                sentences.push(told(&rules, lang));
            }
        }
        let off = by(&Said::NotAsked);
        if !off.is_empty() {
            sentences.push(format!("{}: {}", lang.pick("turned off", "abgeschaltet"), off.join(", ")));
        }
        let mut message = Message::own(sentences.join("; "));
        let skipped = self.skipped(lang, false);
        if !skipped.0.is_empty() {
            message.0.push(Piece::Own("; ".to_owned()));
            message.0.extend(skipped.0);
        }
        message
    }

    /// The reasons of the rules that were skipped, each with the rules it holds for. That there is nothing to look at is
    /// only worth a word where nothing else was judged.
    fn skipped(&self, lang: Lang, with_nothing: bool) -> Message {
        let mut groups: Vec<(&Phrase, Vec<&str>)> = Vec::new();
        for answer in &self.answers {
            let why = match &answer.said {
                Said::Skipped(why) => why,
                Said::Nothing(why) if with_nothing => why,
                _ => continue,
            };
            match groups.iter_mut().find(|(known, _)| *known == why) {
                Some((_, rules)) => rules.push(&answer.rule),
                None => groups.push((why, vec![&answer.rule])),
            }
        }
        let mut message = Message::default();
        for (at, (why, rules)) in groups.into_iter().enumerate() {
            let between = if at == 0 { "" } else { "; " };
            let not_judged = lang.pick("not judged", "nicht beurteilt");
            message.0.push(Piece::Own(format!("{between}{} {not_judged}: ", rules.join(", "))));
            message.0.extend(why.message(lang).0);
        }
        message
    }
}

fn found(rules: &[&str], lang: Lang) -> String {
    format!("{}: {}", lang.pick("findings", "mit Befund"), rules.join(", "))
}

fn accepted(rules: &[&str], lang: Lang) -> String {
    format!("{}: {}", lang.pick("accepted findings", "akzeptierter Befund"), rules.join(", "))
}

fn nothing(rules: &[&str], lang: Lang) -> String {
    format!("{}: {}", lang.pick("no findings", "ohne Befund"), rules.join(", "))
}

impl NormReport {
    /// What this list is not, in one sentence.
    pub fn is_not(lang: Lang) -> &'static str {
        lang.pick(
            "This list is no verdict on the norm as a whole: it says what a look at files and history settles, what it \
             prepares for a person, and what is left to others.",
            "Diese Liste ist kein Urteil über die Norm als Ganzes: Sie sagt, was ein Blick in Dateien und Historie klärt, \
             was er für einen Menschen vorbereitet und was anderen bleibt.",
        )
    }

    /// The name of the norm with its version.
    pub fn name(&self, lang: Lang) -> String {
        format!("{}, {}", self.norm.name(lang), self.norm.version(lang))
    }

    /// How many requirements stand how, in words.
    pub fn sums_in_words(&self, lang: Lang) -> String {
        let sums = self.sums();
        let parts = [
            (sums.holds, Words::new("settled (hold as far as looked)", "geklärt (erfüllt, soweit angesehen)")),
            (
                sums.not_met,
                Words::new("settled (not met in this repository)", "geklärt (in diesem Repository nicht erfüllt)"),
            ),
            (sums.accepted, Words::new("settled (not met, accepted)", "geklärt (nicht erfüllt, akzeptiert)")),
            (sums.prepared_with_findings, Words::new("prepared (with findings)", "vorbereitet (mit Befund)")),
            (sums.prepared_without, Words::new("prepared (without findings)", "vorbereitet (ohne Befund)")),
            (sums.untold, Words::new("could not be told", "ließen sich nicht sagen")),
            (sums.out_of_reach, Words::new("out of reach", "außer Reichweite")),
        ];
        let parts = parts.into_iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> = parts.map(|(number, words)| format!("{number} {}", words.get(lang))).collect();
        let total = self.rows.len();
        let of = match total {
            1 => lang.pick("Of 1 requirement", "Von 1 Anforderung").to_owned(),
            _ => lang.pick("Of {n} requirements", "Von {n} Anforderungen").replace("{n}", &total.to_string()),
        };
        format!("{of}: {}", parts.join(", "))
    }

    /// The ids of the requirements that are out of reach, by the reason.
    pub fn out_of_reach(&self) -> BTreeMap<Beyond, Vec<&str>> {
        let mut groups: BTreeMap<Beyond, Vec<&str>> = BTreeMap::new();
        for row in &self.rows {
            if let Standing::OutOfReach(beyond) = row.standing {
                groups.entry(beyond).or_default().push(&row.requirement.id);
            }
        }
        groups
    }
}
