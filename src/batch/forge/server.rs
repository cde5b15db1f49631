//! A forge for tests: a thread on this machine that answers as it is told and notes what it was asked.

use super::connection::Clock;
use std::cell::{Cell, RefCell};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A request: the path with its query, and the lines after it in small letters.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) path: String,
    headers: Vec<String>,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// What is answered.
pub(super) struct Reply {
    status: u16,
    headers: String,
    body: Vec<u8>,
    /// between two bytes of the body
    slowly: Duration,
}

impl Reply {
    pub(super) fn ok(body: impl Into<String>) -> Self {
        Self::status(200, body)
    }

    pub(super) fn status(status: u16, body: impl Into<String>) -> Self {
        Self { status, headers: String::new(), body: body.into().into_bytes(), slowly: Duration::ZERO }
    }

    pub(super) fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.headers.push_str(&format!("{name}: {value}\r\n"));
        self
    }

    pub(super) fn slowly(mut self, between: Duration) -> Self {
        self.slowly = between;
        self
    }
}

type Answers = dyn Fn(&str, &Asked, usize) -> Reply + Send + Sync;

/// A forge that is there until it is dropped.
pub(super) struct Server {
    pub(super) origin: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers with what `answer` makes of its own address, the request, and the number of requests before.
    pub(super) fn start(answer: impl Fn(&str, &Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let (here, noted, end) = (origin.clone(), Arc::clone(&asked), Arc::clone(&stop));
        let answer: Arc<Answers> = Arc::new(answer);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if end.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                serve(stream, &here, &noted, answer.as_ref());
            }
        });
        Self { origin, asked, stop, thread: Some(thread) }
    }

    /// What was asked so far.
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().expect("the requests").clone()
    }

    /// The paths that were asked for.
    pub(super) fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.origin.trim_start_matches("http://"));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: TcpStream, origin: &str, noted: &Mutex<Vec<Asked>>, answer: &Answers) {
    let mut reader = BufReader::new(stream.try_clone().expect("the connection"));
    let mut first = String::new();
    if reader.read_line(&mut first).unwrap_or(0) == 0 {
        return;
    }
    let mut headers = Vec::new();
    for line in reader.lines().map_while(Result::ok) {
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        headers.push(format!("{}: {}", name.to_ascii_lowercase(), value.trim()));
    }
    let asked = Asked { path: first.split(' ').nth(1).unwrap_or_default().to_owned(), headers };
    let number = {
        let mut noted = noted.lock().expect("the requests");
        noted.push(asked.clone());
        noted.len() - 1
    };
    let reply = answer(origin, &asked, number);
    let length = if reply.status == 304 { String::new() } else { format!("Content-Length: {}\r\n", reply.body.len()) };
    let head = format!("HTTP/1.1 {} X\r\n{}{length}Connection: close\r\n\r\n", reply.status, reply.headers);
    // Whoever has heard enough hangs up.
    if stream.write_all(head.as_bytes()).is_err() {
        return;
    }
    if reply.slowly.is_zero() {
        let _ = stream.write_all(&reply.body);
        return;
    }
    for byte in reply.body {
        thread::sleep(reply.slowly);
        if stream.write_all(&[byte]).is_err() {
            return;
        }
    }
}

/// A clock that waits by being put forward.
pub(super) struct TestClock {
    now: Cell<i64>,
    pub(super) waits: RefCell<Vec<u64>>,
}

impl TestClock {
    pub(super) fn at(now: i64) -> Self {
        Self { now: Cell::new(now), waits: RefCell::new(Vec::new()) }
    }
}

impl Clock for TestClock {
    fn now(&self) -> i64 {
        self.now.get()
    }

    fn wait(&self, time: Duration) {
        self.waits.borrow_mut().push(time.as_secs());
        self.now.set(self.now.get() + i64::try_from(time.as_secs()).unwrap_or(0));
    }
}
