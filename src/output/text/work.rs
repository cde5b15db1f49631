//! How much work was the check? One sentence for whoever asks for all there is to say.

use super::{Page, paragraph};
use crate::phrase::Lang;
use crate::report::Report;
use crate::repository::{Counted, Work};

/// What was counted; nothing where nobody counted.
pub(super) fn work(page: &mut Page<'_>, report: &Report) {
    if report.work.get(Counted::Files) == 0 {
        return;
    }
    paragraph(page, &sentence(&report.work, page.style.lang), "", 2);
    page.line("");
}

fn sentence(work: &Work, lang: Lang) -> String {
    let number = |what| grouped(work.get(what), lang);
    let parts = [
        (Counted::Scanned, "{n} scanned", "{n} durchsucht"),
        (Counted::Documents, "{n} parsed as documents", "{n} als Dokument gelesen"),
        (Counted::Manifests, "{n} as package manifests", "{n} als Paket-Manifest"),
        (Counted::LicenceTexts, "{n} texts searched for a licence", "{n} Texte auf eine Lizenz geprüft"),
        (Counted::Blobs, "{n} files taken from git", "{n} Dateien aus Git geholt"),
        (Counted::Commits, "{n} commits read", "{n} Commits gelesen"),
    ];
    let parts = parts.into_iter().filter(|(what, ..)| work.get(*what) > 0);
    let parts: Vec<String> = parts.map(|(what, en, de)| lang.pick(en, de).replace("{n}", &number(what))).collect();
    let read = lang.pick(
        "Looked at {files} files; {reads} reads, {again} of them again; {bytes}",
        "{files} Dateien betrachtet; {reads}-mal gelesen, davon {again}-mal erneut; {bytes}",
    );
    let read = read
        .replace("{files}", &number(Counted::Files))
        .replace("{reads}", &number(Counted::Reads))
        .replace("{again}", &number(Counted::Rereads))
        .replace("{bytes}", &size(work.get(Counted::Bytes), lang));
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("{read}{parts}.")
}

/// `12,345` or `12.345`.
fn grouped(number: u64, lang: Lang) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(lang.pick(",", "."));
        }
        grouped.push(digit);
    }
    grouped
}

/// `12 KiB`, `3.4 MiB`.
fn size(bytes: u64, lang: Lang) -> String {
    if bytes < 1 << 20 {
        return format!("{} KiB", bytes.div_ceil(1 << 10));
    }
    let tenths = bytes.saturating_mul(10) >> 20;
    format!("{}{}{} MiB", grouped(tenths / 10, lang), lang.pick(".", ","), tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (number, en, de) in [(0, "0", "0"), (999, "999", "999"), (1_234_567, "1,234,567", "1.234.567")] {
            assert_eq!((grouped(number, Lang::En).as_str(), grouped(number, Lang::De).as_str()), (en, de));
        }
        for (bytes, en, de) in [
            (0, "0 KiB", "0 KiB"),
            (1, "1 KiB", "1 KiB"),
            (3_500_000, "3.3 MiB", "3,3 MiB"),
            (1 << 40, "1,048,576.0 MiB", "1.048.576,0 MiB"),
        ] {
            assert_eq!((size(bytes, Lang::En).as_str(), size(bytes, Lang::De).as_str()), (en, de));
        }
    }
}
