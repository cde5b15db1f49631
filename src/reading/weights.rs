//! Which files of the tree are trained weights?

use super::patterns;
use crate::repository::{Class, File, FileKind, Repository};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// So many bytes tell what a file holds.
const HEAD: usize = 64 << 10;
/// How the pointers of Git LFS begin (git-lfs, docs/spec.md).
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    format: Vec<Format>,
    not: Not,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Not {
    words: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Format {
    ends: Vec<String>,
    name: String,
    #[serde(default)]
    sure: bool,
    #[serde(default)]
    at: usize,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    holds: Vec<String>,
    #[serde(default)]
    named: Vec<String>,
    #[serde(default)]
    beside: Vec<String>,
    #[serde(default)]
    binary: bool,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("weights.toml")).expect("a test parses the table"));

/// A file of trained weights.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'r> {
    /// the file
    pub file: &'r File,
    /// its format
    pub format: &'static str,
    /// a pointer of Git LFS stands for it
    pub pointer: bool,
}

/// The trained weights of the tree without marks, in the order of their paths.
pub fn weights(repo: &Repository) -> Vec<Weights<'_>> {
    let files = repo.files().iter().filter(|file| file.kind == FileKind::Regular && file.marks.none());
    files.filter_map(|file| of(repo, file)).collect()
}

fn of<'r>(repo: &'r Repository, file: &'r File) -> Option<Weights<'r>> {
    let name = file.path.name_lower();
    let end = file.path.extension();
    let formats: Vec<&'static Format> = TABLE
        .format
        .iter()
        .filter(|format| {
            format.ends.iter().any(|row| end == *row)
                && (format.named.is_empty() || format.named.iter().any(|row| name == *row))
                && format.beside.iter().all(|other| is_beside(repo, file, other))
        })
        .collect();
    if formats.is_empty() || file.len == Some(0) || is_no_model(&name) {
        return None;
    }
    let head = repo.head(file, HEAD).ok()?;
    let pointer = head.starts_with(POINTER);
    let format = formats
        .into_iter()
        .find(|format| if pointer { format.sure || file.class == Class::Model } else { format.fits(&head) })?;
    Some(Weights { file, format: &format.name, pointer })
}

fn is_beside(repo: &Repository, file: &File, name: &str) -> bool {
    let mut path = file.path.folder().to_vec();
    if !path.is_empty() {
        path.push(b'/');
    }
    path.extend_from_slice(name.as_bytes());
    repo.file(path).is_some()
}

/// Whether the name says that the tensors are data or what training keeps beside the model.
fn is_no_model(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).collect();
    let says_model = words.iter().any(|word| word.starts_with("model") || word.starts_with("classifier"));
    !says_model && words.iter().any(|word| TABLE.not.words.contains(*word))
}

impl Format {
    fn fits(&self, head: &[u8]) -> bool {
        let body = head.get(self.at..).unwrap_or_default();
        if self.starts.iter().any(|start| patterns::bytes(start).is_some_and(|bytes| body.starts_with(&bytes))) {
            return true;
        }
        if self.holds.iter().any(|text| memchr::memmem::find(head, text.as_bytes()).is_some()) {
            return true;
        }
        self.binary && !head.is_empty() && is_binary(head)
    }
}

/// Whether bytes are no text: a zero, or a byte that no text holds.
fn is_binary(head: &[u8]) -> bool {
    head.iter().take(4096).any(|byte| matches!(byte, 0..=8 | 14..=26))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repository::testing::{Yard, options};

    fn found(files: &[(&str, &[u8])]) -> Vec<(String, &'static str, bool)> {
        let yard = Yard::new();
        for (path, bytes) in files {
            yard.file(path, bytes);
        }
        let repo = Repository::open(&yard.path(""), options()).expect("a folder");
        let found = weights(&repo);
        found.iter().map(|one| (one.file.path.lossy().into_owned(), one.format, one.pointer)).collect()
    }

    #[test]
    fn every_format_and_what_only_looks_like_it() {
        let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
        for (path, bytes, wanted) in [
            ("a.safetensors", &b"\x10\0\0\0\0\0\0\0{\"a\""[..], Some("safetensors")),
            ("a.safetensors", b"text", None),
            ("a.gguf", b"GGUF\x03", Some("gguf")),
            ("a.ggml", b"lmgg\x03", Some("ggml")),
            ("a.pt", b"PK\x03\x04x", Some("pytorch")),
            ("a.pth", b"\x80\x02x", Some("pytorch")),
            ("site.pth", b"import sys\n", None),
            ("page.pt", b"<html tal:x>", None),
            ("train_data.pt", b"PK\x03\x04x", None),
            ("a.onnx", b"\x08\x07\x12", Some("weights")),
            ("yolo.weights", b"\0\0\0\0", Some("weights")),
            ("a.weights", b"class,weight\na,1\n", None),
            ("a.tflite", b"\x1c\0\0\0TFL3", Some("tflite")),
            ("a.keras", b"PK\x03\x04x", Some("keras")),
            ("a.h5", b"\x89HDF\r\n\x1a\nxx keras_version", Some("keras")),
            ("a.h5", b"\x89HDF\r\n\x1a\nxx temperature", None),
            ("a.pmml", b"<?xml?><PMML version='4.4'>", Some("pmml")),
            ("a.cbm", b"CBM1x", Some("catboost")),
            ("a.pkl", b"\x80\x04csklearn.ensemble._forest\n", Some("pickle")),
            ("a.pkl", b"\x80\x04cpandas.core.frame\n", None),
            ("a.joblib", b"\x80\x04csklearn.preprocessing\n", None),
            ("a.bin", b"\xba\x16\x4f\x2f\x0c", Some("fasttext")),
            ("a.bin", b"PK\x03\x04x", None),
            ("m/saved_model.pb", b"\x08\x01\x12", Some("saved-model")),
            ("m/stops.pb", b"\x08\x01\x12", None),
            ("deu.traineddata", b"\x18\0\0\0", None),
            ("model", b"\x80\0", None),
            ("a.onnx", b"", None),
            ("tests/a.onnx", b"\x08\x07\x12", None),
            ("vendor/a.onnx", b"\x08\x07\x12", None),
        ] {
            let wanted: Vec<_> = wanted.map(|format| (path.to_owned(), format, false)).into_iter().collect();
            assert_eq!(found(&[(path, bytes)]), wanted, "{path}");
        }
        assert_eq!(found(&[("a.pt", pointer)]), [("a.pt".to_owned(), "pytorch", true)]);
        assert_eq!(found(&[("a.pkl", pointer)]), []);
        assert_eq!(found(&[("models/a.pkl", pointer)]), [("models/a.pkl".to_owned(), "pickle", true)]);
        let beside = found(&[("m/pytorch_model.bin", b"PK\x03\x04x"), ("m/config.json", b"{}")]);
        assert_eq!(beside, [("m/pytorch_model.bin".to_owned(), "transformers", false)]);
        let spacy = found(&[("ner/model", b"\x80\0"), ("ner/cfg", b"{}")]);
        assert_eq!(spacy, [("ner/model".to_owned(), "spacy", false)]);
    }
}
