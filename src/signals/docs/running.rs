//! Who could run it for others, and can everybody use it?

use super::api;
use crate::phrase::Phrase;
use crate::reading::Readings;
use crate::reading::application;
use crate::reading::corpus;
use crate::reading::kind::RepositoryKind;
use crate::reading::sections::{self, Meaning};
use crate::signal::{Reading, Value};

/// Whether it is a server or web application.
pub(super) fn is_served(readings: &Readings<'_>) -> Reading {
    if readings.kind()? != RepositoryKind::Software {
        return Ok(Value::from(false));
    }
    let application = readings.application();
    let serves = application.server || api::routes(readings).next().is_some();
    if serves && application.app && !readings.scans().iter().any(|scan| !scan.routes.is_empty()) {
        // A front end within an app is not served.
        return Ok(Value::from(false));
    }
    if serves && is_library(readings) {
        return Err(for_whom());
    }
    Ok(Value::from(serves))
}

fn for_whom() -> Phrase {
    Phrase::new(
        "it is published as a package and holds a server or pages too: whether anybody runs those nobody can tell",
        "es wird als Paket veröffentlicht und enthält auch einen Server oder Webseiten: Ob die jemand betreibt, lässt sich nicht sagen",
    )
}

/// Whether the manifest at the root makes a package that others install: with name and version, not private.
fn is_library(readings: &Readings<'_>) -> bool {
    readings.manifests().iter().any(|manifest| {
        manifest.path.at_root()
            && manifest.ecosystem.is_package()
            && !manifest.private
            && manifest.name.is_some()
            && manifest.version.as_ref().is_some_and(|version| !version.value.starts_with("0.0."))
            && !readings.application().operation
    })
}

/// Whether somebody else finds what is needed to run it.
pub(super) fn is_operable(readings: &Readings<'_>) -> Reading {
    let described = || {
        readings.corpus().documents().any(|document| {
            sections::is_about(&corpus::stem(&document.path), Meaning::Operation) && document.words() > 0
                || sections::about(document, Meaning::Operation).next().is_some()
        })
    };
    if readings.application().operation || described() {
        return Ok(Value::from(true));
    }
    let corpus = readings.corpus();
    let elsewhere = corpus
        .readmes()
        .flat_map(|readme| &readme.links)
        .find(|link| !link.image && link.url.contains("://") && sections::is_about(&link.text, Meaning::Documentation));
    match elsewhere {
        Some(link) => Err(Phrase::new(
            "the documentation lies outside the repository: {address}",
            "die Dokumentation liegt außerhalb des Repositorys: {address}",
        )
        .with("address", link.url.as_str())),
        None => Ok(Value::from(false)),
    }
}

/// Whether it shows pages to people.
pub(super) fn has_pages(readings: &Readings<'_>) -> Reading {
    if readings.kind()? != RepositoryKind::Software {
        return Ok(Value::from(false));
    }
    let application = readings.application();
    if application.pages && !application.app && is_library(readings) {
        return Err(for_whom());
    }
    Ok(Value::from(application.pages && !application.app))
}

/// Whether a statement, a section, a page or a check shows that somebody thought of accessibility.
pub(super) fn is_accessible(readings: &Readings<'_>) -> Reading {
    let described = || {
        readings.corpus().documents().any(|document| {
            sections::about(document, Meaning::Accessibility).next().is_some()
                || document.links.iter().any(|link| sections::is_about(&link.text, Meaning::Accessibility))
        })
    };
    let checked = || readings.ci().steps().any(|(_, step)| application::checks_accessibility(&step.text.lossy()));
    let spoken_of = || readings.scans().iter().any(|scan| scan.accessibility);
    Ok(Value::from(readings.application().accessibility || spoken_of() || described() || checked()))
}

/// How many lines of source there are, without blanks, comments, translations and what others wrote.
pub(super) fn lines(readings: &Readings<'_>) -> Reading {
    let all = readings.repo.files().iter().zip(readings.scans());
    let own =
        all.filter(|(file, scan)| file.marks.none() && !scan.generated && !application::is_translation(&file.path));
    let lines: u64 = own.map(|(_, scan)| u64::from(scan.lines)).sum();
    Ok(Value::Number(i64::try_from(lines).unwrap_or(i64::MAX)))
}

/// Whether a document says how it is built, or why it is built so.
pub(super) fn has_architecture(readings: &Readings<'_>) -> Reading {
    let corpus = readings.corpus();
    let folders = ["adr", "adrs", "decisions", "architecture", "arc42", "c4", "architektur", "rfcs", "rfc", "design"];
    let found = corpus.documents().any(|document| {
        let path = document.path.lower();
        let in_folder =
            path.rsplit_once('/').is_some_and(|(folder, _)| folder.split('/').any(|part| folders.contains(&part)));
        let stem = corpus::stem(&document.path).replace('_', " ");
        let named = sections::is_about(&stem, Meaning::Architecture) || stem.contains("decisions");
        (in_folder || named) && document.words() > 0
            || sections::about(document, Meaning::Architecture).next().is_some()
    });
    let drawn = || {
        readings.repo.files().iter().any(|file| {
            let name = file.path.name_lower();
            let drawing = ["puml", "plantuml", "mmd", "drawio", "svg", "png", "dsl", "pdf"];
            (name.contains("architec") || name.contains("architek") || name.contains("c4"))
                && drawing.contains(&file.path.extension().as_str())
                || name == "workspace.dsl"
        })
    };
    if found || drawn() {
        return Ok(Value::from(true));
    }
    let elsewhere = corpus
        .documents()
        .flat_map(|document| &document.links)
        .find(|link| !link.image && link.url.contains("://") && sections::is_about(&link.text, Meaning::Architecture));
    Ok(Value::from(elsewhere.is_some()))
}
