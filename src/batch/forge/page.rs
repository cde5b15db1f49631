//! Where is the next page?

use super::ask::Answer;
use super::{Kind, Owner};

/// How many repositories a page holds; more is not given by any of these forges.
pub(super) const SIZE: usize = 100;

/// Gitea gives 50 (`MAX_RESPONSE_ITEMS`).
pub(super) const GITEA_SIZE: usize = 50;

/// The address of the page after `address`, on which there were `number` repositories, `so_far` with all before it.
///
/// The Link header decides (RFC 8288). Its path is asked on the host that was asked so far, whatever host it names:
/// behind a proxy a forge does not always know its own address. Without it GitLab's `X-Next-Page` counts; Gitea before
/// 1.17 had a total only.
pub(super) fn next(owner: &Owner, address: &str, answer: &Answer, number: usize, so_far: usize) -> Option<String> {
    if number == 0 {
        return None;
    }
    if let Some(link) = answer.link.as_deref() {
        if let Some(next) = next_link(link) {
            return Some(format!("{}{}", origin_of(address)?, path_of(next)?));
        }
        if link.contains("rel=") {
            return None;
        }
    }
    let further = match owner.kind {
        Kind::GitLab => answer.next_page.as_deref()?.trim().parse::<u32>().ok(),
        Kind::Gitea => {
            let total: usize = answer.total.as_deref()?.trim().parse().ok()?;
            (total > so_far).then(|| page_of(address).saturating_add(1))
        }
        _ => None,
    };
    further.map(|page| with_page(address, page))
}

/// The address in `<…>` whose `rel` is `next`.
fn next_link(link: &str) -> Option<&str> {
    let mut rest = link.get(..16_384).unwrap_or(link);
    while let Some((_, after)) = rest.split_once('<') {
        let (address, after) = after.split_once('>')?;
        let (about, _) = after.split_once('<').unwrap_or((after, ""));
        let is_next = about.split([';', ',']).any(|part| {
            let part = part.trim().to_ascii_lowercase();
            part.strip_prefix("rel=").is_some_and(|rel| rel.trim_matches('"').split(' ').any(|rel| rel == "next"))
        });
        if is_next {
            return Some(address);
        }
        rest = after;
    }
    None
}

/// `https://host:port` of an address.
pub(super) fn origin_of(address: &str) -> Option<&str> {
    let start = address.find("://")? + 3;
    let end = address.get(start..)?.find('/').map_or(address.len(), |at| start + at);
    address.get(..end)
}

/// What follows the origin, for an address or a path; `None` where it holds what no address holds.
pub(super) fn path_of(address: &str) -> Option<&str> {
    let path = if address.starts_with('/') { address } else { address.get(origin_of(address)?.len()..)? };
    let plain = path.len() <= 4_096 && path.bytes().all(|byte| byte.is_ascii_graphic());
    (plain && path.starts_with('/') && !path.starts_with("//")).then_some(path)
}

fn page_of(address: &str) -> u32 {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    query.split('&').find_map(|pair| pair.strip_prefix("page=")?.parse().ok()).unwrap_or(1)
}

fn with_page(address: &str, page: u32) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("page="));
    let query: Vec<String> = kept.map(str::to_owned).chain([format!("page={page}")]).collect();
    format!("{path}?{}", query.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        for (link, next) in [
            ("<https://h/a?page=2>; rel=\"next\", <https://h/a?page=9>; rel=\"last\"", Some("https://h/a?page=2")),
            (
                "<https://h/a?page=1>; rel=\"prev\",<https://h/a?x=1,2&page=3>; rel=next",
                Some("https://h/a?x=1,2&page=3"),
            ),
            ("<https://h/a?page=1>; rel=\"first last\"", None),
            ("<https://h/a", None),
            ("", None),
        ] {
            assert_eq!(next_link(link), next, "{link}");
        }
    }

    #[test]
    fn the_host_stays_the_same() {
        let owner = Owner { kind: Kind::GitLab, origin: "https://git.example.org".into(), path: "amt".into() };
        let answer = |link: &str, next: &str, total: &str| {
            let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            Answer { body: vec![], link: some(link), next_page: some(next), total: some(total) }
        };
        let here = "https://git.example.org/api/v4/x?per_page=100";
        let at = |link: &str, page: &str| next(&owner, here, &answer(link, page, ""), 100, 100);
        let page_2 = Some("https://git.example.org/api/v4/x?page=2".to_owned());
        assert_eq!(at("<http://inside:8080/api/v4/x?page=2>; rel=\"next\"", ""), page_2);
        assert_eq!(at("</api/v4/x?page=2>; rel=\"next\"", ""), page_2);
        assert_eq!(at("<//evil.example/x>; rel=\"next\"", ""), None);
        assert_eq!(at("<https://git.example.org/a b>; rel=\"next\"", ""), None);
        assert_eq!(at("<https://git.example.org/x>; rel=\"first\"", "2"), None);
        assert_eq!(at("", "2").as_deref(), Some("https://git.example.org/api/v4/x?per_page=100&page=2"));
        assert_eq!(at("", ""), None);
        let owner = Owner { kind: Kind::Gitea, ..owner };
        let here = "https://git.example.org/api/v1/x?limit=50&page=3";
        let total = |total: &str| next(&owner, here, &answer("", "", total), 50, 150);
        assert_eq!(total("151").as_deref(), Some("https://git.example.org/api/v1/x?limit=50&page=4"));
        assert_eq!(total("150"), None);
        assert_eq!(total(""), None);
    }
}
