//! How are shares and their change drawn? Charts as SVG, told apart by patterns and by their labels, never by colour.
//!
//! Lengths are percentages, so that a chart fits every width and its text stays as large as the text around it. Beside
//! every chart stands a table, which is the truth.

use super::words;
use crate::phrase::Lang;
use crate::portfolio::summary::LevelCount;
use crate::portfolio::trend::TrendPoint;
use crate::rule::Level;
use askama::Template;

/// How high a bar with its label is.
const STEP: usize = 46;

/// As many columns are drawn of a trend.
pub(super) const RUNS: usize = 24;

/// A share in percent for an attribute: two digits behind the point, always with a point.
fn attribute(part: usize, whole: usize) -> String {
    let hundredths = if whole == 0 { 0 } else { part.saturating_mul(10_000) / whole };
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Bars, one below the other, each under its label.
#[derive(Template)]
#[template(path = "bars.html", config = "src/portfolio/site/askama.toml")]
pub(super) struct Bars {
    id: &'static str,
    title: String,
    /// the bars in words
    told: String,
    height: usize,
    bars: Vec<Bar>,
}

struct Bar {
    label: String,
    number: String,
    /// in percent
    width: String,
    pattern: &'static str,
    label_at: usize,
    bar_at: usize,
}

/// A bar before it is drawn: its label, its number, and the number in words.
pub(super) struct Part {
    pub(super) label: String,
    pub(super) part: usize,
    pub(super) number: String,
    pub(super) pattern: Pattern,
}

/// What fills an area, from empty to full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    Empty,
    Dots,
    Lines,
    Full,
}

impl Pattern {
    /// The pattern of a level: the higher the level, the darker.
    pub(super) fn of(level: Option<Level>) -> Self {
        match level {
            None => Self::Empty,
            Some(Level::Publishable) => Self::Dots,
            Some(Level::Reusable) => Self::Lines,
            Some(Level::Sustained) => Self::Full,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Dots => "dots",
            Self::Lines => "lines",
            Self::Full => "full",
        }
    }
}

impl Bars {
    /// The bars of parts of a whole.
    pub(super) fn new(id: &'static str, title: String, parts: Vec<Part>, whole: usize) -> Self {
        let told = parts.iter().map(|part| format!("{}: {}", part.label, part.number)).collect::<Vec<_>>().join("; ");
        let bars: Vec<Bar> = parts
            .into_iter()
            .enumerate()
            .map(|(at, part)| Bar {
                label: part.label,
                number: part.number,
                width: attribute(part.part, whole),
                pattern: part.pattern.name(),
                label_at: at * STEP + 16,
                bar_at: at * STEP + 22,
            })
            .collect();
        Self { id, title, told, height: bars.len() * STEP, bars }
    }
}

/// The share at each level, run by run.
#[derive(Template)]
#[template(path = "trend.html", config = "src/portfolio/site/askama.toml")]
pub(super) struct Trend {
    title: String,
    told: String,
    columns: Vec<Column>,
    first: String,
    last: String,
    legend: Vec<(&'static str, &'static str)>,
    lang: Lang,
}

struct Column {
    /// all in percent
    x: String,
    width: String,
    parts: Vec<Area>,
}

struct Area {
    y: String,
    height: String,
    pattern: &'static str,
}

/// Where the columns begin and end, in hundredths of a percent of the width: left of them stands the scale.
const LEFT: usize = 1_200;

impl Trend {
    /// The last runs of a trend; `None` where there is nothing to compare.
    pub(super) fn new(points: &[TrendPoint], day: impl Fn(&str) -> String, lang: Lang) -> Option<Self> {
        let shown = points.get(points.len().saturating_sub(RUNS)..).unwrap_or_default();
        let (Some(first), Some(last)) = (shown.first(), shown.last()) else { return None };
        if shown.len() < 2 {
            return None;
        }
        let room = (10_000 - LEFT) / shown.len();
        let percent = |hundredths: usize| format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let columns = shown.iter().enumerate().map(|(at, point)| Column {
            x: percent(LEFT + at * room + room / 8),
            width: percent(room * 3 / 4),
            parts: areas(point),
        });
        let levels = || [None].into_iter().chain(Level::ALL.map(Some));
        let share = |point: &TrendPoint| {
            let of = |level: Level| {
                format!("{} {}", words::percent(point.at_least(level), point.seen(), lang), level.title(lang))
            };
            Level::ALL.map(of).join(", ")
        };
        let told = format!("{}: {}. {}: {}.", day(&first.as_of), share(first), day(&last.as_of), share(last));
        Some(Self {
            title: lang.pick("Share at each level, run by run", "Anteil je Stufe, Lauf für Lauf").to_owned(),
            told,
            columns: columns.collect(),
            first: day(&first.as_of),
            last: day(&last.as_of),
            legend: levels().map(|level| (Pattern::of(level).name(), words::level_title(level, lang))).collect(),
            lang,
        })
    }
}

