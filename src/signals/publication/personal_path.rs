//! Which lines of a program name a folder of one person's machine?

use crate::phrase::Words;
use crate::reading::Readings;
use crate::signal::{Kind, Observation, Place, Signal, Span, Subject};
use std::collections::BTreeSet;

pub(super) const SUBJECT: Subject = Subject {
    name: "personal-path",
    is: Words::new(
        "line of a program that names a folder of one person's machine",
        "Zeile eines Programms, die einen Ordner auf dem Rechner einer einzelnen Person nennt",
    ),
    none: Words::new("", ""),
    signals: &[Signal {
        name: "service",
        kind: Kind::YesNo,
        asks: Words::new(
            "Is it the folder of a service that is called like something in the project, and of no person?",
            "Gehört der Ordner keiner Person, sondern einem Dienst, der so heißt wie etwas im Projekt?",
        ),
    }],
    look,
};

fn look(readings: &Readings<'_>) -> Vec<Observation> {
    let scans = readings.scans();
    let found = || scans.iter().flat_map(|scan| &scan.personal_paths);
    let below_home: BTreeSet<&str> = found().filter(|seen| seen.below_home).map(|seen| seen.person.as_str()).collect();
    let services = services(readings, &below_home);
    let files = readings.repo.files().iter().zip(scans);
    let each = files.flat_map(|(file, scan)| scan.personal_paths.iter().map(move |seen| (file, seen)));
    each.map(|(file, seen)| {
        let span = Span { line: seen.line, column: seen.column, end_line: seen.line, end_column: seen.end_column };
        let of_servers = || is_of_servers(&file.path.lower());
        let service = seen.below_home && (services.contains(&seen.person) || of_servers());
        Observation::new(Place::span(&file.path, span), seen.path.as_str()).with("service", service)
    })
    .collect()
}

/// Whether a file, by its name in lower case, describes an image, a machine or a service, with the users it has.
fn sets_up_users(name: &str) -> bool {
    name.contains("dockerfile")
        || name.contains("compose")
        || name == "vagrantfile"
        || [".service", ".nix", ".pp", ".sls"].iter().any(|end| name.ends_with(end))
}

/// Whether the folders of a path, in lower case, speak of servers: whose homes they name are users of services.
fn is_of_servers(path: &str) -> bool {
    const WORDS: [&str; 14] = [
        "deploy",
        "deployment",
        "ansible",
        "puppet",
        "salt",
        "chef",
        "cookbooks",
        "provisioning",
        "roles",
        "infra",
        "infrastructure",
        "docker",
        "systemd",
        "cron",
    ];
    path.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}

/// Those of the names that are one of the project, too: of a folder of it, of the address it is fetched from, or of a
/// user that an image has. A service that runs under a user of its own is called like that.
fn services(readings: &Readings<'_>, names: &BTreeSet<&str>) -> BTreeSet<String> {
    let mut services = BTreeSet::new();
    if names.is_empty() {
        return services;
    }
    let folders = readings.repo.files().iter().map(|file| String::from_utf8_lossy(file.path.folder()).to_lowercase());
    let addresses = readings.repo.remotes().map(|address| String::from_utf8_lossy(address).to_lowercase());
    let images = readings.repo.files().iter().filter(|file| sets_up_users(&file.path.name_lower()));
    let images = images.filter_map(|file| Some(readings.repo.text(file).ok()?.to_lowercase()));
    for text in folders.chain(addresses).chain(images) {
        let parts = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
        services.extend(parts.filter(|part| names.contains(part)).map(str::to_owned));
    }
    services
}

#[cfg(test)]
mod tests {
    use super::{is_of_servers, sets_up_users};

    #[test]
    fn servers_and_images() {
        for (path, servers) in [
            ("deploy/setup.sh", true),
            ("ansible/roles/a.sh", true),
            ("src/roleswap.py", false),
            ("scripts/a.sh", false),
        ] {
            assert_eq!(is_of_servers(path), servers, "{path}");
        }
        for (name, users) in
            [("dockerfile", true), ("app.dockerfile", true), ("baum.service", true), ("baum.py", false)]
        {
            assert_eq!(sets_up_users(name), users, "{name}");
        }
    }
}
