//! Which commands check a change, by what the manifests at the root say?

use crate::reading::Readings;
use crate::reading::manifest::{Ecosystem, Manifest};

/// The commands, in the order of the manifests.
pub(super) fn of(readings: &Readings<'_>, manifests: &[&Manifest]) -> Vec<String> {
    let has = |name: &str| readings.repo.file(name).is_some();
    let mut commands: Vec<String> = Vec::new();
    for manifest in manifests {
        let script = |name: &str| {
            let script = manifest.scripts.iter().find(|script| script.name.value == name);
            script.is_some_and(|script| {
                !script.command.trim().is_empty() && !script.command.contains("no test specified")
            })
        };
        let needs = |name: &str| manifest.dependencies.iter().any(|one| one.name.value.eq_ignore_ascii_case(name));
        match manifest.ecosystem {
            Ecosystem::Npm => {
                let runner = match () {
                    () if has("pnpm-lock.yaml") => "pnpm",
                    () if has("yarn.lock") => "yarn",
                    () if has("bun.lock") || has("bun.lockb") => "bun run",
                    () => "npm run",
                };
                let named = ["lint", "test"].into_iter().filter(|name| script(name));
                commands.extend(named.map(|name| match (runner, name) {
                    ("npm run", "test") => "npm test".to_owned(),
                    _ => format!("{runner} {name}"),
                }));
            }
            Ecosystem::Cargo => commands.push("cargo test".to_owned()),
            Ecosystem::Maven => commands.push(if has("mvnw") { "./mvnw verify" } else { "mvn verify" }.to_owned()),
            Ecosystem::Gradle if has("gradlew") => commands.push("./gradlew check".to_owned()),
            Ecosystem::Python | Ecosystem::Requirements if has("tox.ini") => commands.push("tox".to_owned()),
            Ecosystem::Python | Ecosystem::Requirements if needs("pytest") => commands.push("pytest".to_owned()),
            Ecosystem::Composer if script("test") => commands.push("composer test".to_owned()),
            Ecosystem::Go => commands.push("go test ./...".to_owned()),
            _ => {}
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    commands.retain(|command| seen.insert(command.clone()));
    commands
}
