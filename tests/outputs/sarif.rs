//! What GitHub reads.
