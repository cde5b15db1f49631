//! How much does it tell that four words stand together?

/// The weight of a gram that stands in `in_texts` of `texts` texts: the less common, the more it tells (16 · log₂).
pub fn weight(texts: usize, in_texts: usize) -> u32 {
    let rare = texts as f64 / in_texts.max(1) as f64;
    (16.0 * rare.max(1.0).log2()) as u32 + 1
}
