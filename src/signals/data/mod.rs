//! Where do data and models come from, and does anybody say so?

mod card;
mod file;
mod mention;
mod metadata;
mod model;
mod own;
mod personal;
mod purpose;
mod reach;
mod source;
mod table;
mod terms;
mod usage;
mod uses;
mod weights;

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
        weights::SUBJECT,
        card::SUBJECT,
        purpose::SUBJECT,
        table::SUBJECT,
        personal::SUBJECT,
        metadata::SUBJECT,
    ],
};
