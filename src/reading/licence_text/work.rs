//! How much work is it? Steps of the inner loops, counted in tests only: a text twice as long may cost twice as much.

#[cfg(test)]
std::thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts steps of a loop whose length depends on the text.
#[inline]
pub(super) fn steps(number: usize) {
    #[cfg(test)]
    STEPS.with(|steps| steps.set(steps.get() + number as u64));
    #[cfg(not(test))]
    let _ = number;
}

#[cfg(test)]
mod tests {
    use super::super::{Place, identify};
    use super::STEPS;

    fn work(text: &str, place: Place) -> u64 {
        STEPS.with(|steps| steps.set(0));
        let _ = identify(text, place);
        STEPS.with(std::cell::Cell::get)
    }

    /// One line, and one twice as long; what is linear here is linear at five megabytes.
    #[test]
    fn work_is_linear() {
        for piece in [
            "permission is hereby granted ",
            "GNU General Public License ",
            "MIT/",
            "BSD or MIT, ",
            "Alternatively, under the terms of the MIT License ",
            "SPDX-License-Identifier: MIT ",
            "redistribution and use in source and binary forms with or without modification ",
            "Copyright (c) 2020 all rights reserved a b c ",
            "third-party ",
            "%4",
            "(",
            "<a",
            "&amp",
            "\u{301}",
        ] {
            let (half, whole) = (piece.repeat((1 << 14) / piece.len()), piece.repeat((1 << 15) / piece.len()));
            for place in [Place::LicenceFile, Place::Document, Place::Source] {
                let (small, large) = (work(&half, place), work(&whole, place));
                assert!(large <= small * 5 / 2 + 50_000, "{piece:?} as {place:?}: {small} steps, then {large}");
            }
        }
    }
}
