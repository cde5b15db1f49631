//! In which format is a data file, by its name and its first bytes?

use super::TABLE;
use serde::Deserialize;

/// A format that the first bytes of a file tell.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Magic {
    /// its name, the ending such files usually have
    format: String,
    /// where in the file they stand
    #[serde(default)]
    at: usize,
    /// the bytes, in hexadecimal
    bytes: String,
    /// what stands somewhere behind them in the first bytes, as text
    #[serde(default)]
    holds: Vec<String>,
}

/// The bytes that tell a format: so many are looked at.
pub const HEAD: usize = 4096;

/// The format by the first bytes; `None` where they tell none.
pub fn by_content(head: &[u8]) -> Option<&'static str> {
    TABLE.magic.iter().find(|row| row.fits(head)).map(|row| row.format.as_str())
}

impl Magic {
    fn fits(&self, head: &[u8]) -> bool {
        let found = head.get(self.at..).is_some_and(|rest| {
            let wanted = unhex(&self.bytes);
            !wanted.is_empty() && rest.starts_with(&wanted)
        });
        found && self.holds.iter().all(|text| memchr::memmem::find(head, text.as_bytes()).is_some())
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks_exact(2);
    pairs.filter_map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}

/// The format by the name: what is packed counts as what it holds, a pointer of DVC as the file it stands for.
pub fn by_name(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let end = |name: &str| match name.rfind('.') {
        Some(dot) if dot > 0 => name.get(dot + 1..).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let whole = end(&lower);
    if TABLE.packed.contains(&whole) {
        let inner = lower.strip_suffix(&format!(".{whole}")).unwrap_or_default();
        let inner = end(inner);
        if (1..=8).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return inner;
        }
    }
    whole
}

/// Whether the first bytes are looked at to tell the format: the ending leaves it open.
pub fn is_open(end: &str) -> bool {
    TABLE.open_endings.contains(end)
}

/// Whether files of this format need the programs of one vendor.
pub fn is_of_one_vendor(format: &str) -> bool {
    TABLE.vendor_formats.contains(format)
}

/// Whether a file with this ending offers data in a format that anybody's programs read.
pub fn is_open_format(format: &str) -> bool {
    TABLE.open_formats.contains(format)
}

/// What a pointer stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// the size of the file itself in bytes, where the pointer says so
    pub bytes: Option<u64>,
}

/// Longer files are no pointers.
pub const LONGEST_POINTER: u64 = 2048;

/// Reads a pointer of Git LFS (`docs/spec.md` of git-lfs), of git-annex (unlocked file), or of DVC (`.dvc`).
pub fn pointer(text: &str) -> Option<Pointer> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = |key: &str| {
        let line = text.lines().find_map(|line| line.trim_start_matches([' ', '-']).strip_prefix(key))?;
        line.trim().parse().ok()
    };
    if text.starts_with("version https://git-lfs.github.com/spec/") || text.starts_with("version https://hawser") {
        return Some(Pointer { bytes: value("size ") });
    }
    if text.starts_with("/annex/objects/") {
        // The key holds the size: `SHA256E-s1234--….csv`.
        let size = text.split("-s").nth(1).and_then(|rest| rest.split('-').next()?.parse().ok());
        return Some(Pointer { bytes: size });
    }
    let dvc = text.starts_with("outs:") || text.contains("\nouts:");
    dvc.then(|| Pointer { bytes: value("size:") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_magic_is_found() {
        for row in &TABLE.magic {
            let bytes = unhex(&row.bytes);
            assert_eq!(bytes.len() * 2, row.bytes.len(), "{}", row.format);
            let mut head = vec![b' '; row.at];
            // What stands before the bytes that tell a special kind is that of the general one.
            if row.at >= 16 && row.format == "gpkg" || row.format == "mbtiles" {
                head.splice(..16, *b"SQLite format 3\0");
            }
            head.extend(bytes);
            head.extend(row.holds.join(" ").bytes());
            let found = by_content(&head);
            assert_eq!(found, Some(row.format.as_str()), "{row:?}");
        }
        assert_eq!(by_content(b"name,height\n"), None);
        assert_eq!(by_content(b""), None);
    }

    #[test]
    fn names() {
        for (name, format) in [
            ("a.csv", "csv"),
            ("a.csv.gz", "csv"),
            ("a.geojson.zip", "geojson"),
            ("a.zip", "zip"),
            ("v1.2.zip", "zip"),
            ("trees.csv.dvc", "csv"),
            ("raw.dvc", "dvc"),
            (".csv", ""),
        ] {
            assert_eq!(by_name(name), format, "{name}");
        }
    }

    #[test]
    fn pointers() {
        let lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n";
        let annex = "/annex/objects/SHA256E-s4096--00.csv\n";
        let dvc = "outs:\n- md5: 00\n  size: 77\n  path: trees.csv\n";
        for (text, bytes) in [(lfs, 12345), (annex, 4096), (dvc, 77)] {
            assert_eq!(pointer(text), Some(Pointer { bytes: Some(bytes) }), "{text}");
        }
        assert_eq!(pointer("\u{feff}outs:\n- path: a.csv\n"), Some(Pointer { bytes: None }), "a marked file");
        assert_eq!(pointer("a,b\n"), None);
        assert_eq!(pointer("version https://git-lfs.github.com/spec/v1\nsize x"), Some(Pointer { bytes: None }));
    }

    #[test]
    fn vendors() {
        for format in &TABLE.vendor_formats {
            assert!(is_of_one_vendor(format) && !is_open_format(format), "{format}");
        }
        for format in &TABLE.open_formats {
            assert!(is_open_format(format), "{format}");
        }
        assert!(!is_of_one_vendor("csv") && !is_open_format("png"));
    }
}
