//! How long does it take to write a report down?

mod support;

use civiclint::output::text::Style;
use civiclint::output::{badge, github, gitlab, html, json, junit, markdown, rdjson, sarif, text};
use civiclint::phrase::Lang;
use civiclint::report::Report;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use support::Made;
use support::generate::Plan;

/// How many findings the report has, beside those of the repository as a whole.
const FINDINGS: usize = 1000;

type Render = fn(&Report) -> String;

const OUTPUTS: [(&str, Render); 10] = [
    ("text", |report| text::render(report, &Style { verbose: true, ..Style::default() })),
    ("json", |report| json::render(report, Lang::En)),
    ("sarif", |report| sarif::render(report, Lang::En, None)),
    ("markdown", |report| markdown::render(report, Lang::En)),
    ("html", |report| html::render(report, Lang::En)),
    ("github", |report| github::render(report, Lang::En)),
    ("gitlab", |report| gitlab::render(report, Lang::En)),
    ("junit", |report| junit::render(report, Lang::En)),
    ("rdjson", |report| rdjson::render(report, Lang::En)),
    ("badge", |report| badge::svg(report, Lang::En)),
];

fn outputs(criterion: &mut Criterion) {
    let made = Made::of(Plan { findings: FINDINGS, ..Plan::of(FINDINGS) });
    let report = support::report(&made.open());
    let mut group = criterion.benchmark_group("output");
    group.throughput(Throughput::Elements(FINDINGS as u64));
    for (name, render) in OUTPUTS {
        group.bench_function(name, |bencher| bencher.iter(|| render(&report)));
    }
    group.finish();
}

criterion_group!(benches, outputs);
criterion_main!(benches);
