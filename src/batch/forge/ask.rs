//! How is one page asked for? With limits kept, tries counted, redirects held to the host, answers kept.

use super::cache::Cache;
use super::connection::Connection;
use super::limit::{self, Said};
use super::owner::{Kind, Owner};
use super::page;
use crate::phrase::Phrase;
use std::io;
use std::time::Duration;
use ureq::http::HeaderMap;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};

/// So often a page is asked for again, where the forge or the way to it fails.
const TRIES: u32 = 3;
/// So many redirects are followed.
const HOPS: u32 = 3;

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// what it says
    pub(super) body: Vec<u8>,
    /// its Link header
    pub(super) link: Option<String>,
    /// its X-Next-Page header
    pub(super) next_page: Option<String>,
    /// its X-Total-Count header
    pub(super) total: Option<String>,
}

/// Why there is no page.
#[derive(Debug)]
pub(super) enum Stop {
    /// nothing is there
    NotFound,
    /// anything else
    Why(Phrase),
}

/// What came over the wire.
struct Reply {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// Asks one forge.
pub(super) struct Client<'c, 'a> {
    agent: Agent,
    connection: &'c mut Connection<'a>,
    owner: Owner,
    /// what an answer said of the time until the next request
    pause: Option<Duration>,
}

impl<'c, 'a> Client<'c, 'a> {
    /// Nothing is asked yet.
    pub(super) fn new(owner: &Owner, connection: &'c mut Connection<'a>) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .https_only(!owner.is_local())
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(connection.user_agent.as_str())
            .tls_config(tls)
            .timeout_global(Some(connection.timeout))
            .timeout_resolve(Some(connection.timeout));
        if !connection.proxy || owner.is_local() {
            config = config.proxy(None);
        }
        let agent = config.build().new_agent();
        Self { agent, connection, owner: owner.clone(), pause: None }
    }

    /// The software of the host, which decides how a token is sent.
    pub(super) fn knows(&mut self, kind: Kind) {
        self.owner.kind = kind;
    }

    /// The most pages that are read.
    pub(super) fn most_pages(&self) -> usize {
        self.connection.most_pages
    }

    /// Whether there is a token.
    pub(super) fn has_token(&self) -> bool {
        self.connection.token.is_some()
    }

    /// The page at an address.
    pub(super) fn get(&mut self, address: &str) -> Result<Answer, Stop> {
        self.ask(address, true)
    }

    /// The same, without saying who asks.
    pub(super) fn get_without_token(&mut self, address: &str) -> Result<Answer, Stop> {
        self.ask(address, false)
    }

    fn ask(&mut self, asked: &str, token: bool) -> Result<Answer, Stop> {
        let mut address = asked.to_owned();
        let (mut failures, mut refusals, mut hops) = (0, 0, 0);
        loop {
            if let Some(pause) = self.pause.take() {
                self.wait(pause)?;
            }
            let kept = self.cache(token).and_then(|cache| cache.get(&address));
            let reply = match self.once(&address, token, kept.as_ref().map(|kept| kept.etag.as_str())) {
                Ok(reply) => reply,
                Err(error) if is_passing(&error) && failures < TRIES => {
                    self.try_again(failures, None)?;
                    failures += 1;
                    continue;
                }
                Err(error) => return Err(Stop::Why(self.failed(&error))),
            };
            let said = said(&reply.headers);
            self.pause = limit::until_reset(&said, self.connection.clock.now());
            match (reply.status, kept) {
                (200, _) => return Ok(self.keep(&address, token, reply)),
                (304, Some(kept)) => {
                    let body = kept.body.into_bytes();
                    return Ok(Answer { body, link: kept.link, next_page: kept.next_page, total: kept.total });
                }
                (301 | 302 | 303 | 307 | 308, _) if hops < HOPS => {
                    address = self.redirected(&address, &reply)?;
                    hops += 1;
                }
                (404 | 410, _) => return Err(Stop::NotFound),
                (403 | 429, _) => {
                    let now = self.connection.clock.now();
                    let wait = limit::after_refusal(reply.status, &said, &reply.body, refusals, now);
                    let Some(wait) = wait else { return Err(Stop::Why(self.refused(reply.status))) };
                    self.pause = Some(wait);
                    refusals += 1;
                }
                (500..=599, _) if failures < TRIES => {
                    self.try_again(failures, header(&reply.headers, "retry-after"))?;
                    failures += 1;
                }
                (status, _) => return Err(Stop::Why(self.refused(status))),
            }
        }
    }

