//! How long does each room take, and the judge with all of them?
//!
//! A room is asked everything it can be asked, by `signals::ROOMS`, of readings that are made for it alone: what rooms
//! share is counted for each of them.

mod support;

use civiclint::reading::Readings;
use civiclint::signals::ROOMS;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn rooms(criterion: &mut Criterion) {
    let made = support::usual();
    let mut group = criterion.benchmark_group("room");
    group.sample_size(10);
    for room in ROOMS {
        group.bench_function(room.name, |bencher| {
            bencher.iter_with_large_drop(|| {
                let repo = made.open();
                let readings = Readings::new(&repo);
                for subject in room.subjects {
                    black_box((subject.look)(&readings));
                }
                for whole in room.whole {
                    drop(black_box((whole.answer)(&readings)));
                }
            });
        });
    }
    group.finish();
}

fn judge(criterion: &mut Criterion) {
    let made = support::usual();
    let mut group = criterion.benchmark_group("judge");
    group.sample_size(10);
    group.bench_function("all rules, a new repository", |bencher| {
        bencher.iter_with_large_drop(|| support::report(&made.open()));
    });
    group.finish();
}

criterion_group!(benches, rooms, judge);
criterion_main!(benches);
