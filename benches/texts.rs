//! How long does it take to say which licence a text is?

mod support;

use civiclint::reading::licence_text::{Place, identify};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

fn licences(criterion: &mut Criterion) {
    let whole = |id| spdx::license_id(id).map_or("", |licence| licence.text());
    let gpl = whole("GPL-3.0-only");
    // As people do: a line left out, a word changed, so that no hash fits.
    let changed = gpl.replacen("free software", "free and open software", 1).replacen("warranty", "guarantee", 3);
    let texts = [
        ("MIT by hash", whole("MIT"), Place::LicenceFile),
        ("GPL-3.0 by hash", gpl, Place::LicenceFile),
        ("GPL-3.0 changed, by similarity", &changed, Place::LicenceFile),
        ("a header", "SPDX-License-Identifier: Apache-2.0\nCopyright 2026 Ada Example\n", Place::Source),
        ("a document without a licence", include_str!("../docs/scale.md"), Place::Document),
    ];
    let mut group = criterion.benchmark_group("licence");
    for (name, text, place) in texts {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| identify(text, place)));
    }
    group.finish();
}

criterion_group!(texts, licences);
criterion_main!(texts);
