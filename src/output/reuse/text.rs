//! How is the verdict told to a person, with the next step?
//!
//! Files are summed up by folder: hundreds of paths help nobody, and `--lines` has them all.

use super::{Verdict, lines};
use crate::output::encode::{guard, terminal, terminal_path, terminal_text};
use crate::phrase::{Lang, Phrase, Words};
use crate::reading::reuse::Reuse;
use crate::repository::RepoPath;
use std::collections::BTreeMap;

/// As many entries of a list are shown.
const SHOWN: usize = 10;

/// A kind of problem.
struct Section {
    title: Words,
    next: Words,
    entries: Vec<String>,
}

const MISSING: Words = Words::new(
    "Put the text of each of these licences into LICENSES/, in a file called by its identifier, such as \
     LICENSES/MIT.txt; `reuse download --all` fetches those of the SPDX list.",
    "Legen Sie den Text jeder dieser Lizenzen in LICENSES/ ab, in einer Datei, die wie ihre Kennung heißt, etwa \
     LICENSES/MIT.txt; `reuse download --all` holt die der SPDX-Liste.",
);
const UNUSED: Words = Words::new(
    "Remove these texts, or name their licence in the files that are under it.",
    "Löschen Sie diese Texte, oder nennen Sie ihre Lizenz in den Dateien, für die sie gilt.",
);
const BAD: Words = Words::new(
    "Call each text in LICENSES/ by an identifier of <https://spdx.org/licenses/>, or by LicenseRef- and a name of \
     your own.",
    "Benennen Sie jeden Text in LICENSES/ nach einer Kennung aus <https://spdx.org/licenses/> oder nach LicenseRef- \
     und einem eigenen Namen.",
);
const DEPRECATED: Words = Words::new(
    "Use the identifier that has taken the old one's place, such as GPL-3.0-only or GPL-3.0-or-later for GPL-3.0.",
    "Nehmen Sie die Kennung, die an die Stelle der alten getreten ist, etwa GPL-3.0-only oder GPL-3.0-or-later für \
     GPL-3.0.",
);
const WITHOUT_ENDING: Words = Words::new(
    "Give the names of these texts an ending: LICENSES/MIT.txt.",
    "Geben Sie den Namen dieser Texte eine Endung: LICENSES/MIT.txt.",
);
const REPEATED: Words = Words::new(
    "Keep one text for each licence and remove the others.",
    "Behalten Sie einen Text je Lizenz und löschen Sie die übrigen.",
);
const READ: Words = Words::new(
    "See that these can be read: permissions, a name in UTF-8, and a size that a text file has.",
    "Sorgen Sie dafür, dass sie sich lesen lassen: Rechte, ein Name in UTF-8 und eine Größe, die Textdateien haben.",
);
const INVALID: Words = Words::new(
    "Write identifiers joined by AND, OR and WITH, as in MIT OR Apache-2.0, and nothing else in the line.",
    "Schreiben Sie Kennungen, verbunden mit AND, OR und WITH, etwa MIT OR Apache-2.0, und sonst nichts in die Zeile.",
);
const FLAWS: Words = Words::new(
    "Close each SPDX-SnippetBegin with SPDX-SnippetEnd, and use SPDX-SnippetCopyrightText between them.",
    "Schließen Sie jedes SPDX-SnippetBegin mit SPDX-SnippetEnd ab, und verwenden Sie dazwischen \
     SPDX-SnippetCopyrightText.",
);
const HEADERS: Words = Words::new(
    "Add the lines SPDX-FileCopyrightText and SPDX-License-Identifier to the files, or cover whole folders with a \
     table in REUSE.toml.",
    "Ergänzen Sie in den Dateien die Zeilen SPDX-FileCopyrightText und SPDX-License-Identifier, oder decken Sie ganze \
     Ordner mit einer Tabelle in REUSE.toml ab.",
);

/// The next steps, in the order of the problems.
pub(super) fn steps(verdict: &Verdict<'_>) -> Vec<Words> {
    let all = [
        (BAD, !verdict.bad.is_empty()),
        (DEPRECATED, !verdict.deprecated.is_empty()),
        (WITHOUT_ENDING, !verdict.without_ending.is_empty()),
        (REPEATED, !verdict.repeated.is_empty()),
        (MISSING, !verdict.missing.is_empty()),
        (UNUSED, !verdict.unused.is_empty()),
        (READ, !verdict.read_errors.is_empty()),
        (INVALID, !verdict.invalid.is_empty()),
        (FLAWS, !verdict.flaws.is_empty()),
        (HEADERS, !verdict.without_copyright.is_empty() || !verdict.without_licence.is_empty()),
    ];
    all.into_iter().filter(|(_, is)| *is).map(|(step, _)| step).collect()
}

/// The verdict, what is wrong, and what to do about it.
pub fn render(reuse: &Reuse, verdict: &Verdict<'_>, lang: Lang) -> String {
    let mut out = String::new();
    for section in sections(verdict, lang).into_iter().filter(|section| !section.entries.is_empty()) {
        out.push_str(&format!("{}\n", section.title.get(lang)));
        for entry in section.entries.iter().take(SHOWN) {
            out.push_str(&format!("  {entry}\n"));
        }
        if section.entries.len() > SHOWN {
            let more = lang.pick("  and {n} more (--lines shows all)", "  und {n} weitere (--lines zeigt alle)");
            out.push_str(&more.replace("{n}", &(section.entries.len() - SHOWN).to_string()));
            out.push('\n');
        }
        out.push_str(&format!("  → {}\n\n", section.next.get(lang)));
    }
    for loss in &verdict.incomplete {
        out.push_str(&format!("{}\n\n", terminal(&loss.why.message(lang))));
    }
    out.push_str(&last_lines(reuse, verdict, lang));
    guard(&out)
}

