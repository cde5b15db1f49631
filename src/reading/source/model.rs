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

/// How paths begin that only one machine knows.
const OF_MACHINE: &[&str] = &["/home/", "/Users/", "/mnt/", "/media/", "/scratch/", "~/"];

/// Whether a text is a path on one machine.
pub(super) fn is_path_of_machine(text: &str) -> bool {
    OF_MACHINE.iter().any(|start| text.starts_with(start))
}

/// What a model is called that a constant keeps as a path on one person's machine; `names` are those of the constant.
pub(super) fn kept_elsewhere(path: &str, names: &[String]) -> Option<String> {
    let path = path.trim();
    let lower = path.to_ascii_lowercase();
    let says =
        |text: &str| ["model", "checkpoint", "chckpoint", "ckpt", "weights"].iter().any(|word| text.contains(word));
    let end = lower.rsplit_once('.').map_or("", |(_, end)| end);
    let is_model = says(&lower) || file_kinds::of_extension(end) == FileKind::Model;
    let named = names.iter().map(|name| name.to_lowercase()).any(|name| {
        says(&name)
            && !["out", "save", "log", "export", "dest", "target", "cache"].iter().any(|word| name.contains(word))
    });
    let plain = path.len() < 200 && !path.contains([HOLE, '\n', '{', '$']) && path.matches(['/', '\\']).count() > 2;
    (is_path_of_machine(path) && is_model && named && plain).then(|| path.to_owned())
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
    fn paths_of_one_machine() {
        for (path, name, yes) in [
            ("/home/ada/nets/checkpoints/ab12", "model_checkpoint_dir", true),
            ("/mnt/disk/x/best.ckpt", "weights_path", true),
            ("~/nets/models/tree-net", "MODEL", true),
            ("/home/ada/nets/checkpoints/ab12", "output_model_dir", false),
            ("/home/ada/data/trees/x", "model_data", false),
            ("/home/ada/nets/checkpoints/ab12", "folder", false),
            ("checkpoints/ab12/x/y", "model_dir", false),
            ("/app/models/x/y", "model_dir", false),
            ("/home/ada/models/{name}/x", "model_dir", false),
        ] {
            assert_eq!(kept_elsewhere(path, &[name.to_owned()]).is_some(), yes, "{path} {name}");
        }
    }

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
