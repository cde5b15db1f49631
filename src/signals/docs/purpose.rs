//! Does the README say what this is, before it says how to use it?

use crate::reading::{Readings, purpose};
use crate::signal::{Reading, Value};

pub(super) fn says(readings: &Readings<'_>) -> Reading {
    Ok(Value::from(readings.corpus().readmes().any(purpose::is_stated)))
}
