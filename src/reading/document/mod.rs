//! What does a document say, and where? Headings, links, images, code and prose with their lines.
//!
//! Every format is read into the same [`Document`], so that nobody else needs to know the format.

mod asciidoc;
mod builder;
mod html;
mod lines;
mod markdown;
mod notebook;
mod plain;
mod rst;
mod rst_lines;
mod section;
mod slug;
mod words;

pub use section::Section;
pub use slug::slug;
pub use words::{is_word, tokens};

use crate::repository::RepoPath;
use builder::Builder;
use std::ops::Range;

/// What is read of one document; what follows is left out and [`Document::cut`] says so.
pub const LARGEST: usize = 1 << 20;

/// How a document is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown, GitHub flavoured; R Markdown and Quarto too
    Markdown,
    /// reStructuredText
    Rst,
    /// AsciiDoc
    AsciiDoc,
    /// HTML
    Html,
    /// the prose cells of a Jupyter notebook
    Notebook,
    /// a metadata file, line by line: publiccode.yml, CITATION.cff, codemeta.json, datapackage.json …
    Fields,
    /// anything else that is text
    Plain,
}

impl Format {
    /// The format by the name of the file.
    pub fn of(path: &RepoPath) -> Self {
        match path.extension().as_str() {
            "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdx" | "mdwn" | "rmd" | "qmd" => Self::Markdown,
            "rst" | "rest" => Self::Rst,
            "adoc" | "asciidoc" | "asc" => Self::AsciiDoc,
            "html" | "htm" | "xhtml" => Self::Html,
            "ipynb" => Self::Notebook,
            "yml" | "yaml" | "json" | "cff" | "toml" | "jsonld" | "ttl" => Self::Fields,
            _ => Self::Plain,
        }
    }
}

/// A document, understood. All lists are in the order of the lines; lines count from 1.
#[derive(Clone, Debug)]
pub struct Document {
    /// where
    pub path: RepoPath,
    /// how it is written
    pub format: Format,
    /// headings
    pub headings: Vec<Heading>,
    /// links, also bare addresses in prose
    pub links: Vec<Link>,
    /// images
    pub images: Vec<Image>,
    /// blocks of code, of whatever language
    pub code_blocks: Vec<CodeBlock>,
    /// paragraphs, list items, table cells and metadata fields, each once
    pub prose: Vec<Prose>,
    /// identifiers that links may lead to, besides those of headings: `<a name="x">`, `.. _x:`, `[[x]]`
    pub anchors: Vec<String>,
    /// number of lines read
    pub lines: u32,
    /// whether it is longer than [`LARGEST`] and its end was left out
    pub cut: bool,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6
    pub level: u8,
    /// its text without markup
    pub text: String,
    /// where
    pub line: u32,
    /// the anchor GitHub gives it, or the one written beside it
    pub anchor: String,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// the address as it is written
    pub url: String,
    /// the visible text; empty where it is an image; the address itself for bare addresses
    pub text: String,
    /// where
    pub line: u32,
    /// whether an image stands in for its text: a badge, a logo
    pub image: bool,
    /// how it names what it leads to
    pub by: LinkBy,
}

/// How a link names what it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkBy {
    /// by an address, relative or not
    Address,
    /// by the name of a page without its ending: `:doc:` and tables of contents of Sphinx
    Page,
    /// by the path of a file, from the root where it begins with a slash: `:download:` and `include` of Sphinx
    File,
    /// by an identifier of Antora: `xref:version@component:module:page.adoc`
    Resource,
    /// by a label that any document may define, other projects too: `:ref:` and the other roles of Sphinx
    Label,
}

/// An image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// the address as it is written
    pub url: String,
    /// the alternative text; `None` where no such attribute is there
    pub alt: Option<String>,
    /// the title beside it
    pub title: String,
    /// where
    pub line: u32,
    /// whether it stands inside a link
    pub linked: bool,
}

/// A block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeBlock {
    /// the language as it is written, in lower case; empty where there is none
    pub language: String,
    /// the code
    pub text: String,
    /// the first line of the code itself
    pub line: u32,
}

