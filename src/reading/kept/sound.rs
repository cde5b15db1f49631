//! May what was kept of a file be believed as far as what a reader tells? And may what it told be kept?

use crate::place::Span;
use crate::reading::pass::FileScan;
use std::ops::RangeInclusive;

/// Lines and columns that a file of a size that is read may have; whoever adds to one adds little.
const PLACES: RangeInclusive<u32> = 1..=1 << 24;

/// What an address may hold that opens something.
const OPENS: [&str; 8] = ["key", "token", "secret", "pass", "sig", "auth", "cred", "jwt"];

/// What a file told, in bytes; `None` where it is not for keeping: a file in which credentials were found, or an
/// address that may hold one, is read again each time, so that none of them lies in a second place.
pub(super) fn encode(scan: &FileScan) -> Option<Vec<u8>> {
    let opens = |text: &str| {
        let text = text.to_ascii_lowercase();
        OPENS.iter().any(|word| text.contains(word))
    };
    let secret = !scan.credentials.is_empty() || scan.uses.iter().any(|used| opens(&used.address.query));
    if secret { None } else { postcard::to_stdvec(scan).ok() }
}

/// What a file told; `None` where no reader tells that.
pub(super) fn decode(bytes: &[u8]) -> Option<FileScan> {
    let (scan, rest) = postcard::take_from_bytes::<FileScan>(bytes).ok()?;
    (rest.is_empty() && is_sound(&scan)).then_some(scan)
}

fn is_sound(scan: &FileScan) -> bool {
    let lines = |line: u32, column: u32, end: u32| {
        PLACES.contains(&line) && PLACES.contains(&column) && PLACES.contains(&end) && column <= end
    };
    let header = scan.header.as_ref().is_none_or(|header| {
        header.tags.iter().all(|tag| is_place(&tag.span))
            && header.notice.is_none_or(|(_, line)| PLACES.contains(&line))
            && header.reserved.is_none_or(|span| is_place(&span))
    });
    header
        && scan.uses.iter().all(|used| lines(used.line, used.column, used.end_column))
        && scan.variables.iter().all(|variable| lines(variable.line, variable.column, variable.end_column))
        && scan.routes.iter().all(|route| lines(route.line, route.column, route.end_column))
        && scan.training.as_ref().is_none_or(|training| PLACES.contains(&training.line))
        && scan.personal_paths.iter().all(|path| lines(path.line, path.column, path.end_column))
        && scan
            .hosts
            .iter()
            .all(|host| lines(host.line, host.column, host.end_column) && (1..=1 << 24).contains(&host.places))
        && scan.credentials.is_empty()
}

fn is_place(span: &Span) -> bool {
    [span.line, span.column, span.end_line, span.end_column].iter().all(|place| PLACES.contains(place))
        && (span.line, span.column) <= (span.end_line, span.end_column)
}
