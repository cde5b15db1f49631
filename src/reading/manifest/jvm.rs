//! pom.xml of Maven, build.gradle and build.gradle.kts of Gradle.

use super::lenient::{Source, elements};
use super::{Dependency, Ecosystem, Form, Located, Manifest, Role, UrlKind};
use crate::phrase::Phrase;
use crate::repository::RepoPath;
use regex::Regex;
use std::sync::LazyLock;

/// pom.xml, as <https://maven.apache.org/pom.html> has it. Properties (`${…}`) are not resolved.
pub(super) fn pom(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Maven);
    let mut person: (Option<Located>, Option<Located>) = Default::default();
    let mut dependency: [Option<Located>; 4] = Default::default();
    for element in elements(text) {
        let value = source.located(element.text.clone());
        match element.path.strip_prefix("project/").unwrap_or_default() {
            "artifactId" => manifest.name = value,
            "version" => manifest.version = value,
            "description" => manifest.description = value,
            "url" => manifest.url(UrlKind::Homepage, value),
            "scm/url" => manifest.url(UrlKind::Repository, value),
            "issueManagement/url" => manifest.url(UrlKind::Issues, value),
            "licenses/license/name" => manifest.licence(Form::Name, value),
            "licenses/license/url" => manifest.licence(Form::Address, value),
            "modules/module" => manifest.workspace = true,
            "parent" => manifest.has_parent = true,
            "parent/artifactId" => manifest.parent = value,
            "packaging" => manifest.workspace |= value.is_some_and(|one| one.value == "pom"),
            "distributionManagement" => manifest.published = true,
            "build/plugins/plugin/artifactId" | "profiles/profile/build/plugins/plugin/artifactId" => {
                let plugin = value.map(|one| one.value).unwrap_or_default();
                manifest.published |= PUBLISHING.contains(&plugin.as_str());
                manifest.private |= plugin == "spring-boot-maven-plugin" || plugin == "quarkus-maven-plugin";
            }
            "developers/developer" => {
                manifest.person(Role::Author, person.0.take(), person.1.take());
            }
            "developers/developer/name" => person.0 = value,
            "developers/developer/email" => person.1 = value,
            "dependencies/dependency" => depend(&mut manifest, &mut dependency),
            "dependencies/dependency/groupId" => dependency[0] = value,
            "dependencies/dependency/artifactId" => dependency[1] = value,
            "dependencies/dependency/version" => dependency[2] = value,
            "dependencies/dependency/scope" => dependency[3] = value,
            _ => {}
        }
    }
    manifest.person(Role::Author, person.0, person.1);
    depend(&mut manifest, &mut dependency);
    Ok(manifest)
}

/// Plugins that bring a package to a public repository.
const PUBLISHING: &[&str] = &["nexus-staging-maven-plugin", "central-publishing-maven-plugin", "maven-gpg-plugin"];

fn depend(manifest: &mut Manifest, dependency: &mut [Option<Located>; 4]) {
    let [group, artefact, version, scope] = std::mem::take(dependency);
    if let (Some(group), Some(artefact)) = (group, artefact) {
        let name = Located { value: format!("{}:{}", group.value, artefact.value), span: artefact.span };
        let wanted = version.map(|version| version.value).unwrap_or_default();
        let development = scope.is_some_and(|scope| scope.value == "test");
        manifest.dependencies.push(Dependency { name, wanted, development });
    }
}

static NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"\b(name|url)(?:\.set\(|\s*=\s*|\s+|\()\s*(?:"([^"\n]+)"|'([^'\n]+)')"#).ok());

static TOP: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?m)^(version|description)\s*=?\s*(?:"([^"\n$]+)"|'([^'\n]+)')"#).ok());

static NEEDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let kinds = "implementation|api|compileOnly|runtimeOnly|annotationProcessor|kapt|ksp|testImplementation|testRuntimeOnly|androidTestImplementation";
    Regex::new(&format!(r#"(?m)^\s*({kinds})[\s(]+["']([^"':\s]+:[^"':\s]+)(?::([^"'\s]+))?["']"#)).ok()
});

/// So far behind `licenses {` its names are looked for.
const BLOCK: usize = 1_500;

