//! Container images that are needed: to build on, to start beside, to run jobs in.

use super::{Origin, OriginKind};
use crate::reading::networks;
use crate::reading::node::{Node, yaml};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static FROM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?im)^[ \t]*FROM[ \t]+(?:--platform=\S+[ \t]+)?(\S+)").expect("a test uses it"));
static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)^[ \t]*(?:-[ \t]+)?(?:image|container|name):[ \t]*["']?([\w.-]+[.:][\w.:-]*/[^\s"'#]+)"#)
        .expect("a test uses it")
});

/// The registry an image comes from: what stands before the first slash, where it is a host (`distribution/reference`).
fn image(name: &str, at: Range<usize>) -> Option<Origin> {
    let (registry, _) = name.split_once('/')?;
    let host = registry.split(':').next().unwrap_or_default();
    let is_host = (registry.contains(['.', ':']) || registry == "localhost") && networks::is_host(host);
    let known = is_host && !name.contains(['$', '{', '<', '%']);
    known.then(|| Origin {
        kind: OriginKind::Image,
        called: host.to_ascii_lowercase(),
        ssh: false,
        token: false,
        scope: None,
        at,
    })
}

pub(super) fn dockerfile(text: &str) -> Vec<Origin> {
    let named = FROM.captures_iter(text).filter_map(|caught| caught.get(1));
    named.filter_map(|part| image(part.as_str(), part.range())).collect()
}

/// Jobs and services of continuous integration.
pub(super) fn ci(text: &str) -> Vec<Origin> {
    let named = IMAGE.captures_iter(text).filter_map(|caught| caught.get(1));
    named.filter_map(|part| image(part.as_str(), part.range())).collect()
}

/// Services of a compose file; an image that is built here has its name only to be published.
pub(super) fn compose(text: &str) -> Vec<Origin> {
    let Ok(document) = yaml(text) else { return Vec::new() };
    let services = document.root.get("services").map(Node::entries).unwrap_or_default();
    services
        .iter()
        .filter(|service| service.value.get("build").is_none())
        .filter_map(|service| {
            let node = service.value.get("image")?;
            image(node.text()?, node.at.clone())
        })
        .collect()
}
