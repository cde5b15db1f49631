//! Does a YAML file hold more than one document?

/// The line (from 1) at which a second document begins; `None` where there is only one.
pub fn several_documents(text: &str) -> Option<u32> {
    let says = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with(['#', '%']);
    let mut first = false;
    let mut second = None;
    for (number, line) in (1..).zip(text.lines()) {
        let marker = line.strip_prefix("---").filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        if marker.is_some() && first && second.is_none() {
            second = Some(number);
            continue;
        }
        if says(line) && marker.is_none() && line.trim_end() != "..." {
            if second.is_some() {
                return second;
            }
            first = true;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::several_documents;

    #[test]
    fn documents() {
        for (text, line) in [
            ("a: 1\n", None),
            ("---\na: 1\n---\n# nothing\n", None),
            ("%YAML 1.2\n---\na: 1\n...\n", None),
            ("a: 1\n---\nb: 2\n", Some(2)),
            ("a: |\n  ---\n  x\n--- \n---x: 2\n", Some(4)),
            ("a: 1\n---- \n", None),
            ("", None),
        ] {
            assert_eq!(several_documents(text), line, "{text:?}");
        }
    }
}
