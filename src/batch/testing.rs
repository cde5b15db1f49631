//! What do tests of several parts need?

use crate::portfolio::{Counts, Record, Status};

/// A record at this place of the list.
pub(crate) fn record(at: usize) -> Record {
    Record {
        repo: format!("clones/{at}"),
        at,
        key: format!("clone-{at}"),
        name: format!("amt/{at}"),
        owner: None,
        head: Some("0123456789".to_owned()),
        status: Status::Ok,
        why: None,
        level: Some("reusable".to_owned()),
        counts: Counts::default(),
        kind: None,
        licence: None,
        as_of: "2026-11-22".to_owned(),
        since: None,
        attempt: 1,
        wall_s: 0.5,
        rss_mib: Some(20.0),
    }
}
