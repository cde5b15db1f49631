//! How long does it take to list the files, to read them, and to look at each once?

mod support;

use civiclint::reading::Readings;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use support::generate::Plan;
use support::{FILES, Made};

fn list(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("list");
    group.throughput(Throughput::Elements(FILES as u64));
    for (name, bare) in [("work tree", false), ("commit", true)] {
        let made = Made::of(Plan { bare, ..Plan::of(FILES) });
        group.bench_function(name, |bencher| bencher.iter(|| made.open().files().len()));
    }
    group.finish();
}

fn read(criterion: &mut Criterion) {
    let made = Made::of(Plan::of(FILES));
    let repo = made.open();
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(FILES as u64));
    group.bench_function("bytes of every file", |bencher| {
        bencher.iter(|| {
            for file in repo.files() {
                drop(black_box(repo.read(file)));
            }
        });
    });
    group.finish();
}

fn pass(criterion: &mut Criterion) {
    let made = Made::of(Plan::of(FILES));
    let repo = made.open();
    let mut group = criterion.benchmark_group("pass");
    group.throughput(Throughput::Elements(FILES as u64));
    group.bench_function("read, prefilter and readers", |bencher| {
        bencher.iter(|| Readings::new(&repo).scans().len());
    });
    group.finish();
}

criterion_group!(files, list, read, pass);
criterion_main!(files);
