//! Which address of a repository may be a link, and how is it shown?

/// The address, where a page may link to it: `https`, a host, nothing that a browser would have to mend, and no user
/// information, which could be a password.
pub(super) fn link(repo: &str) -> Option<&str> {
    let rest = repo.strip_prefix("https://")?;
    let (authority, _) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    let fit = |c: char| c.is_ascii_graphic() && !"\"'<>\\^`{|}".contains(c);
    (authority.starts_with(|c: char| c.is_ascii_alphanumeric()) && authority.chars().all(host) && rest.chars().all(fit))
        .then_some(repo)
}

/// The address without user information.
pub(super) fn shown(repo: &str) -> String {
    let Some((scheme, rest)) = repo.split_once("://") else { return repo.to_owned() };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    match authority.rsplit_once('@') {
        Some((user, host)) if scheme != "ssh" || user.contains(':') => format!("{scheme}://…@{host}{path}"),
        _ => repo.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links() {
        for repo in ["https://code.example/a/b.git", "https://code.example:8443/a", "https://code.example"] {
            assert_eq!(link(repo), Some(repo));
        }
        for repo in [
            "http://code.example/a",
            "javascript:alert(1)",
            "https://",
            "https:///a",
            "https://user:secret@code.example/a",
            "https://code.example/a b",
            "https://code.example/\"onclick=x",
            "https://code.example/\u{202e}a",
            "https://-x/a",
            "/srv/clones/a",
            "git@code.example:a/b",
            " https://code.example/a",
        ] {
            assert_eq!(link(repo), None, "{repo}");
        }
    }

    #[test]
    fn nobody_reads_a_password() {
        assert_eq!(shown("https://u:secret@code.example/a@b"), "https://…@code.example/a@b");
        assert_eq!(shown("https://token@code.example"), "https://…@code.example");
        assert_eq!(shown("ssh://git@code.example/a"), "ssh://git@code.example/a");
        assert_eq!(shown("https://code.example/a@b"), "https://code.example/a@b");
        assert_eq!(shown("/srv/a"), "/srv/a");
    }
}
