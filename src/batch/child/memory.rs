//! How much memory do a process and its children hold?

#[cfg(target_os = "linux")]
pub(super) use linux::Memory;
#[cfg(not(target_os = "linux"))]
pub(super) use other::Memory;

/// By `/proc`, proc(5): a few small files each time.
#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::time::{Duration, Instant};

    /// How often somebody looks for new children; in between those known are looked at.
    const CHILDREN: Duration = Duration::from_millis(100);
    /// So many processes are looked at.
    const PROCESSES: usize = 1000;

    pub(in super::super) struct Memory {
        root: u32,
        /// the processes, and when each was started: a number alone may become another's
        known: BTreeMap<u32, Option<u64>>,
        next: Instant,
        peak: u64,
    }

    impl Memory {
        pub(in super::super) fn of(root: u32) -> Self {
            Self { root, known: BTreeMap::from([(root, None)]), next: Instant::now(), peak: 0 }
        }

        /// The bytes they hold together now.
        pub(in super::super) fn look(&mut self) -> u64 {
            let now = Instant::now();
            if now >= self.next {
                self.next = now + CHILDREN;
                self.known = descendants(self.root).into_iter().map(|pid| (pid, start(pid))).collect();
            }
            let mut sum = 0_u64;
            for pid in self.known.keys() {
                let Some(held) = read(&format!("/proc/{pid}/status")).map(|text| Held::of(&text)) else { continue };
                sum = sum.saturating_add(held.own);
                self.peak = self.peak.max(held.peak);
            }
            sum
        }

        /// The most that one of them held.
        pub(in super::super) fn peak(&self) -> Option<u64> {
            (self.peak > 0).then_some(self.peak)
        }

        /// Kills those that had left the group, as far as they were seen.
        pub(in super::super) fn kill_strays(&self) {
            for (pid, started) in self.known.iter().filter(|(pid, _)| **pid != self.root) {
                let number = i32::try_from(*pid).ok().and_then(rustix::process::Pid::from_raw);
                if let Some(number) = number
                    && started.is_some()
                    && start(*pid) == *started
                {
                    let _ = rustix::process::kill_process(number, rustix::process::Signal::KILL);
                }
            }
        }
    }

    /// What `/proc/<pid>/status` says, in bytes.
    #[derive(Debug, Default, PartialEq, Eq)]
    struct Held {
        /// what is its own, in memory and swapped
        own: u64,
        /// the most that was resident
        peak: u64,
    }

    impl Held {
        fn of(status: &str) -> Self {
            let mut held = Self::default();
            for line in status.lines() {
                let Some((key, value)) = line.split_once(':') else { continue };
                let bytes = || value.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024);
                match key {
                    "VmHWM" => held.peak = bytes().unwrap_or(0),
                    "RssAnon" | "RssShmem" | "VmSwap" => held.own = held.own.saturating_add(bytes().unwrap_or(0)),
                    _ => {}
                }
            }
            held
        }
    }

    /// A process and all that it started, as far as they did not leave it.
    fn descendants(root: u32) -> Vec<u32> {
        let mut found = vec![root];
        let mut at = 0;
        while let Some(pid) = found.get(at).copied()
            && found.len() < PROCESSES
        {
            at += 1;
            let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else { continue };
            for thread in threads.flatten().take(PROCESSES) {
                let children = thread.path().join("children");
                let Some(children) = children.to_str().and_then(read) else { continue };
                found.extend(children.split_ascii_whitespace().filter_map(|pid| pid.parse::<u32>().ok()));
            }
        }
        found.truncate(PROCESSES);
        found
    }

    /// When a process was started, in ticks since the system was.
    fn start(pid: u32) -> Option<u64> {
        let stat = read(&format!("/proc/{pid}/stat"))?;
        // its name, the second field, may hold anything and ends with the last bracket
        stat.rsplit_once(')')?.1.split_ascii_whitespace().nth(19)?.parse().ok()
    }

    #[expect(clippy::disallowed_methods, reason = "what the system says of processes is no repository's file")]
    fn read(path: &str) -> Option<String> {
        std::fs::read(path).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn status_is_read() {
            let status = "Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 9 kB\nRssAnon:\t  100 kB\nRssFile:\t 7 kB\n\
                          RssShmem:\t 1 kB\nVmSwap:\t 2 kB\n";
            assert_eq!(Held::of(status), Held { own: 103 << 10, peak: 2 << 20 });
            assert_eq!(Held::of("VmHWM: x\nVmHWM\nRssAnon: 99999999999999999999 kB\n"), Held::default());
        }

        #[test]
        fn this_process_holds_something() {
            let mut memory = Memory::of(std::process::id());
            assert!(memory.look() > 0);
            assert!(memory.peak().is_some());
            assert!(start(std::process::id()).is_some_and(|start| start > 0));
        }
    }
}

/// By sysinfo: the process alone.
#[cfg(not(target_os = "linux"))]
mod other {
    use std::time::{Duration, Instant};
    use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

    const PAUSE: Duration = Duration::from_millis(20);

    pub(in super::super) struct Memory {
        pid: Pid,
        system: System,
        next: Instant,
        now: u64,
        peak: u64,
    }

    impl Memory {
        pub(in super::super) fn of(root: u32) -> Self {
            Self { pid: Pid::from_u32(root), system: System::new(), next: Instant::now(), now: 0, peak: 0 }
        }

        /// The bytes it holds now.
        pub(in super::super) fn look(&mut self) -> u64 {
            let now = Instant::now();
            if now >= self.next {
                self.next = now + PAUSE;
                let only = ProcessesToUpdate::Some(&[self.pid]);
                self.system.refresh_processes_specifics(only, true, ProcessRefreshKind::nothing().with_memory());
                self.now = self.system.process(self.pid).map_or(0, sysinfo::Process::memory);
                self.peak = self.peak.max(self.now);
            }
            self.now
        }

        /// The most that it was seen to hold.
        pub(in super::super) fn peak(&self) -> Option<u64> {
            (self.peak > 0).then_some(self.peak)
        }

        /// Those that left the group are not known here.
        pub(in super::super) fn kill_strays(&self) {}
    }
}
