//! How are the requirements of a norm shown?

pub(super) mod json;
pub(super) mod markdown;
pub(super) mod text;
