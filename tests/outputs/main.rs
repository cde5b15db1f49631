//! Is a report told rightly in every format? Snapshots of what people read, schemas of what programs read, and names
//! that try to break out of either.

#![allow(clippy::disallowed_methods, reason = "tests read and write folders of their own")]

mod ci;
mod html;
mod json;
mod level;
mod sample;
mod sarif;
mod text;
