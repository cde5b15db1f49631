//! How is a report told? Each output is a function of the report alone.

pub mod encode;
