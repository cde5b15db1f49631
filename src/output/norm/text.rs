//! The requirements of a norm at the end of the text: how many stand how, which are not met, and where the list is.

use crate::phrase::Lang;
use crate::report::norm::{NormReport, Settled, Standing};

/// So many names share a line.
const NAMES: usize = 12;

/// The paragraphs below the norm's name, to be wrapped.
pub(in crate::output) fn paragraphs(report: &NormReport, lang: Lang) -> Vec<String> {
    let mut paragraphs = vec![report.sums_in_words(lang)];
    for standing in [Standing::Settled(Settled::NotMet), Standing::Settled(Settled::Holds)] {
        let rows = report.rows.iter().filter(|row| row.standing == standing);
        let ids: Vec<&str> = rows.map(|row| row.requirement.id.as_str()).collect();
        if ids.is_empty() {
            continue;
        }
        let mut names = ids.iter().take(NAMES).copied().collect::<Vec<_>>().join(", ");
        if let Some(more) = ids.len().checked_sub(NAMES).filter(|more| *more > 0) {
            names += &lang.pick(" and {n} more", " und {n} weitere").replace("{n}", &more.to_string());
        }
        let title = match standing {
            Standing::Settled(Settled::NotMet) => {
                lang.pick("Not met in this repository", "In diesem Repository nicht erfüllt")
            }
            _ => lang.pick("Hold as far as looked", "Erfüllt, soweit angesehen"),
        };
        paragraphs.push(format!("{title}: {names}"));
    }
    paragraphs.push(
        lang.pick(
            "What remains for a person: the whole list comes with --format html, markdown or json.",
            "Was einem Menschen bleibt: Die ganze Liste kommt mit --format html, markdown oder json.",
        )
        .to_owned(),
    );
    paragraphs
}
