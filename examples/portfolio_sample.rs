//! What does a portfolio of so many repositories look like? For screenshots and measuring: everything is made up.
//!
//! ```text
//! cargo run --example portfolio_sample -- NUMBER DIR [MONTHS [LANG]]
//! ```

#[path = "../tests/common/portfolio.rs"]
mod portfolio;

use civiclint::output::encode;
use civiclint::portfolio::make;
use civiclint::rule;
use portfolio::Sample;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [number, dir, rest @ ..] = arguments.as_slice() else { return Err("NUMBER DIR [MONTHS [LANG]]".into()) };
    let months: u64 = rest.first().map_or(Ok(1), |months| months.parse())?;
    let german = rest.get(1).is_some_and(|lang| lang == "de");
    let rules = rule::shipped().map_err(|_| "the rules that ship are broken")?;
    for month in 0..months {
        let last = 12 * 2026 + 10 + 1 - months + month;
        let sample = Sample {
            as_of: format!("{:04}-{:02}-22", last / 12, last % 12 + 1),
            month,
            lang: if german { "de" } else { "en" },
            ..Sample::of(number.parse()?)
        };
        portfolio::write(Path::new(dir), &sample, &rules)?;
        make(Path::new(dir), &rules, if german { civiclint::phrase::Lang::De } else { Default::default() })
            .map_err(|why| encode::terminal(&why.message(Default::default())))?;
    }
    Ok(())
}
