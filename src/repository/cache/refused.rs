//! Why may a folder not be used to keep things in, and what is to be done?

use crate::phrase::Phrase;
use crate::repository::native;
use crate::untrusted::Untrusted;
use std::io;
use std::path::Path;

fn named(phrase: Phrase, path: &Path) -> Phrase {
    phrase.with("path", Untrusted::new(native::bytes_of(path.as_os_str())))
}

/// It lies where the repository could have brought it.
pub(super) fn inside(path: &Path) -> Phrase {
    let phrase = Phrase::new(
        "the cache {path} lies in the repository that is looked at, which could bring its own; name a folder outside",
        "der Cache {path} liegt im untersuchten Repository, das seinen eigenen mitbringen könnte; nennen Sie einen Ordner \
         außerhalb",
    );
    named(phrase, path)
}

/// It is a link.
pub(super) fn link(path: &Path) -> Phrase {
    let phrase = Phrase::new(
        "the cache {path} is a symbolic link; name the folder itself",
        "der Cache {path} ist ein symbolischer Link; nennen Sie den Ordner selbst",
    );
    named(phrase, path)
}

/// Somebody else may write to it.
pub(super) fn open_to_others(path: &Path) -> Phrase {
    let phrase = Phrase::new(
        "the cache {path} belongs to somebody else, or others may write to it, so that nothing in it can be believed; \
         name a folder of your own (`chmod go-w` closes it)",
        "der Cache {path} gehört jemand anderem, oder andere dürfen hineinschreiben; was darin liegt, ist darum nicht \
         glaubwürdig; nennen Sie einen eigenen Ordner (`chmod go-w` schließt ihn)",
    );
    named(phrase, path)
}

/// The system says no.
pub(super) fn unusable(path: &Path, error: &io::Error) -> Phrase {
    let phrase =
        Phrase::new("the cache {path} cannot be used: {why}", "der Cache {path} lässt sich nicht benutzen: {why}");
    named(phrase, path).with("why", error.to_string())
}
