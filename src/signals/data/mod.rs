//! Where do data and models come from, and does anybody say so?

mod file;
mod mention;
mod model;
mod own;
mod reach;
mod source;
mod terms;
mod usage;
mod uses;

use super::Room;

pub(super) const ROOM: Room = Room {
    name: "data",
    history: &[],
    whole: &[],
    subjects: &[
        file::SUBJECT,
        file::FOLDER,
        file::LICENCE,
        source::SUBJECT,
        model::SUBJECT,
        usage::SUBJECT,
        reach::SUBJECT,
        terms::SUBJECT,
    ],
};