fn last_lines(reuse: &Reuse, verdict: &Verdict<'_>, lang: Lang) -> String {
    let count = |without: usize| (verdict.files - without).to_string();
    let used: Vec<String> = reuse.references.keys().map(|id| terminal_text(&id.as_str().into())).collect();
    let used = if used.is_empty() { "–".to_owned() } else { used.join(", ") };
    let counts = Phrase::new(
        "{files} files; {copyright} with a copyright notice, {licence} with a licence",
        "{files} Dateien; {copyright} mit Urheberrechtsvermerk, {licence} mit Lizenz",
    )
    .with("files", verdict.files.to_string())
    .with("copyright", count(verdict.without_copyright.len()))
    .with("licence", count(verdict.without_licence.len()));
    let word = lang.pick(
        if verdict.is_compliant() { "complies with REUSE 3.3" } else { "does not comply with REUSE 3.3" },
        if verdict.is_compliant() { "erfüllt REUSE 3.3" } else { "erfüllt REUSE 3.3 nicht" },
    );
    let (licences, here) = (lang.pick("Licences", "Lizenzen"), lang.pick("This repository", "Dieses Repository"));
    format!("{licences}: {used}\n{}\n{here} {word}.\n", terminal(&counts.message(lang)))
}

fn sections(verdict: &Verdict<'_>, lang: Lang) -> Vec<Section> {
    let paths = |texts: &[&crate::reading::reuse::Text]| texts.iter().map(|text| terminal_path(&text.path)).collect();
    let missing = verdict.missing.iter().map(|(id, files)| {
        let first = files.first().map(|path| terminal_path(path)).unwrap_or_default();
        let phrase = match files.len() {
            1 => Phrase::new("{id}, in {file}", "{id}, in {file}"),
            _ => Phrase::new("{id}, in {file} and {n} more", "{id}, in {file} und {n} weiteren")
                .with("n", (files.len() - 1).to_string()),
        };
        terminal(&phrase.with("id", *id).with("file", first).message(lang))
    });
    let invalid = verdict.invalid.iter().flat_map(|(path, all)| {
        all.iter().map(move |text| format!("{}: {}", terminal_path(path), terminal_text(&(*text).into())))
    });
    let flaws = verdict
        .flaws
        .iter()
        .map(|(path, flaw)| format!("{}: {}", terminal_path(path), terminal(&lines::flaw(*flaw).message(lang))));
    let section = |en, de, next, entries| Section { title: Words::new(en, de), next, entries };
    vec![
        section(
            "Texts called by no licence identifier",
            "Texte, die nach keiner Lizenzkennung heißen",
            BAD,
            paths(&verdict.bad),
        ),
        section("Deprecated licence identifiers", "Veraltete Lizenzkennungen", DEPRECATED, paths(&verdict.deprecated)),
        section(
            "Licence texts without a file extension",
            "Lizenztexte ohne Dateiendung",
            WITHOUT_ENDING,
            paths(&verdict.without_ending),
        ),
        section(
            "More than one text for a licence",
            "Mehr als ein Text für eine Lizenz",
            REPEATED,
            paths(&verdict.repeated),
        ),
        section("Missing licence texts", "Fehlende Lizenztexte", MISSING, missing.collect()),
        section(
            "Licence texts that nothing refers to",
            "Lizenztexte, auf die nichts verweist",
            UNUSED,
            paths(&verdict.unused),
        ),
        section(
            "Could not be read",
            "Nicht lesbar",
            READ,
            by_folder(&verdict.read_errors.iter().collect::<Vec<_>>(), lang),
        ),
        section("Invalid licence expressions", "Ungültige Lizenzausdrücke", INVALID, invalid.collect()),
        section("Wrong use of snippets", "Falsch ausgezeichnete Abschnitte", FLAWS, flaws.collect()),
        section(
            "Files without copyright notice",
            "Dateien ohne Urheberrechtsvermerk",
            HEADERS,
            by_folder(&verdict.without_copyright, lang),
        ),
        section("Files without licence", "Dateien ohne Lizenz", HEADERS, by_folder(&verdict.without_licence, lang)),
    ]
}

/// The paths, if they are few; else the folders, those with the most files first.
fn by_folder(paths: &[&RepoPath], lang: Lang) -> Vec<String> {
    if paths.len() <= SHOWN {
        return paths.iter().map(|path| terminal_path(path)).collect();
    }
    let mut folders: BTreeMap<&[u8], Vec<&RepoPath>> = BTreeMap::new();
    for path in paths {
        folders.entry(path.folder()).or_default().push(path);
    }
    let mut folders: Vec<(&[u8], Vec<&RepoPath>)> = folders.into_iter().collect();
    folders.sort_by_key(|(folder, paths)| (std::cmp::Reverse(paths.len()), *folder));
    let told = folders.into_iter().map(|(folder, paths)| match paths.as_slice() {
        [one] => terminal_path(one),
        many => {
            let folder = if folder.is_empty() { ".".to_owned() } else { terminal_path(&RepoPath::new(folder)) };
            format!("{folder}/ ({} {})", many.len(), lang.pick("files", "Dateien"))
        }
    });
    told.collect()
}
