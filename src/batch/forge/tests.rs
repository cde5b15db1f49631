use super::server::{Asked, Reply, Server, TestClock};
use super::*;
use crate::output::encode;
use crate::phrase::Lang;
use std::path::Path;
use std::time::Duration;

/// How a test asks, and what came of it.
struct Run {
    result: Result<Listing, Phrase>,
    heard: Vec<String>,
    waits: Vec<u64>,
}

impl Run {
    fn of(server: &Server, from: &str, wanted: Wanted, set: impl FnOnce(&mut Connection<'_>)) -> Self {
        Self::cached(server, from, wanted, None, set)
    }

    fn cached(
        server: &Server,
        from: &str,
        wanted: Wanted,
        cache: Option<&Path>,
        set: impl FnOnce(&mut Connection<'_>),
    ) -> Self {
        let (kind, path) = from.split_once(':').expect("kind:path");
        let owner = match kind {
            "auto" => Owner { kind: Kind::Unknown, origin: server.origin.clone(), path: path.to_owned() },
            _ => format!("{kind}:{}/{path}", server.origin).parse().expect("an owner"),
        };
        let clock = TestClock::at(1_000);
        let mut heard = Vec::new();
        let mut tell = |phrase: Phrase| heard.push(said(&phrase));
        let mut connection = Connection::new(&clock, &mut tell);
        connection.timeout = Duration::from_secs(20);
        connection.cache = cache;
        set(&mut connection);
        let result = list(&owner, wanted, &mut connection);
        let waits = clock.waits.take();
        Self { result, heard, waits }
    }

    fn simple(server: &Server, from: &str) -> Self {
        Self::of(server, from, Wanted::default(), |_| {})
    }

    fn names(&self) -> Vec<&str> {
        let listing = self.result.as_ref().unwrap_or_else(|why| panic!("{}", said(why)));
        listing.listed.iter().filter_map(|entry| entry.name.as_deref()).collect()
    }

    fn told(&self) -> Vec<String> {
        self.result.as_ref().map(|listing| listing.told.iter().map(said).collect()).unwrap_or_default()
    }

    fn why(&self) -> String {
        self.result.as_ref().err().map(said).unwrap_or_else(|| panic!("it was listed: {:?}", self.names()))
    }
}

fn said(phrase: &Phrase) -> String {
    encode::terminal(&phrase.message(Lang::En))
}

/// A project as GitLab shows it, with more than is read.
fn gitlab(origin: &str, path: &str, more: &str) -> String {
    format!(
        "{{\"id\": 7, \"path_with_namespace\": \"{path}\", \"http_url_to_repo\": \"{origin}/{path}.git\", \
         \"ssh_url_to_repo\": \"git@127.0.0.1:{path}.git\", \"description\": null, \"topics\": [\"x\"]{more}}}"
    )
}

/// A repository as GitHub and Gitea show it.
fn github(origin: &str, path: &str, more: &str) -> String {
    format!(
        "{{\"id\": 7, \"full_name\": \"{path}\", \"clone_url\": \"{origin}/{path}.git\", \"private\": false, \
         \"owner\": {{\"login\": \"amt\"}}{more}}}"
    )
}

fn array(projects: &[String]) -> String {
    format!("[{}]", projects.join(",\n"))
}

fn page_of(asked: &Asked) -> &str {
    asked.path.split(['?', '&']).find_map(|pair| pair.strip_prefix("page=")).unwrap_or("1")
}

#[test]
fn a_group_with_subgroups_on_several_pages() {
    let server = Server::start(|origin, asked, _| match page_of(asked) {
        "1" => Reply::ok(array(&[gitlab(origin, "amt/a", ""), gitlab(origin, "amt/sub/b", ", \"archived\": true")]))
            // behind a proxy that GitLab knows nothing of
            .with("Link", format!("<http://inside:8181{}&page=2>; rel=\"next\", <x>; rel=\"last\"", asked.path)),
        "2" => Reply::ok(array(&[
            gitlab(origin, "amt/sub/b", ""),
            gitlab(origin, "amt/fork", ", \"forked_from_project\": {\"id\": 1}"),
            gitlab(origin, "amt/empty", ", \"empty_repo\": true"),
            gitlab(origin, "amt/tickets", ", \"repository_access_level\": \"disabled\""),
            gitlab("http://127.0.0.2:1", "amt/elsewhere", ""),
            gitlab("ext::sh -c x;http://127.0.0.1", "amt/evil", ""),
        ]))
        .with("X-Next-Page", "3"),
        _ => Reply::ok(array(&[gitlab(origin, "amt/c", ", \"forked_from_project\": null")])).with("X-Next-Page", ""),
    });
    let run = Run::simple(&server, "gitlab:amt");
    assert_eq!(run.names(), ["amt/a", "amt/sub/b", "amt/c"]);
    let entry = &run.result.as_ref().unwrap().listed[1];
    assert_eq!(entry.repo, format!("{}/amt/sub/b.git", server.origin));
    assert_eq!(entry.owner.as_deref(), Some("amt/sub"));
    let told = run.told();
    assert_eq!(told.len(), 3, "{told:?}");
    for (line, what) in
        told.iter().zip(["forks are left out (1)", "without any content are left out (2)", "host are left out (2)"])
    {
        assert!(line.contains(what), "{line}");
    }
    let paths = server.paths();
    let sorted = "order_by=id&sort=asc&per_page=100";
    assert_eq!(paths[0], format!("/api/v4/groups/amt/projects?include_subgroups=true&with_shared=false&{sorted}"));
    assert_eq!(paths.len(), 3);
    assert!(server.asked().iter().all(|asked| asked.header("private-token").is_none()));

    let wanted = Wanted { forks: true, archived: false };
    let run = Run::of(&server, "gitlab:amt", wanted, |_| {});
    assert_eq!(run.names(), ["amt/a", "amt/fork", "amt/c"], "the archived one once more is a double of it");
}

#[test]
fn groups_in_groups_are_one_part_of_the_address() {
    let server = Server::start(|_, _, _| Reply::ok("[]"));
    assert!(Run::simple(&server, "gitlab:amt/sub").names().is_empty());
    assert!(server.paths()[0].starts_with("/api/v4/groups/amt%2Fsub/projects?"));
}

#[test]
fn no_organisation_may_be_a_person() {
    for (kind, first, second) in [
        ("github", "/api/v3/orgs/ada/repos?", "/api/v3/users/ada/repos?"),
        ("gitea", "/api/v1/orgs/ada/repos?", "/api/v1/users/ada/repos?"),
        ("forgejo", "/api/v1/orgs/ada/repos?", "/api/v1/users/ada/repos?"),
    ] {
        let server = Server::start(|origin, asked, _| match asked.path.contains("/users/") {
            true => Reply::ok(array(&[github(origin, "ada/a", ""), github(origin, "ada/b", ", \"fork\": true")])),
            false => Reply::status(404, "{\"message\": \"Not Found\"}"),
        });
        assert_eq!(Run::simple(&server, &format!("{kind}:ada")).names(), ["ada/a"]);
        let paths = server.paths();
        assert!(paths[0].starts_with(first) && paths[1].starts_with(second), "{paths:?}");
    }
    let server = Server::start(|_, _, _| Reply::status(404, "{}"));
    let why = Run::simple(&server, "gitlab:amt").why();
    assert_eq!(why, "127.0.0.1 knows no group, organisation or person amt; what is not public takes a token");
    assert!(server.paths()[1].starts_with("/api/v4/users/amt/projects?"));
}

#[test]
fn gitea_without_links_tells_a_total() {
    let server = Server::start(|origin, asked, _| {
        let name = format!("amt/{}", page_of(asked));
        Reply::ok(array(&[github(origin, &name, ", \"archived\": true, \"empty\": false")])).with("X-Total-Count", 3)
    });
    assert_eq!(Run::simple(&server, "gitea:amt").names(), ["amt/1", "amt/2", "amt/3"]);
    assert_eq!(server.paths()[2], "/api/v1/orgs/amt/repos?limit=50&page=3");
}

#[test]
fn the_software_is_found_out_without_the_token() {
    let server = Server::start(|origin, asked, _| match asked.path.as_str() {
        "/api/v1/version" => Reply::ok("{\"version\": \"12.0.1+gitea-1.22.0\"}"),
        path if path.starts_with("/api/v1/") => Reply::ok(array(&[github(origin, "amt/a", "")])),
        _ => Reply::status(404, ""),
    });
    let token = |connection: &mut Connection<'_>| connection.token = Secret::new("geheim");
    assert_eq!(Run::of(&server, "auto:amt", Wanted::default(), token).names(), ["amt/a"]);
    for asked in server.asked() {
        let probed = asked.path == "/api/v1/version" || asked.path.starts_with("/api/v4/");
        let token = asked.header("authorization").or(asked.header("private-token"));
        assert_eq!(token, (!probed).then_some("token geheim"), "{}", asked.path);
    }
    let nothing = Server::start(|_, _, _| Reply::ok("<html>"));
    assert!(Run::simple(&nothing, "auto:amt").why().contains("cannot be told"));
}

#[test]
fn tokens_and_names_are_sent() {
    for (kind, header, value) in [
        ("gitlab", "private-token", "geheim"),
        ("github", "authorization", "Bearer geheim"),
        ("gitea", "authorization", "token geheim"),
    ] {
        let server = Server::start(|_, _, _| Reply::ok("[]"));
        let run = Run::of(&server, &format!("{kind}:amt"), Wanted::default(), |connection| {
            connection.token = Secret::new("geheim");
            connection.user_agent = "civiclint-test".to_owned();
        });
        assert!(run.names().is_empty());
        assert_eq!(server.asked()[0].header(header), Some(value));
        assert_eq!(server.asked()[0].header("user-agent"), Some("civiclint-test"));
    }
}

#[test]
fn limits_are_kept() {
    // no request is left after the first page; the second is limited by time, the third of the second kind
    let server = Server::start(|origin, asked, number| match number {
        0 => Reply::ok(array(&[github(origin, "amt/a", "")]))
            .with("X-RateLimit-Remaining", 0)
            .with("X-RateLimit-Reset", 1_100)
            .with("Link", format!("<{origin}{}&page=2>; rel=\"next\"", asked.path)),
        1 => Reply::status(429, "slow down").with("Retry-After", 5),
        2 => Reply::status(403, "{\"message\": \"You have exceeded a secondary rate limit\"}"),
        _ => Reply::ok(array(&[github(origin, "amt/b", "")])),
    });
    let run = Run::simple(&server, "github:amt");
    assert_eq!(run.names(), ["amt/a", "amt/b"]);
    assert_eq!(run.waits, [101, 5, 120]);
    assert_eq!(run.heard[0], "127.0.0.1 asks to wait, for 101 s: too many requests");
    assert_eq!(server.paths().len(), 4);

    let server = Server::start(|_, _, _| Reply::status(429, "").with("Retry-After", 40));
    let run = Run::of(&server, "github:amt", Wanted::default(), |connection| {
        connection.patience = Duration::from_secs(100);
    });
    assert!(run.why().contains("of the time for waiting 20 s are left"), "{}", run.why());
    assert_eq!(run.waits, [40, 40]);
}

#[test]
fn what_fails_is_tried_again() {
    let server = Server::start(|origin, _, number| match number {
        0 => Reply::status(500, "oops"),
        1 => Reply::status(503, "").with("Retry-After", 9),
        _ => Reply::ok(array(&[github(origin, "amt/a", "")])),
    });
    let run = Run::simple(&server, "gitea:amt");
    assert_eq!((run.names(), run.waits.as_slice()), (vec!["amt/a"], &[1, 9][..]));

    let server = Server::start(|_, _, _| Reply::status(502, ""));
    let run = Run::simple(&server, "gitea:amt");
    assert_eq!(run.why(), "127.0.0.1 is out of order: it answered with status 502 each time");
    assert_eq!((run.waits, server.paths().len()), (vec![1, 2, 4], 4));
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(|origin, asked, _| {
        let page = page_of(asked);
        let etag = format!("W/\"{page}\"");
        if asked.header("if-none-match") == Some(&etag) {
            return Reply::status(304, "").with("ETag", etag);
        }
        let reply = Reply::ok(array(&[github(origin, &format!("amt/{page}"), "")])).with("ETag", etag);
        if page == "1" { reply.with("Link", format!("<{origin}{}&page=2>; rel=\"next\"", asked.path)) } else { reply }
    });
    let ask = |token: Option<&str>| {
        Run::cached(&server, "github:amt", Wanted::default(), Some(folder.path()), |connection| {
            connection.token = token.and_then(Secret::new);
        })
    };
    for _ in 0..2 {
        assert_eq!(ask(None).names(), ["amt/1", "amt/2"]);
    }
    let conditions: Vec<bool> = server.asked().iter().map(|asked| asked.header("if-none-match").is_some()).collect();
    assert_eq!(conditions, [false, false, true, true]);
    // what a token may see is another thing
    ask(Some("geheim"));
    assert!(server.asked()[4].header("if-none-match").is_none());
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        #[expect(clippy::disallowed_methods, reason = "a file of this test")]
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("geheim"));
        std::fs::write(&path, "{\"etag\": \"x\"}").unwrap();
    }
    assert_eq!(ask(None).names(), ["amt/1", "amt/2"], "what is broken is asked for anew");
}