/// build.gradle and build.gradle.kts: what is written as plain strings. Code is not run.
pub(super) fn gradle(path: &RepoPath, text: &str) -> Result<Manifest, Phrase> {
    let source = Source::new(text);
    let mut manifest = Manifest::new(path, Ecosystem::Gradle);
    let value = |found: &regex::Captures<'_>| {
        let range = found.get(2).or_else(|| found.get(3))?.range();
        source.located(range)
    };
    for found in TOP.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        match found.get(1).map_or("", |key| key.as_str()) {
            "version" => manifest.version = manifest.version.take().or_else(|| value(&found)),
            _ => manifest.description = manifest.description.take().or_else(|| value(&found)),
        }
    }
    manifest.published = text.contains("MavenPublication") && text.contains("pom {");
    for (start, _) in text.match_indices("licenses").take(20) {
        let rest = text.get(start..).unwrap_or_default();
        if !rest.get("licenses".len()..).is_some_and(|rest| rest.trim_start().starts_with('{')) {
            continue;
        }
        let block = rest.get(..closing(rest)).unwrap_or_default();
        for found in NAME.iter().flat_map(|pattern| pattern.captures_iter(block)) {
            let Some(range) = found.get(2).or_else(|| found.get(3)).map(|part| part.range()) else { continue };
            let form = if found.get(1).is_some_and(|key| key.as_str() == "url") { Form::Address } else { Form::Name };
            manifest.licence(form, source.located(start + range.start..start + range.end));
        }
    }
    for found in NEEDS.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let Some(name) = found.get(2).and_then(|name| source.located(name.range())) else { continue };
        let wanted = found.get(3).map_or("", |version| version.as_str()).to_owned();
        let development = found.get(1).is_some_and(|kind| kind.as_str().to_lowercase().contains("test"));
        manifest.dependencies.push(Dependency { name, wanted, development });
    }
    Ok(manifest)
}

/// Where the block that opens first is closed; at most [`BLOCK`] bytes away.
fn closing(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, c) in text.char_indices().take_while(|(at, _)| *at < BLOCK) {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return at,
            '}' => depth -= 1,
            _ => {}
        }
    }
    (0..=BLOCK.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maven() {
        let text = "<project><artifactId>x</artifactId><version>1</version>\n<licenses><license>\n<name>EUPL 1.2</name><url>https://example.org</url></license></licenses>\n\
                    <developers><developer><name>Ada</name><email>ada@example.org</email></developer></developers>\n\
                    <dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId><version>2</version></dependency>\
                    <dependency><groupId>g</groupId><artifactId>t</artifactId><scope>test</scope></dependency></dependencies></project>";
        let read = pom(&"pom.xml".into(), text).unwrap();
        assert_eq!(read.name.as_ref().unwrap().value, "x");
        assert_eq!(read.licences[0].stated.value, "EUPL 1.2");
        assert_eq!(read.licences[0].stated.span.line, 3);
        assert_eq!(read.people[0].email.as_ref().unwrap().value, "ada@example.org");
        assert_eq!(
            read.dependencies.iter().map(|d| (d.name.value.as_str(), d.development)).collect::<Vec<_>>(),
            [("g:a", false), ("g:t", true)]
        );
    }

    #[test]
    fn gradle_in_both_languages() {
        for text in [
            "version = '1.0'\npom {\n  licenses {\n    license {\n      name = 'Apache-2.0'\n      url = 'https://example.org'\n    }\n  }\n  developers { developer { name = 'Ada' } }\n}\n",
            "version = \"1.0\"\npom {\n  licenses {\n    license {\n      name.set(\"Apache-2.0\")\n    }\n  }\n  developers { developer { name.set(\"Ada\") } }\n}\n",
        ] {
            let read = gradle(&"build.gradle".into(), text).unwrap();
            assert_eq!(read.version.as_ref().unwrap().value, "1.0");
            let names: Vec<_> =
                read.licences.iter().filter(|l| l.form == Form::Name).map(|l| l.stated.value.as_str()).collect();
            assert_eq!(names, ["Apache-2.0"], "{text}");
        }
        let read = gradle(
            &"build.gradle.kts".into(),
            "dependencies {\n  testImplementation(\"a:b:1\")\n  implementation 'c:d'\n}\n",
        )
        .unwrap();
        assert_eq!(
            read.dependencies.iter().map(|d| (d.name.value.as_str(), d.development)).collect::<Vec<_>>(),
            [("a:b", true), ("c:d", false)]
        );
    }
}
