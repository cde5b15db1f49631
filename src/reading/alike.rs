//! Do two names mean the same thing?

/// Letters and digits, small, umlauts as they are written where there are none.
pub fn fold(text: &str) -> String {
    let mut folded = String::new();
    for c in text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase) {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            c => folded.push(c),
        }
    }
    folded
}

/// Whether two names have a word in common, one is part of the other, or one is made of the other's first letters.
pub fn alike(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 3;
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| word.chars().count() >= SHORTEST).collect()
    };
    let (whole, other_whole) = (fold(one), fold(other));
    let first = |name: &str| -> String {
        name.split(|c: char| !c.is_alphanumeric())
            .filter_map(|word| word.chars().next())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let within = |part: &str, of: &str| part.chars().count() >= SHORTEST && of.contains(part);
    whole == other_whole
        || words(one).iter().any(|word| within(word, &other_whole))
        || words(other).iter().any(|word| within(word, &whole))
        || (whole.len() > 1 && first(other).contains(&whole))
        || (other_whole.len() > 1 && first(one).contains(&other_whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alike() {
        for (one, other) in [
            ("OpenTripPlanner", "OpenTripPlanner: multimodal trip planner"),
            ("giscoR: Download Map Data", "giscoR"),
            ("Open Inwoner", "open-inwoner"),
            ("Sammelvordruck", "Gießplan Sammelvordruck"),
            ("YOLOv5 by Ultralytics", "yolov5"),
            ("Electronic Health Record", "ehr"),
            ("R", "r"),
            ("Gießplan für Köln", "giessplan"),
        ] {
            assert!(alike(one, other) && alike(other, one), "{one} {other}");
        }
        for (one, other) in [("Masterportal", "umweltatlas"), ("Gießplan", "water map")] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }
}
