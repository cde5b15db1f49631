//! What does the configuration of continuous integration do?
//!
//! Files of fifteen and more systems are read into one list of steps. What a step does is told by its command or by
//! its name, from the tables of `ci.toml`; what they do not know is [`StepKind::Other`], and nobody can tell.

mod command;
mod jenkins;
mod walk;

pub use walk::Other;

use crate::phrase::Phrase;
use crate::repository::{File, FileKind, Loss, RepoPath, Repository};
use crate::untrusted::Untrusted;
use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::sync::LazyLock;

/// One configuration file.
#[derive(Clone, Debug)]
pub struct Ci {
    /// where it lies
    pub path: RepoPath,
    /// the name of the system that reads it
    pub system: &'static str,
    /// what it does, in the order of the file
    pub steps: Vec<Step>,
}

/// One thing that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// what kind of thing
    pub kind: StepKind,
    /// the command, or the name of the ready-made step
    pub text: Untrusted,
    /// the line where it, or the list or block it stands in, begins; from 1
    pub line: u32,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// fetches the repository
    Checkout,
    /// fetches or prepares tools
    Setup,
    /// prints, moves files, sets variables, labels, tells people
    Echo,
    /// builds something
    Build,
    /// runs tests
    Test,
    /// checks something without running it
    Lint,
    /// puts something where it is used
    Deploy,
    /// nobody can tell
    Other,
}

impl StepKind {
    /// Whether it builds, tests or checks something; what is deployed was built.
    pub fn is_work(self) -> bool {
        matches!(self, Self::Build | Self::Test | Self::Lint | Self::Deploy)
    }
}

/// All configuration files, and why one of them could not be read.
#[derive(Clone, Debug, Default)]
pub struct CiReading {
    /// those that could be read, by path
    pub files: Vec<Ci>,
    /// why the first of the others could not
    pub unread: Option<Phrase>,
}

impl CiReading {
    /// All steps of all files.
    pub fn steps(&self) -> impl Iterator<Item = (&Ci, &Step)> {
        self.files.iter().flat_map(|file| file.steps.iter().map(move |step| (file, step)))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    system: Vec<System>,
    commands: command::Kinds,
    wrappers: command::Wrappers,
    words: command::Kinds,
    actions: command::Kinds,
}

/// A system and how its files are read: a row of `ci.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    name: String,
    paths: Vec<String>,
    commands: Vec<String>,
    #[serde(default)]
    named: Vec<String>,
    uses: Vec<String>,
    #[serde(default)]
    items: Vec<String>,
    default: Option<String>,
}

impl System {
    /// Cirrus CI knows a script by the end of its key.
    fn ends_with_script(&self, key: &str) -> bool {
        self.name == "Cirrus CI" && key.ends_with("_script")
    }
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| toml::from_str(include_str!("ci.toml")).expect("a test parses the table"));

static PATHS: LazyLock<(GlobSet, Vec<usize>)> = LazyLock::new(|| {
    let mut set = GlobSetBuilder::new();
    let mut rows = Vec::new();
    for (row, system) in TABLE.system.iter().enumerate() {
        for path in &system.paths {
            let glob = globset::GlobBuilder::new(path).literal_separator(true).build();
            set.add(glob.unwrap_or_else(|_| Glob::new("-").expect("a plain name is a glob")));
            rows.push(row);
        }
    }
    (set.build().expect("a test builds the set"), rows)
});

const JENKINS: &str = "Jenkins";

/// The system that reads a file, by its path.
pub fn system(path: &RepoPath) -> Option<&'static str> {
    if is_jenkinsfile(path) {
        return Some(JENKINS);
    }
    row(path).map(|system| system.name.as_str())
}

fn is_jenkinsfile(path: &RepoPath) -> bool {
    let name = path.name_lower();
    (name == "jenkinsfile" || name.starts_with("jenkinsfile.") || name.ends_with(".jenkinsfile"))
        && path.as_bytes().iter().filter(|byte| **byte == b'/').count() <= 2
}

fn row(path: &RepoPath) -> Option<&'static System> {
    if !matches!(path.extension().as_str(), "yml" | "yaml") {
        return None;
    }
    let (set, rows) = &*PATHS;
    let first = set.matches(path.lower()).into_iter().min()?;
    TABLE.system.get(*rows.get(first)?)
}

/// Reads one configuration file; `None` where its path belongs to no system. `other` gives the text of files that
/// it refers to.
///
/// # Errors
/// Where it cannot be parsed.
pub fn read(path: &RepoPath, text: &str, other: Other<'_>) -> Option<Result<Ci, Phrase>> {
    if is_jenkinsfile(path) {
        return Some(Ok(Ci { path: path.clone(), system: JENKINS, steps: jenkins::steps(text) }));
    }
    let system = row(path)?;
    let steps = walk::steps(system, text, other);
    Some(steps.map(|steps| Ci { path: path.clone(), system: &system.name, steps }))
}