/// What a piece of prose is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProseKind {
    /// a paragraph, quoted ones too
    Paragraph,
    /// an item of a list
    ListItem,
    /// a cell of a table
    TableCell,
    /// a line of metadata, front matter too
    Field,
}

/// A piece of prose: one paragraph, list item, cell or field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// what it is part of
    pub kind: ProseKind,
    /// its first line
    pub line: u32,
    /// the text without markup, with `\n` where the source has one
    pub text: String,
    /// the parts of the text that are inline code
    pub code: Vec<Range<usize>>,
    /// the parts of the text that are links, bare addresses too
    pub linked: Vec<Range<usize>>,
    /// where in the text which line of the source starts
    starts: Vec<(usize, u32)>,
}

impl Document {
    /// Reads a document; `text` may be anything.
    pub fn read(path: &RepoPath, format: Format, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if format == Format::Notebook {
            let (prose, exact) = notebook::markdown(text);
            let (prose, cut) = lines::head(&prose, LARGEST);
            let mut builder = Builder::new(path.clone(), format, if exact { prose } else { "" });
            markdown::read(&mut builder, prose, 0);
            return builder.finish(cut);
        }
        let (text, cut) = lines::head(text, LARGEST);
        let mut builder = Builder::new(path.clone(), format, text);
        match format {
            Format::Markdown | Format::Notebook => markdown::read(&mut builder, text, 0),
            Format::Rst => rst::read(&mut builder, text),
            Format::AsciiDoc => asciidoc::read(&mut builder, text),
            Format::Html => html::read(&mut builder, text, 0),
            Format::Fields => plain::fields(&mut builder, text, 0),
            Format::Plain => plain::read(&mut builder, text),
        }
        builder.finish(cut)
    }

    /// The parts below headings, in order; what stands before the first heading is not among them.
    pub fn sections(&self) -> impl Iterator<Item = Section<'_>> {
        section::sections(self)
    }

    /// What stands before the first heading that is not the title: the part that says what this is.
    pub fn introduction(&self) -> Section<'_> {
        section::introduction(self)
    }

    /// How many words of prose it has: metadata, code, addresses, and paragraphs of nothing but links left out.
    pub fn words(&self) -> usize {
        self.prose.iter().filter(|prose| prose.kind != ProseKind::Field).map(Prose::words).sum()
    }

    /// Whether nothing is said: no prose, no code, no link, no image.
    pub fn is_empty(&self) -> bool {
        self.prose.is_empty() && self.code_blocks.is_empty() && self.links.is_empty() && self.images.is_empty()
    }
}

impl Prose {
    /// The line in which the byte at `offset` of the text stands.
    pub fn line_at(&self, offset: usize) -> u32 {
        let at = self.starts.partition_point(|(start, _)| *start <= offset);
        at.checked_sub(1).and_then(|at| self.starts.get(at)).map_or(self.line, |(_, line)| *line)
    }

    /// Whether the byte at `offset` is part of inline code.
    pub fn is_code(&self, offset: usize) -> bool {
        within(&self.code, offset)
    }

    /// Whether the byte at `offset` is part of a link.
    pub fn is_linked(&self, offset: usize) -> bool {
        within(&self.linked, offset)
    }

    /// How many words it has, code and addresses left out; none where all of them are links.
    pub fn words(&self) -> usize {
        let unlinked = words::split(&self.text)
            .filter(|(offset, _)| !self.is_code(*offset) && !self.is_linked(*offset))
            .any(|(_, word)| words::count(word) > 0);
        if unlinked { self.words_in(0..self.text.len()) } else { 0 }
    }

    /// How many words a part of the text has, code and addresses left out.
    pub fn words_in(&self, range: Range<usize>) -> usize {
        let start = range.start;
        let part = self.text.get(range).unwrap_or_default();
        let words = words::split(part).filter(|(offset, _)| !self.is_code(start + offset));
        words.map(|(_, word)| words::count(word)).sum()
    }
}

/// Whether one of the ranges, which are in order and do not overlap, holds the offset.
fn within(ranges: &[Range<usize>], offset: usize) -> bool {
    let at = ranges.partition_point(|range| range.end <= offset);
    ranges.get(at).is_some_and(|range| range.contains(&offset))
}

#[cfg(test)]
mod tests;
