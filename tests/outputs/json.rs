//! What programs read.