    fn once(&self, address: &str, token: bool, etag: Option<&str>) -> Result<Reply, Error> {
        let mut request = self.agent.get(address);
        request = match self.owner.kind {
            Kind::GitHub => {
                request.header("Accept", "application/vnd.github+json").header("X-GitHub-Api-Version", "2022-11-28")
            }
            _ => request.header("Accept", "application/json"),
        };
        if let Some(token) = self.connection.token.as_ref().filter(|_| token) {
            request = match self.owner.kind {
                Kind::GitLab | Kind::Unknown => request.header("PRIVATE-TOKEN", token.reveal()),
                Kind::GitHub => request.header("Authorization", format!("Bearer {}", token.reveal())),
                Kind::Gitea => request.header("Authorization", format!("token {}", token.reveal())),
            };
        }
        if let Some(etag) = etag {
            request = request.header("If-None-Match", etag);
        }
        let response = request.call()?;
        let (parts, body) = response.into_parts();
        let body = body.into_with_config().limit(self.connection.most_bytes).read_to_vec()?;
        Ok(Reply { status: parts.status.as_u16(), headers: parts.headers, body })
    }

    fn cache(&self, token: bool) -> Option<Cache<'a>> {
        let token = self.connection.token.as_ref().filter(|_| token).map(super::Secret::reveal);
        Some(Cache::new(self.connection.cache?, self.connection.most_bytes, token))
    }

    fn keep(&self, address: &str, token: bool, reply: Reply) -> Answer {
        let [link, next_page, total] =
            ["link", "x-next-page", "x-total-count"].map(|name| header(&reply.headers, name));
        if let (Some(cache), Some(etag)) = (self.cache(token), header(&reply.headers, "etag")) {
            cache.put(address, &etag, &reply.body, [link.clone(), next_page.clone(), total.clone()]);
        }
        Answer { body: reply.body, link, next_page, total }
    }

    /// Where a redirect leads, as long as that is the same host: a token is for one host, and so is trust.
    fn redirected(&self, address: &str, reply: &Reply) -> Result<String, Stop> {
        let to = header(&reply.headers, "location").unwrap_or_default();
        let here = page::origin_of(address).unwrap_or_default();
        let same = to.starts_with('/') || page::origin_of(&to).is_some_and(|there| there.eq_ignore_ascii_case(here));
        match page::path_of(&to).filter(|_| same) {
            Some(path) => Ok(format!("{here}{path}")),
            None => {
                let there = page::origin_of(&to).map_or(to.as_str(), |origin| origin).to_owned();
                let phrase = Phrase::new(
                    "{host} leads on to {there}, and redirects to other hosts are not followed; if that is right, \
                     name the new address",
                    "{host} leitet nach {there} weiter, und Weiterleitungen auf andere Hosts werden nicht verfolgt; \
                     wenn das stimmt, nennen Sie die neue Adresse",
                );
                Err(Stop::Why(phrase.with("host", self.owner.host()).with("there", there)))
            }
        }
    }

    fn try_again(&mut self, failures: u32, retry_after: Option<String>) -> Result<(), Stop> {
        let asked = retry_after.and_then(|text| limit::retry_after(&text, self.connection.clock.now()));
        let wait = asked.unwrap_or(Duration::from_secs(1 << failures.min(6)));
        let phrase = Phrase::new(
            "{host} does not answer properly; asked again in {seconds} s ({number} of {most})",
            "{host} antwortet nicht richtig; neuer Versuch in {seconds} s ({number} von {most})",
        );
        let phrase = phrase.with("number", (failures + 1).to_string()).with("most", TRIES.to_string());
        self.spend(wait, phrase)
    }

    fn wait(&mut self, wait: Duration) -> Result<(), Stop> {
        let phrase = Phrase::new(
            "{host} asks to wait, for {seconds} s: too many requests",
            "{host} bittet um {seconds} s Geduld: zu viele Anfragen",
        );
        self.spend(wait, phrase)
    }

    /// Waits and says so, or gives up where that would be longer than all waiting may be.
    fn spend(&mut self, wait: Duration, phrase: Phrase) -> Result<(), Stop> {
        let seconds = wait.as_secs();
        let Some(left) = self.connection.patience.checked_sub(wait) else {
            let phrase = Phrase::new(
                "{host} asks to wait for {seconds} s, and of the time for waiting {most} s are left; a token raises the \
                 limits of a forge",
                "{host} bittet um {seconds} s Geduld, und von der Zeit zum Warten sind {most} s übrig; mit einem Token \
                 sind die Grenzen einer Forge höher",
            );
            let phrase = phrase.with("host", self.owner.host()).with("seconds", seconds.to_string());
            return Err(Stop::Why(phrase.with("most", self.connection.patience.as_secs().to_string())));
        };
        (self.connection.tell)(phrase.with("host", self.owner.host()).with("seconds", seconds.to_string()));
        self.connection.clock.wait(wait);
        self.connection.patience = left;
        Ok(())
    }

    fn refused(&self, status: u16) -> Phrase {
        let phrase = match (status, self.has_token()) {
            (401, true) => Phrase::new(
                "{host} does not accept the token: it is wrong, has expired, or is for another host",
                "{host} nimmt das Token nicht an: Es ist falsch, abgelaufen oder für einen anderen Host",
            ),
            (401, false) => Phrase::new("{host} answers only with a token", "{host} antwortet nur mit einem Token"),
            (403, true) => Phrase::new(
                "{host} refuses: the token may not list {owner}",
                "{host} lehnt ab: Das Token darf {owner} nicht auflisten",
            )
            .with("owner", self.owner.path.as_str()),
            (403, false) => Phrase::new(
                "{host} refuses to list {owner} without a token",
                "{host} listet {owner} nicht ohne Token auf",
            )
            .with("owner", self.owner.path.as_str()),
            (500..=599, _) => Phrase::new(
                "{host} is out of order: it answered with status {status} each time",
                "{host} ist gestört: Es kam jedes Mal der Status {status}",
            )
            .with("status", status.to_string()),
            _ => Phrase::new("{host} answered with status {status}", "{host} hat mit Status {status} geantwortet")
                .with("status", status.to_string()),
        };
        phrase.with("host", self.owner.host())
    }

    fn failed(&self, error: &Error) -> Phrase {
        let phrase = match error {
            Error::HostNotFound => Phrase::new("there is no host {host}", "einen Host {host} gibt es nicht"),
            Error::Timeout(_) => Phrase::new(
                "{host} did not answer within {seconds} s",
                "{host} hat nicht innerhalb von {seconds} s geantwortet",
            )
            .with("seconds", format!("{}", self.connection.timeout.as_secs_f64())),
            Error::BodyExceedsLimit(_) => Phrase::new(
                "an answer of {host} is larger than {most} MiB",
                "eine Antwort von {host} ist größer als {most} MiB",
            )
            .with("most", (self.connection.most_bytes >> 20).to_string()),
            Error::Rustls(_) | Error::Tls(_) | Error::TlsRequired => certificate(error),
            Error::Io(why) if why.kind() == io::ErrorKind::InvalidData => certificate(why),
            // What stands in the address of a proxy may be a password.
            Error::InvalidProxyUrl | Error::ConnectProxyFailed(_) => Phrase::new(
                "{host} cannot be reached through the proxy that HTTPS_PROXY or ALL_PROXY names",
                "{host} ist über den Proxy aus HTTPS_PROXY oder ALL_PROXY nicht zu erreichen",
            ),
            Error::Io(why) => Phrase::new("{host} cannot be reached: {why}", "{host} ist nicht zu erreichen: {why}")
                .with("why", why.to_string()),
            Error::Protocol(_) | Error::LargeResponseHeader(..) | Error::BodyStalled => {
                Phrase::new("{host} does not answer as a web server does", "{host} antwortet nicht wie ein Webserver")
            }
            _ => Phrase::new("{host} cannot be asked", "{host} lässt sich nicht fragen"),
        };
        phrase.with("host", self.owner.host())
    }
}

fn certificate(why: &impl std::fmt::Display) -> Phrase {
    Phrase::new(
        "there is no safe connection to {host}: {why}",
        "es kommt keine sichere Verbindung zu {host} zustande: {why}",
    )
    .with("why", why.to_string())
}

/// Whether the next try may come out otherwise.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::Timeout(_) | Error::BodyStalled => true,
        Error::Io(why) => !matches!(
            why.kind(),
            io::ErrorKind::InvalidData | io::ErrorKind::ConnectionRefused | io::ErrorKind::PermissionDenied
        ),
        _ => false,
    }
}

fn said(headers: &HeaderMap) -> Said {
    Said {
        retry_after: header(headers, "retry-after"),
        remaining: header(headers, "x-ratelimit-remaining").or_else(|| header(headers, "ratelimit-remaining")),
        reset: header(headers, "x-ratelimit-reset").or_else(|| header(headers, "ratelimit-reset")),
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?.trim();
    (!value.is_empty() && value.len() <= 16_384).then(|| value.to_owned())
}