#[test]
fn a_token_stays_on_its_host() {
    let other = Server::start(|_, _, _| Reply::ok("[]"));
    let there = other.origin.clone();
    let server = Server::start(move |_, _, _| Reply::status(302, "").with("Location", format!("{there}/x")));
    let run = Run::of(&server, "gitlab:amt", Wanted::default(), |connection| connection.token = Secret::new("geheim"));
    assert!(run.why().contains("redirects to other hosts are not followed"), "{}", run.why());
    assert!(other.asked().is_empty());

    let renamed = Server::start(|origin, asked, _| match asked.path.starts_with("/new") {
        true => Reply::ok(array(&[github(origin, "amt/a", "")])),
        false => Reply::status(301, "").with("Location", "/new"),
    });
    assert_eq!(Run::simple(&renamed, "github:amt").names(), ["amt/a"]);
    let round = Server::start(|_, asked, _| Reply::status(301, "").with("Location", &asked.path));
    assert_eq!(Run::simple(&round, "github:amt").why(), "127.0.0.1 answered with status 301");
}

#[test]
fn everything_is_bounded() {
    let huge = Server::start(|_, _, _| Reply::ok(format!("[{}]", " ".repeat(3 << 20))));
    let run = Run::of(&huge, "github:amt", Wanted::default(), |connection| connection.most_bytes = 1 << 20);
    assert_eq!(run.why(), "an answer of 127.0.0.1 is larger than 1 MiB");

    let slow = Server::start(|_, _, _| Reply::ok("[          ]").slowly(Duration::from_millis(200)));
    let run = Run::of(&slow, "github:amt", Wanted::default(), |connection| {
        connection.timeout = Duration::from_millis(300);
    });
    assert_eq!(run.why(), "127.0.0.1 did not answer within 0.3 s");
    assert_eq!(run.waits, [1, 2, 4]);

    let endless = Server::start(|origin, asked, number| {
        let link = format!("<{origin}{}&page={}>; rel=\"next\"", asked.path.split("&page").next().unwrap(), number + 2);
        Reply::ok(array(&[github(origin, &format!("amt/{number}"), "")])).with("Link", link)
    });
    let run = Run::of(&endless, "github:amt", Wanted::default(), |connection| connection.most_pages = 7);
    assert!(run.why().contains("more than 7 pages"), "{}", run.why());
    let circle = Server::start(|origin, asked, _| {
        Reply::ok(array(&[github(origin, "amt/a", "")])).with("Link", format!("<{}>; rel=\"next\"", asked.path))
    });
    assert!(Run::simple(&circle, "github:amt").why().contains("pages"));
    assert_eq!(circle.paths().len(), 1);
}