/// Reads all configuration files of a repository. What cannot be read is kept among its losses.
pub fn all(repo: &Repository) -> CiReading {
    let mut reading = CiReading::default();
    let other = |path: &str| repo.text(repo.file(path)?).ok();
    let is_read = |file: &&File| file.kind != FileKind::Submodule && system(&file.path).is_some();
    for file in repo.files().iter().filter(is_read) {
        let read = repo.text(file).and_then(|text| {
            read(&file.path, &text, &other).transpose().inspect_err(|why| {
                repo.lose(Loss { path: Some(file.path.clone()), why: why.clone() });
            })
        });
        match read {
            Ok(Some(ci)) => reading.files.push(ci),
            Ok(None) => {}
            Err(why) => {
                reading.unread.get_or_insert_with(|| {
                    Phrase::new(
                        "the configuration of continuous integration in {path} cannot be read",
                        "die Konfiguration für Continuous Integration in {path} lässt sich nicht lesen",
                    )
                    .with("path", &file.path)
                });
                drop(why);
            }
        }
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::*;
    use StepKind::{Build, Checkout, Deploy, Echo, Lint, Other, Setup, Test};

    fn steps(path: &str, text: &str) -> Vec<(StepKind, u32)> {
        let other = |path: &str| {
            let text = match path {
                ".github/actions/all/action.yml" => "runs:\n  steps:\n  - run: make test\n",
                "ci/more.yml" => "more:\n  script: [make]\n",
                "ci/loop.yml" => "include: /ci/loop.yml\nx:\n  script: pytest\n",
                _ => return None,
            };
            Some(text.into())
        };
        let read = read(&path.into(), text, &other).unwrap().unwrap();
        read.steps.into_iter().map(|step| (step.kind, step.line)).collect()
    }

    #[test]
    fn systems_by_path() {
        for (path, name) in [
            (".github/workflows/ci.yml", Some("GitHub Actions")),
            (".github/workflows/deep/ci.yml", None),
            ("app/.github/workflows/ci.yml", None),
            (".github/dependabot.yml", None),
            (".forgejo/workflows/a.yaml", Some("Forgejo Actions")),
            (".gitea/workflows/a.yml", Some("Forgejo Actions")),
            (".gitlab-ci.yml", Some("GitLab CI")),
            ("Jenkinsfile", Some("Jenkins")),
            ("ci/Jenkinsfile.release", Some("Jenkins")),
            ("azure-pipelines-release.yml", Some("Azure Pipelines")),
            (".azure-pipelines/jobs/a.yml", Some("Azure Pipelines")),
            (".devops/review.yml", Some("Azure Pipelines")),
            ("app/azure-pipelines.yml", Some("Azure Pipelines")),
            (".circleci/config.yml", Some("CircleCI")),
            (".travis.yml", Some("Travis CI")),
            (".woodpecker.yml", Some("Woodpecker CI")),
            (".woodpecker/test.yaml", Some("Woodpecker CI")),
            (".drone.yml", Some("Drone")),
            (".buildkite/pipeline.yml", Some("Buildkite")),
            ("bitbucket-pipelines.yml", Some("Bitbucket Pipelines")),
            (".cirrus.yml", Some("Cirrus CI")),
            ("appveyor.yml", Some("AppVeyor")),
            (".builds/alpine.yml", Some("SourceHut builds")),
            (".taskcluster.yml", Some("Taskcluster")),
            (".semaphore/semaphore.yml", Some("Semaphore")),
            ("buildspec.yml", Some("AWS CodeBuild")),
            ("cloudbuild.yaml", Some("Google Cloud Build")),
            (".scrutinizer.yml", Some("Scrutinizer")),
            ("codemagic.yaml", Some("Codemagic")),
            ("bitrise.yml", Some("Bitrise")),
            (".zuul.yaml", Some("Zuul")),
            (".tekton/pull.yaml", Some("Tekton")),
            ("Dockerfile", None),
            ("docker-compose.yml", None),
        ] {
            assert_eq!(system(&path.into()), name, "{path}");
        }
        let tested: usize = PATHS.1.len();
        assert_eq!(PATHS.0.len(), tested, "every glob of the table is one");
    }

    #[test]
    fn steps_of_every_system() {
        let github = ".github/workflows/a.yml";
        for (path, text, wanted) in [
            (
                github,
                "on: push\njobs:\n  say:\n    steps:\n      - uses: actions/checkout@v4\n      - run: echo hi\n",
                &[(Checkout, 5), (Echo, 6)][..],
            ),
            (
                github,
                "jobs:\n  a:\n    defaults: {run: {shell: bash}}\n    steps:\n    - run: |\n        \
                 npm ci\n        npm test\n",
                &[(Setup, 6), (Test, 6)],
            ),
            (github, "jobs:\n  a:\n    uses: ./.github/workflows/none.yml\n", &[(Other, 3)]),
            (github, "jobs:\n  a:\n    steps: [{uses: ./.github/actions/all}]\n", &[(Test, 3)]),
            (github, "# nothing yet\n", &[]),
            (
                ".gitlab-ci.yml",
                "include:\n  - template: Jobs/SAST.gitlab-ci.yml\n  - local: /ci/more.yml\n\
                 x:\n  script:\n    - - make lint\n    - !reference [.y, script]\n",
                &[(Lint, 2), (Build, 3), (Lint, 6)],
            ),
            (".gitlab-ci.yml", "include: 'ci/loop.yml'\n", &[(Other, 1), (Test, 1), (Test, 1), (Test, 1), (Test, 1)]),
            (".gitlab-ci.yml", "pages:\n  stage: deploy\n  script: echo done\n", &[(Echo, 3)]),
            ("azure-pipelines.yml", "steps:\n- task: Maven@3\n- script: echo x\n", &[(Build, 2), (Echo, 3)]),
            (
                ".circleci/config.yml",
                "workflows:\n  a:\n    jobs:\n      - node/test\n      - own\n\
                 jobs:\n  own:\n    steps:\n      - checkout\n      - run: {name: x, command: make}\n",
                &[(Test, 4), (Build, 10)],
            ),
            (".travis.yml", "language: python\n", &[(Test, 1)]),
            (".travis.yml", "language: python\nscript: echo x\n", &[(Echo, 2)]),
            (
                ".woodpecker.yml",
                "steps:\n  a:\n    image: plugins/docker\n  b:\n    commands: [go vet]\n",
                &[(Build, 3), (Lint, 5)],
            ),
            (
                ".drone.yml",
                "kind: pipeline\nsteps:\n- commands: [make]\n---\nkind: secret\nsteps:\n- commands: [make test]\n",
                &[(Build, 3), (Test, 7)],
            ),
            (
                ".buildkite/p.yml",
                "steps:\n  - command: make test\n  - plugins:\n      - docker#v5: {}\n",
                &[(Test, 2), (Build, 4)],
            ),
            (
                "bitbucket-pipelines.yml",
                "pipelines:\n  default:\n  - step:\n      script:\n      \
                 - npm run build\n      - pipe: atlassian/aws-s3-deploy:1.1\n",
                &[(Build, 5), (Deploy, 6)],
            ),
            (".cirrus.yml", "a_task:\n  test_script: make check\n", &[(Test, 2)]),
            (
                ".taskcluster.yml",
                "tasks:\n- payload:\n    command: ['/bin/bash', '-c', 'git clone x && npm run lint && npm test']\n",
                &[(Other, 3), (Other, 3), (Checkout, 3), (Lint, 3), (Test, 3)],
            ),
            (
                "appveyor.yml",
                "build_script:\n- cmd: msbuild\ntest_script:\n- ps: dotnet test\n",
                &[(Build, 2), (Test, 4)],
            ),
            (".build.yml", "tasks:\n- test: |\n    go test\n", &[(Test, 3)]),
            (
                ".semaphore/s.yml",
                "blocks:\n- task:\n    jobs:\n    - commands: [checkout, make]\n",
                &[(Checkout, 4), (Build, 4)],
            ),
            ("buildspec.yml", "phases:\n  build:\n    commands: [npm run build]\n", &[(Build, 3)]),
            ("cloudbuild.yaml", "steps:\n- name: gcr.io/cloud-builders/docker\n", &[(Build, 2)]),
            (".scrutinizer.yml", "build:\n  tests:\n    override: [pytest]\n", &[(Test, 3)]),
            ("codemagic.yaml", "workflows:\n  a:\n    scripts:\n    - script: flutter test\n", &[(Test, 4)]),
            (
                "bitrise.yml",
                "workflows:\n  a:\n    steps:\n    - script@1:\n        inputs:\n        - content: xcodebuild test\n",
                &[(Other, 4), (Build, 6)],
            ),
            (".zuul.yaml", "- project:\n    check: {jobs: ['a/lint']}\n", &[(Lint, 2)]),
            (".tekton/a.yaml", "spec:\n  steps:\n  - script: make\n", &[(Build, 3)]),
            ("Jenkinsfile", "sh 'make'", &[(Build, 1)]),
        ] {
            assert_eq!(steps(path, text), wanted, "{path}\n{text}");
        }
    }

    #[test]
    fn what_is_no_yaml_is_said() {
        let none = |_: &str| None;
        for text in ["a: [", "a: &a [*a, *a]", "a: b: c"] {
            assert!(read(&".gitlab-ci.yml".into(), text, &none).unwrap().is_err(), "{text}");
        }
        assert!(read(&"README.md".into(), "", &none).is_none());
    }
}
