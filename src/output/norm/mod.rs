//! How are the requirements of a norm shown?

pub(super) mod json;
pub(super) mod markdown;
#[cfg(test)]
mod tests;
pub(super) mod text;
