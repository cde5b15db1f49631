//! How long does it take to read the history, in a worker of its own?

mod support;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use support::Made;
use support::generate::Plan;

fn whole(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("history");
    group.sample_size(10);
    for commits in [1000, 10_000] {
        let made = Made::of(Plan { commits, bare: true, ..Plan::of(20) });
        group.throughput(Throughput::Elements(commits as u64));
        group.bench_function(BenchmarkId::new("whole", commits), |bencher| {
            bencher.iter_with_large_drop(|| made.open().history("benchmark").map(|history| history.commits.len()));
        });
    }
    group.finish();
}

criterion_group!(history, whole);
criterion_main!(history);
