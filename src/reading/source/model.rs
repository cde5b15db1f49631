//! Is a text the name of a trained model?

use crate::reading::address::{Address, HOLE};
use crate::reading::file_kinds::{self, FileKind};

/// What a model is called whose id or path is given to a call that loads models; `hub` is where it is loaded from.
pub(super) fn called(id: &str, hub: &str) -> Option<String> {
    let id = id.trim();
    if id.is_empty() || id.contains(HOLE) || id.contains(char::is_whitespace) || id.len() > 120 {
        return None;
    }
    let plain =
        |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@'));
    if let Some((_, address)) = Address::find(id) {
        return (!address.host.is_empty()).then(|| weights(&address));
    }
    if !plain(id) || !id.chars().any(char::is_alphabetic) || is_local(id) {
        return None;
    }
    match hub {
        "hosted" => Some(id.to_owned()),
        "huggingface.co" => (id.matches('/').count() <= 1).then(|| id.to_owned()),
        "weights" => None,
        _ => Some(id.to_owned()),
    }
}

/// What weights behind an address are called.
pub(super) fn weights(address: &Address) -> String {
    let name = address.path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() || name.contains(HOLE) { address.host.clone() } else { format!("{}/…/{name}", address.host) }
}

/// Whether an id is the path of a file or folder on the machine.
fn is_local(id: &str) -> bool {
    id.starts_with(['.', '/', '~'])
        || id.matches('/').count() > 1
        || id.ends_with('/')
        || matches!(
            file_kinds::of_extension(id.rsplit_once('.').map_or("", |(_, end)| end)),
            FileKind::Data | FileKind::Maybe
        )
        || [
            "model",
            "models",
            "checkpoint",
            "checkpoints",
            "output",
            "outputs",
            "data",
            "results",
            "saved_model",
            "path",
            "weights",
        ]
        .contains(&id.split('/').next().unwrap_or_default().to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        for (id, hub, wanted) in [
            ("bert-base-german-cased", "huggingface.co", Some("bert-base-german-cased")),
            ("openai/whisper-small", "huggingface.co", Some("openai/whisper-small")),
            ("./models/x", "huggingface.co", None),
            ("models/x", "huggingface.co", None),
            ("a/b/c", "huggingface.co", None),
            ("gpt-4o", "hosted", Some("gpt-4o")),
            ("\u{fffc}", "hosted", None),
            ("https://e.de/a/yolo.pt", "weights", Some("e.de/…/yolo.pt")),
            ("model", "huggingface.co", None),
            ("a text", "hosted", None),
        ] {
            assert_eq!(called(id, hub).as_deref(), wanted, "{id}");
        }
    }
}
