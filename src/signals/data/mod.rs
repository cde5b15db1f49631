//! Where do data and models come from, and does anybody say so?

mod file;
mod mention;
mod metadata;
mod model;
mod own;
mod personal;
mod source;
mod table;
mod uses;

use super::Room;

pub(super) const ROOM: Room = Room {
    name: "data",
    history: &[],
    whole: &[],
    subjects: &[file::SUBJECT, source::SUBJECT, model::SUBJECT, table::SUBJECT, personal::SUBJECT, metadata::SUBJECT],
};