#[test]
fn refusals_are_told() {
    for (status, body, token, words) in [
        (200, "{\"message\": \"hello\"}", false, "127.0.0.1 did not answer with a list of repositories"),
        (200, "[{\"full_name\": \"amt/a\"}]", false, "127.0.0.1 did not answer with a list of repositories"),
        (200, "<html>sign in</html>", false, "127.0.0.1 did not answer with a list of repositories"),
        (401, "", false, "127.0.0.1 answers only with a token"),
        (401, "", true, "127.0.0.1 does not accept the token"),
        (403, "SAML", false, "127.0.0.1 refuses to list amt without a token"),
        (403, "SAML", true, "127.0.0.1 refuses: the token may not list amt"),
        (404, "", true, "127.0.0.1 knows no group, organisation or person amt, or the token may not see it"),
        (418, "", false, "127.0.0.1 answered with status 418"),
        (304, "", false, "127.0.0.1 answered with status 304"),
    ] {
        let server = Server::start(move |_, _, _| Reply::status(status, body));
        let run = Run::of(&server, "github:amt", Wanted::default(), |connection| {
            connection.token = token.then(|| Secret::new("geheim")).flatten();
        });
        assert!(run.why().starts_with(words), "{status} {body}: {}", run.why());
    }
}

#[test]
fn connections_that_fail_are_told() {
    let clock = TestClock::at(0);
    let why = |address: &str| {
        let mut tell = |_| {};
        let mut connection = Connection::new(&clock, &mut tell);
        connection.proxy = false;
        let owner: Owner = format!("gitea:{address}/amt").parse().unwrap();
        said(&list(&owner, Wanted::default(), &mut connection).unwrap_err())
    };
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(why(&format!("http://{closed}")).starts_with("127.0.0.1 cannot be reached: "));
    // plain HTTP where TLS is expected
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let plain = std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        // until the other side has understood
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let told = why(&format!("https://{address}"));
    assert!(told.starts_with("there is no safe connection to 127.0.0.1: "), "{told}");
    plain.join().unwrap();
}
