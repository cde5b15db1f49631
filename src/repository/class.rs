//! What is a file, by its name alone?

mod rules;
mod table;

pub(super) use rules::{Endings, Folder};
pub(super) use table::Names;

/// What a file is for; each has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// code, notebooks, .Rmd and .qmd among it
    Source,
    /// prose: README, docs, *.md, *.rst, *.adoc
    Documentation,
    /// data files
    Data,
    /// trained weights
    Model,
    /// configuration of tools and services, CI among it
    Configuration,
    /// package manifests and lock files
    Manifest,
    /// images, fonts, style sheets, translations, and whatever else
    Asset,
}

/// A mark across classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// taken from elsewhere: node_modules, vendor, third_party, *.min.js, `linguist-vendored`
    Vendored = 1,
    /// written by a program: lock files, `linguist-generated`, "do not edit" banners (the banner is seen by `reading`)
    Generated = 2,
    /// tests and what they need
    Test = 4,
    /// examples and samples
    Example = 8,
    /// what the build tool puts out: dist, build, target, _site
    BuildOutput = 16,
}

/// The marks of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Whether the mark is set.
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark as u8 != 0
    }

    /// Sets a mark.
    pub fn set(&mut self, mark: Mark) {
        self.0 |= mark as u8;
    }

    /// Removes a mark, as `.gitattributes` may (`-linguist-vendored`).
    pub fn unset(&mut self, mark: Mark) {
        self.0 &= !(mark as u8);
    }

    /// All of them as one number, for comparing.
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// Whether no mark is set: rules about content look at these files only.
    pub fn none(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests;
