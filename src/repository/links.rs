//! Where does a path lead, once the symbolic links on its way are followed?

use super::path::is_dot_git;
use super::refusal::Refusal;

/// How many symbolic links are followed on the way to one file.
const LINKS: usize = 8;

/// Follows the links of a path by reading them, one component after the other; the result has none, and is empty
/// where the path leads to the root itself.
///
/// `read_link` says what the link at a path says, or [`Refusal::NoLink`]; it is only asked for paths without links
/// on the way. The path itself must be sound (no empty names, no `..`); what links say need not be.
///
/// # Errors
/// Where a link is absolute, leads out of the root or into a `.git`, leads to nothing, or too many follow each other.
pub(crate) fn resolve(path: &[u8], read_link: impl Fn(&[u8]) -> Result<Vec<u8>, Refusal>) -> Result<Vec<u8>, Refusal> {
    let mut reached: Vec<u8> = Vec::new();
    let mut ahead: Vec<Vec<u8>> = path.rsplit(|byte| *byte == b'/').map(<[u8]>::to_vec).collect();
    let mut links = 0;
    while let Some(name) = ahead.pop() {
        match name.as_slice() {
            b"" | b"." => continue,
            b".." if reached.is_empty() => return Err(Refusal::LeadsOut),
            b".." => {
                reached.truncate(reached.iter().rposition(|byte| *byte == b'/').unwrap_or(0));
                continue;
            }
            _ => {}
        }
        let before = reached.len();
        if before > 0 {
            reached.push(b'/');
        }
        reached.extend_from_slice(&name);
        let target = match read_link(&reached) {
            Ok(target) => target,
            Err(Refusal::NoLink) => continue,
            Err(Refusal::NotFound) if links > 0 => return Err(Refusal::Dangling),
            Err(other) => return Err(other),
        };
        reached.truncate(before);
        links += 1;
        if links > LINKS {
            return Err(Refusal::LinkLoop);
        }
        if target.first() == Some(&b'/') {
            return Err(Refusal::LeadsOut);
        }
        if target.split(|byte| *byte == b'/').any(is_dot_git) {
            return Err(Refusal::IntoGit);
        }
        ahead.extend(target.rsplit(|byte| *byte == b'/').map(<[u8]>::to_vec));
    }
    Ok(reached)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn links_are_followed_inside_only() {
        let links: BTreeMap<&str, &str> = BTreeMap::from([
            ("docs", "documentation"),
            ("documentation/up", "../README.md"),
            ("out", "../x"),
            ("sneaky", "documentation/../../x"),
            ("absolute", "/etc/passwd"),
            ("git", ".GIT/config"),
            ("module", "sub/.git"),
            ("a", "b"),
            ("b", "a"),
            ("self", "self"),
            ("gone", "nowhere"),
            ("root", "."),
            ("slashes", ".//documentation//"),
            ("grow", "grow/grow"),
        ]);
        let read_link = |path: &[u8]| {
            let path = String::from_utf8_lossy(path).into_owned();
            if path == "nowhere" {
                return Err(Refusal::NotFound);
            }
            links.get(path.as_str()).map(|target| target.as_bytes().to_vec()).ok_or(Refusal::NoLink)
        };
        for (path, leads) in [
            ("README.md", Ok("README.md")),
            ("docs/up", Ok("README.md")),
            ("docs/x/y", Ok("documentation/x/y")),
            ("root/docs/x", Ok("documentation/x")),
            ("root", Ok("")),
            ("slashes/x", Ok("documentation/x")),
            ("out", Err(Refusal::LeadsOut)),
            ("out/deep", Err(Refusal::LeadsOut)),
            ("sneaky", Err(Refusal::LeadsOut)),
            ("absolute", Err(Refusal::LeadsOut)),
            ("git", Err(Refusal::IntoGit)),
            ("module", Err(Refusal::IntoGit)),
            ("a", Err(Refusal::LinkLoop)),
            ("self", Err(Refusal::LinkLoop)),
            ("grow", Err(Refusal::LinkLoop)),
            ("gone", Err(Refusal::Dangling)),
            ("nowhere", Err(Refusal::NotFound)),
        ] {
            assert_eq!(resolve(path.as_bytes(), read_link), leads.map(|leads| leads.as_bytes().to_vec()), "{path}");
        }
    }

    #[test]
    fn eight_links_and_no_more() {
        let read_link = |path: &[u8]| match path {
            [b'a'..=b'z'] => Ok(vec![path.first().copied().unwrap_or_default() + 1]),
            _ => Err(Refusal::NoLink),
        };
        assert_eq!(resolve(b"s", read_link), Ok(b"{".to_vec()));
        assert_eq!(resolve(b"r", read_link), Err(Refusal::LinkLoop));
    }
}
