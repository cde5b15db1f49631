//! Is a file what it was when somebody last looked at it?
//!
//! Two answers without reading it: the system says the same of it as then ([`Stamp`]), or git's index says which blob it
//! holds, and the system says the same of it as the index. The second is believed as git itself believes it
//! (`racy-git` in git's documentation), and only where the time of the last change is in it: no archive can set that,
//! so that an index that came with a repository never vouches for files that came with it.

/// What the system says of a file, as git's index has it: times of the last change of the file and of its content, each
/// in seconds and nanoseconds, device, inode, owner, group and size, each cut to 32 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(pub [u32; 9]);

/// Where the device stands in a stamp: git does not compare it, as it may change when the machine is started again.
const DEVICE: usize = 4;
/// Where the size stands.
const SIZE: usize = 8;
/// What changed so many seconds ago may change again within the same tick of the clock of a file system.
const TICK: i64 = 3;

impl Stamp {
    /// Whether the system says the same of a file now as git's index has it. The content of an empty file says nothing:
    /// git writes this size where it knows nothing of a file.
    pub(super) fn vouches(&self, now: &Self, index: (u32, u32)) -> bool {
        let without_device = |stamp: &Self| {
            let mut stamp = stamp.0;
            stamp[DEVICE] = 0;
            stamp
        };
        let [changed, _, modified, nanoseconds, ..] = self.0;
        let set = changed != 0 && modified != 0 && self.0[SIZE] != 0;
        set && (modified, nanoseconds) < index && without_device(self) == without_device(now)
    }

    /// When the content was last changed: seconds and nanoseconds.
    pub(super) fn modified(&self) -> (u32, u32) {
        (self.0[2], self.0[3])
    }

    /// Whether the file was last changed long enough before this second, counted from 1970, that another change would
    /// show.
    pub fn is_settled(&self, now: i64) -> bool {
        let [changed, _, modified, ..] = self.0;
        changed != 0 && i64::from(changed.max(modified)) < now.saturating_sub(TICK)
    }
}

/// What a blob is called: its SHA-1 with zeros behind it, or its SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob(pub [u8; 32]);

impl Blob {
    /// From the 20 or 32 bytes of an object id.
    pub(super) fn new(id: &[u8]) -> Option<Self> {
        let mut whole = [0; 32];
        whole.get_mut(..id.len()).filter(|_| matches!(id.len(), 20 | 32))?.copy_from_slice(id);
        Some(Self(whole))
    }
}

/// What is known of a file's content without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// what the system says of it
    pub stamp: Option<Stamp>,
    /// the blob that it holds
    pub blob: Option<Blob>,
}

impl State {
    /// The state of a file on disk: `claimed` by git's index, written at `index`; `found` by the system.
    pub(super) fn on_disk(claimed: Self, index: Option<(u32, u32)>, found: Option<Stamp>) -> Self {
        let known = claimed.stamp.zip(index).zip(found);
        let vouched = known.is_some_and(|((stamp, index), found)| stamp.vouches(&found, index));
        Self { stamp: found, blob: claimed.blob.filter(|_| vouched) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Stamp = Stamp([1000, 7, 900, 8, 1, 2, 3, 4, 5]);

    #[test]
    fn an_index_vouches_for_what_nobody_touched() {
        assert!(STAMP.vouches(&STAMP, (1000, 0)));
        for field in 0..9 {
            let mut other = STAMP;
            other.0[field] += 1;
            assert_eq!(STAMP.vouches(&other, (1000, 0)), field == DEVICE, "field {field}");
        }
    }

    #[test]
    fn an_index_that_cannot_know_vouches_for_nothing() {
        assert!(!STAMP.vouches(&STAMP, (900, 8)), "written in the same moment as the file");
        assert!(!STAMP.vouches(&STAMP, (900, 7)));
        assert!(STAMP.vouches(&STAMP, (900, 9)));
        for field in [0, 2, SIZE] {
            let mut unset = STAMP;
            unset.0[field] = 0;
            assert!(!unset.vouches(&unset, (1000, 0)), "field {field}");
        }
    }

    #[test]
    fn what_was_changed_just_now_is_not_settled() {
        assert!(!STAMP.is_settled(1000 + TICK));
        assert!(STAMP.is_settled(1001 + TICK));
        assert!(!STAMP.is_settled(900), "it is of a time to come");
        assert!(!Stamp([0, 0, 900, 8, 1, 2, 3, 4, 5]).is_settled(2000), "nobody says when it was changed");
    }

    #[test]
    fn on_disk() {
        let claimed = State { stamp: Some(STAMP), blob: Some(Blob([7; 32])) };
        assert_eq!(State::on_disk(claimed, Some((1000, 0)), Some(STAMP)), claimed);
        let without = State { blob: None, ..claimed };
        assert_eq!(State::on_disk(claimed, None, Some(STAMP)), without, "nobody knows when the index was written");
        let other = Some(Stamp([1001, 7, 900, 8, 1, 2, 3, 4, 5]));
        assert_eq!(State::on_disk(claimed, Some((1000, 0)), other), State { stamp: other, blob: None });
        assert_eq!(State::on_disk(claimed, Some((1000, 0)), None), State::default());
    }

    #[test]
    fn blobs() {
        assert_eq!(Blob::new(&[7; 32]), Some(Blob([7; 32])));
        let sha1 = Blob::new(&[7; 20]).expect("twenty bytes");
        assert_eq!((sha1.0[19], sha1.0[20]), (7, 0));
        for wrong in [0, 19, 21, 31, 33] {
            assert_eq!(Blob::new(&vec![7; wrong]), None);
        }
    }
}
