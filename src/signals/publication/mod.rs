//! May this tree be put online?

mod clutter;
mod credential;
mod internal_host;
mod large_file;
mod personal_path;
mod private_dependency;
mod secret_file;

use super::Room;

pub(super) const ROOM: Room = Room {
    name: "publication",
    history: &[],
    whole: &[],
    subjects: &[
        secret_file::SUBJECT,
        credential::SUBJECT,
        private_dependency::SUBJECT,
        internal_host::SUBJECT,
        personal_path::SUBJECT,
        large_file::SUBJECT,
        clutter::SUBJECT,
    ],
};
