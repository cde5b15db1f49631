//! How long does a forge ask to wait?
//!
//! - GitHub: <https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>: `retry-after`;
//!   else, where `x-ratelimit-remaining` is 0, `x-ratelimit-reset` (seconds since 1970); else at least one minute, longer
//!   each time. Both limits are told with 403 or 429.
//! - GitLab: <https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/>: 429 with `Retry-After`,
//!   `RateLimit-Remaining` and `RateLimit-Reset` (seconds since 1970).
//! - Gitea and Forgejo have no limit of their own; a proxy before them answers 429.

use std::time::Duration;

/// What an answer says of limits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// `Retry-After`
    pub(super) retry_after: Option<String>,
    /// requests that are left
    pub(super) remaining: Option<String>,
    /// when there are some again
    pub(super) reset: Option<String>,
}

/// How long to wait after a 403 or 429, at the `turn`-th time in a row from 0; `None` where it was no limit.
pub(super) fn after_refusal(status: u16, said: &Said, body: &[u8], turn: u32, now: i64) -> Option<Duration> {
    if let Some(wait) = said.retry_after.as_deref().and_then(|text| retry_after(text, now)) {
        return Some(wait);
    }
    if let Some(wait) = until_reset(said, now) {
        return Some(wait);
    }
    let limited = status == 429 || mentions_limit(body);
    limited.then(|| Duration::from_secs(60 << turn.min(6)))
}

/// How long to wait before the next request, after an answer that says that none is left.
pub(super) fn until_reset(said: &Said, now: i64) -> Option<Duration> {
    let none_left = said.remaining.as_deref().and_then(|left| left.trim().parse::<u64>().ok()) == Some(0);
    let reset: i64 = said.reset.as_deref().filter(|_| none_left)?.trim().parse().ok()?;
    // clocks differ
    let seconds = reset.saturating_sub(now).saturating_add(1);
    u64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(Duration::from_secs)
}

/// Seconds, or a date (RFC 9110, 10.2.3).
pub(super) fn retry_after(text: &str, now: i64) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds.max(1)));
    }
    let then = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_second();
    u64::try_from(then.saturating_sub(now)).ok().map(|seconds| Duration::from_secs(seconds.max(1)))
}

fn mentions_limit(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body.get(..4_096).unwrap_or(body)).to_ascii_lowercase();
    text.contains("rate limit") || text.contains("abuse detection")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits() {
        let said = |retry: &str, left: &str, reset: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Said { retry_after: some(retry), remaining: some(left), reset: some(reset) }
        };
        for (status, said, body, turn, wait) in [
            (429, said("7", "", ""), "", 0, Some(7)),
            (403, said("0", "0", "1100"), "", 0, Some(1)),
            (429, said("Thu, 01 Jan 1970 00:17:10 GMT", "", ""), "", 0, Some(30)),
            (403, said("", "0", "1100"), "", 0, Some(101)),
            (403, said("", "0", "900"), "API rate limit exceeded", 0, Some(60)),
            (403, said("", "17", "1100"), "You have exceeded a secondary rate limit.", 1, Some(120)),
            (403, said("", "17", "1100"), "Resource protected by SAML", 0, None),
            (429, said("", "", ""), "", 40, Some(3_840)),
            (429, said("soon", "x", "y"), "", 0, Some(60)),
        ] {
            let found = after_refusal(status, &said, body.as_bytes(), turn, 1_000);
            assert_eq!(found, wait.map(Duration::from_secs), "{status} {said:?} {body}");
        }
    }
}