/// The levels of a run, the highest at the bottom.
fn areas(point: &TrendPoint) -> Vec<Area> {
    let mut below = 0;
    let mut areas = Vec::new();
    for (level, number) in point.levels.iter().rev().filter(|(_, number)| **number > 0) {
        let top = point.seen() - below - number;
        areas.push(Area {
            y: attribute(top, point.seen()),
            height: attribute(*number, point.seen()),
            pattern: Pattern::of(*level).name(),
        });
        below += number;
    }
    areas
}

/// The bars of the levels: how many hold exactly which.
pub(super) fn levels(counts: &[LevelCount], seen: usize, lang: Lang) -> Bars {
    let parts = counts
        .iter()
        .map(|count| Part {
            label: words::level_title(count.level, lang).to_owned(),
            part: count.exactly,
            number: format!("{} ({})", words::number(count.exactly, lang), words::percent(count.exactly, seen, lang)),
            pattern: Pattern::of(count.level),
        })
        .collect();
    let title = lang.pick("Repositories by level", "Repositorys nach Stufe").to_owned();
    Bars::new("levels", title, parts, seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::Status;

    #[test]
    fn lengths() {
        for (part, whole, text) in [(0, 0, "0.00"), (1, 3, "33.33"), (7, 7, "100.00"), (1, 1_000, "0.10")] {
            assert_eq!(attribute(part, whole), text);
        }
    }

    #[test]
    fn no_two_levels_look_alike() {
        let names: std::collections::BTreeSet<_> =
            [None].into_iter().chain(Level::ALL.map(Some)).map(|level| Pattern::of(level).name()).collect();
        assert_eq!(names.len(), 4);
    }

    #[test]
    fn a_label_is_escaped() {
        let label = "</text><script>".to_owned();
        let part = Part { label, part: 1, number: "1".to_owned(), pattern: Pattern::Full };
        let svg = Bars::new("x", "<b>".to_owned(), vec![part], 2).render().expect("a chart");
        assert!(!svg.contains("<script>") && !svg.contains("<b>"), "{svg}");
        assert!(svg.contains("width=\"50.00%\""), "{svg}");
    }

    fn point(as_of: &str, levels: [usize; 4]) -> TrendPoint {
        let names = [None].into_iter().chain(Level::ALL.map(Some));
        TrendPoint {
            as_of: as_of.to_owned(),
            run: String::new(),
            version: String::new(),
            rules: String::new(),
            list: String::new(),
            repositories: levels.iter().sum(),
            statuses: Status::ALL.map(|status| (status, 0)).into_iter().collect(),
            levels: names.zip(levels).collect(),
            errors: 0,
            warnings: 0,
            notes: 0,
        }
    }

    #[test]
    fn a_trend_needs_two_runs_and_draws_the_last() {
        let one = point("2026-10-01", [1, 2, 0, 1]);
        let draw = |points: &[TrendPoint]| Trend::new(points, str::to_owned, Lang::En);
        assert!(draw(&[]).is_none() && draw(std::slice::from_ref(&one)).is_none());
        let many: Vec<TrendPoint> = (1..=30).map(|day| point(&format!("2026-09-{day:02}"), [1, 2, 0, 1])).collect();
        let trend = draw(&many).expect("a trend");
        assert_eq!((trend.columns.len(), trend.first.as_str()), (RUNS, "2026-09-07"));
        let parts: Vec<_> =
            areas(&one).iter().map(|area| (area.y.clone(), area.height.clone(), area.pattern)).collect();
        assert_eq!(
            parts,
            [
                ("75.00".to_owned(), "25.00".to_owned(), "full"),
                ("25.00".to_owned(), "50.00".to_owned(), "dots"),
                ("0.00".to_owned(), "25.00".to_owned(), "empty"),
            ]
        );
    }
}
