//! Every format with an origin that is private and one that everybody reaches.

use super::*;

/// What keeps the public from the origins of a file: called, and the first that a person would name.
fn private(path: &str, text: &str) -> Vec<String> {
    let ends =
        ["intern", "maven.pkg.github.com", "npm.pkg.github.com", "nuget.pkg.github.com", "dkr.ecr.amazonaws.com"];
    let others = [barrier::TOKEN, barrier::KEY, barrier::OUTSIDE, barrier::NO_DOMAIN, "10.0.0.0/8"];
    let path = RepoPath::from(path);
    let folder = String::from_utf8_lossy(path.folder()).into_owned();
    let mut found = Vec::new();
    for origin in origins(&path, text) {
        let behind = behind(&origin, &folder);
        let why = behind.iter().find(|one| ends.contains(&one.as_str()) || others.contains(&one.as_str()));
        found.extend(why.map(|why| format!("{} {why}", origin.called)));
    }
    found
}

#[test]
fn private_origins_of_every_format() {
    for (path, text, wanted) in [
        (
            "a/package.json",
            r#"{"dependencies": {"x": "git+ssh://git@git.stadt.example/x.git"}}"#,
            "git.stadt.example ssh-key",
        ),
        ("a/package.json", r#"{"devDependencies": {"x": "file:../../x"}}"#, "../../x outside-tree"),
        (".npmrc", "registry=https://nexus.stadt.intern/npm/\n", "nexus.stadt.intern intern"),
        (".npmrc", "@stadt:registry=https://npm.pkg.github.com\n", "npm.pkg.github.com npm.pkg.github.com"),
        (
            ".npmrc",
            "@stadt:registry = https://art.stadt.example/npm/\n//art.stadt.example/npm/:always-auth=true\n",
            "art.stadt.example token",
        ),
        (
            ".yarnrc.yml",
            "npmScopes:\n  stadt:\n    npmRegistryServer: https://npm.pkg.github.com\n",
            "npm.pkg.github.com npm.pkg.github.com",
        ),
        ("package-lock.json", "{\n  \"resolved\": \"http://nexus:8081/x/-/x-1.tgz\",\n", "nexus no-domain"),
        ("yarn.lock", "x@1:\n  resolved \"https://nexus.stadt.intern/x.tgz#1\"\n", "nexus.stadt.intern intern"),
        (
            "pnpm-lock.yaml",
            "    resolution: {tarball: https://nexus.stadt.intern/x.tgz}\n",
            "nexus.stadt.intern intern",
        ),
        (
            "pyproject.toml",
            "[[tool.poetry.source]]\nname = \"a\"\nurl = \"https://pypi.stadt.intern/simple\"\n",
            "pypi.stadt.intern intern",
        ),
        (
            "pyproject.toml",
            "[tool.uv.sources]\nx = { git = \"ssh://git@git.stadt.example/x\" }\n",
            "git.stadt.example ssh-key",
        ),
        (
            "pyproject.toml",
            "[project]\ndependencies = [\"x @ git+ssh://git@git.stadt.example/x\"]\n",
            "git.stadt.example ssh-key",
        ),
        ("pyproject.toml", "[tool.poetry.dependencies]\nx = { path = \"../x\" }\n", "../x outside-tree"),
        ("requirements.txt", "--extra-index-url https://pypi.stadt.intern/simple\nx==1\n", "pypi.stadt.intern intern"),
        ("requirements-dev.txt", "git+ssh://git@git.stadt.example/x.git@1#egg=x\n", "git.stadt.example ssh-key"),
        ("requirements.txt", "-e ../x\n", "../x outside-tree"),
        ("Pipfile", "[[source]]\nurl = \"https://pypi.stadt.intern/simple\"\n", "pypi.stadt.intern intern"),
        (
            "Pipfile.lock",
            r#"{"_meta": {"sources": [{"url": "https://pypi.stadt.intern/simple"}]}}"#,
            "pypi.stadt.intern intern",
        ),
        ("poetry.lock", "[package.source]\nurl = \"https://pypi.stadt.intern/simple\"\n", "pypi.stadt.intern intern"),
        ("uv.lock", "source = { registry = \"https://pypi.stadt.intern/simple\" }\n", "pypi.stadt.intern intern"),
        ("pip.conf", "[global]\nindex-url = https://pypi.stadt.intern/simple\n", "pypi.stadt.intern intern"),
        ("setup.py", "dependency_links=['git+ssh://git@git.stadt.example/x']\n", "git.stadt.example ssh-key"),
        (
            "Cargo.toml",
            "[dependencies]\nx = { git = \"ssh://git@git.stadt.example/x\" }\n",
            "git.stadt.example ssh-key",
        ),
        ("a/Cargo.toml", "[target.'cfg(unix)'.dependencies]\nx = { path = \"../../x\" }\n", "../../x outside-tree"),
        ("Cargo.lock", "source = \"sparse+https://crates.stadt.intern/index/\"\n", "crates.stadt.intern intern"),
        (
            ".cargo/config.toml",
            "[registries.stadt]\nindex = \"sparse+https://crates.stadt.intern/\"\n",
            "crates.stadt.intern intern",
        ),
        ("Gemfile", "source 'https://gems.stadt.intern'\n", "gems.stadt.intern intern"),
        ("Gemfile", "gem 'x', git: 'git@git.stadt.example:a/x.git'\n", "git.stadt.example ssh-key"),
        ("Gemfile.lock", "PATH\n  remote: ../x\n", "../x outside-tree"),
        (
            "composer.json",
            r#"{"repositories": [{"type": "vcs", "url": "git@git.stadt.example:a/x.git"}]}"#,
            "git.stadt.example ssh-key",
        ),
        (
            "pom.xml",
            "<project><repositories><repository><url>https://maven.pkg.github.com/a/b</url></repository></repositories></project>",
            "maven.pkg.github.com maven.pkg.github.com",
        ),
        (
            "build.gradle.kts",
            "repositories {\n  maven {\n    url = uri(\"https://maven.pkg.github.com/a/b\")\n  }\n}\n",
            "maven.pkg.github.com maven.pkg.github.com",
        ),
        (
            "settings.gradle",
            "dependencyResolutionManagement {\n  repositories {\n    maven { url 'https://nexus.stadt.intern/x' }\n  }\n}\n",
            "nexus.stadt.intern intern",
        ),
        ("settings.gradle", "includeBuild '../x'\n", "../x outside-tree"),
        (
            "NuGet.config",
            "<configuration><packageSources><add key=\"a\" value=\"https://nuget.pkg.github.com/a/index.json\" /></packageSources></configuration>",
            "nuget.pkg.github.com nuget.pkg.github.com",
        ),
        ("go.mod", "replace example.org/x => ../x\n", "../x outside-tree"),
        ("go.mod", "require (\n\tgit.stadt.intern/a/x v1.0.0\n)\n", "git.stadt.intern intern"),
        (
            "Package.swift",
            "  .package(url: \"git@git.stadt.example:a/x.git\", from: \"1.0.0\"),\n",
            "git.stadt.example ssh-key",
        ),
        ("Podfile", "pod 'X', :git => 'git@git.stadt.example:a/x.git'\n", "git.stadt.example ssh-key"),
        ("mix.exs", "      {:x, path: \"../x\"},\n", "../x outside-tree"),
        (
            "pubspec.yaml",
            "dependencies:\n  x:\n    git:\n      url: git@git.stadt.example:a/x.git\n",
            "git.stadt.example ssh-key",
        ),
        (
            "Chart.yaml",
            "dependencies:\n- name: x\n  repository: oci://charts.stadt.intern/x\n",
            "charts.stadt.intern intern",
        ),
        (".gitmodules", "[submodule \"x\"]\n\turl = git@git.stadt.example:a/x.git\n", "git.stadt.example ssh-key"),
        ("build.sbt", "resolvers += \"x\" at \"https://nexus.stadt.intern/x\"\n", "nexus.stadt.intern intern"),
        (
            "Dockerfile",
            "FROM 123456789012.dkr.ecr.eu-west-1.amazonaws.com/base:1\n",
            "123456789012.dkr.ecr.eu-west-1.amazonaws.com dkr.ecr.amazonaws.com",
        ),
        ("compose.yaml", "services:\n  a:\n    image: harbor.stadt.intern/a:1\n", "harbor.stadt.intern intern"),
        (".gitlab-ci.yml", "build:\n  image: harbor.stadt.intern/a:1\n", "harbor.stadt.intern intern"),
        (".github/workflows/a.yml", "    container: 10.44.1.9:5000/a:1\n", "10.44.1.9 10.0.0.0/8"),
    ] {
        assert_eq!(private(path, text), [wanted], "{path}: {text}");
    }
}

#[test]
fn what_everybody_can_fetch() {
    for (path, text) in [
        ("package.json", r#"{"dependencies": {"x": "git+ssh://git@github.com/a/x.git", "y": "a/y", "z": "^1.0"}}"#),
        ("a/package.json", r#"{"dependencies": {"x": "file:../x", "y": "workspace:*", "z": "link:../y"}}"#),
        ("package.json", r#"{"publishConfig": {"registry": "https://nexus.stadt.intern/npm"}}"#),
        (".npmrc", "registry=https://registry.npmjs.org/\n//npm.pkg.github.com/:_authToken=${TOKEN}\n"),
        (".npmrc", "registry=https://art.stadt.example/npm/\n//art.stadt.example/npm/:_authToken=${TOKEN}\n"),
        (".npmrc", "registry=${REGISTRY}\n; registry=https://nexus.stadt.intern/\n"),
        (
            "package-lock.json",
            "\"resolved\": \"git+ssh://git@github.com/a/x.git#1\",\n\"resolved\": \"../a\"\n"
                .trim_end_matches("\"resolved\": \"../a\"\n"),
        ),
        ("a/uv.lock", "source = { editable = \"../x\" }\nsource = { registry = \"https://pypi.org/simple\" }\n"),
        (
            "requirements.txt",
            "x @ git+https://github.com/a/x\n# -i https://pypi.stadt.intern\n-r ../x.txt\n"
                .trim_end_matches("-r ../x.txt\n"),
        ),
        ("crates/a/Cargo.toml", "[dependencies]\nx = { path = \"../x\" }\n"),
        ("Gemfile", "if ENV['LOCAL']\n  gem 'x', path: '../x'\nend\ngem 'y', path: '../y' if ENV['Y']\n"),
        (
            "pom.xml",
            "<project><distributionManagement><repository><url>https://maven.pkg.github.com/a/b</url></repository></distributionManagement><profiles><profile><repositories><repository><url>https://nexus.stadt.intern/x</url></repository></repositories></profile></profiles></project>",
        ),
        (
            "pom.xml",
            "<project><repositories><repository><url>https://nexus.stadt.example/repository/public</url></repository></repositories></project>",
        ),
        (
            "build.gradle",
            "publishing {\n  repositories {\n    maven {\n      url = 'https://maven.pkg.github.com/a/b'\n    }\n  }\n}\n",
        ),
        (
            "build.gradle",
            "repositories {\n  if (project.hasProperty('x')) {\n    maven { url 'https://maven.pkg.github.com/a/b' }\n  }\n  // maven { url 'https://nexus.stadt.intern' }\n}\n",
        ),
        ("x/go.mod", "replace example.org/x => ../\n"),
        ("ios/Podfile", "pod 'X', :path => '../node_modules/x'\n"),
        (
            ".gitmodules",
            "\turl = ../x.git\n\turl = https://git.stadt.example/x.git\n\turl = git@codeberg.org:a/x.git\n",
        ),
        (
            "Dockerfile",
            "FROM node:20 AS build\nFROM ghcr.io/a/b\nFROM build\nFROM $BASE\nFROM public.ecr.aws/a/b\nFROM localhost:5000/x\n",
        ),
        (
            "compose.yaml",
            "services:\n  a:\n    build: .\n    image: harbor.stadt.intern/a:1\n  b:\n    image: registry:5000/x\n",
        ),
        ("a.gradle", "repositories { mavenCentral() }\n"),
    ] {
        assert_eq!(private(path, text), [""; 0], "{path}: {text}");
    }
}

#[test]
fn scopes_are_told() {
    let found = origins(&".npmrc".into(), "@stadt:registry=https://npm.pkg.github.com\n");
    assert_eq!(found.first().and_then(|origin| origin.scope.as_deref()), Some("@stadt"));
}

#[test]
fn which_files_are_read() {
    let file = |path: &str, mark: Option<Mark>| {
        let mut marks = crate::repository::Marks::default();
        if let Some(mark) = mark {
            marks.set(mark);
        }
        let class = crate::repository::Class::Manifest;
        File { path: path.into(), class, marks, kind: crate::repository::FileKind::Regular, len: None }
    };
    for (path, mark, yes) in [
        ("package-lock.json", Some(Mark::Generated), true),
        ("web/Dockerfile", None, true),
        ("src/main/docker/Dockerfile.jvm", None, true),
        ("node_modules/x/package.json", Some(Mark::Vendored), false),
        ("fixtures/x/package.json", None, false),
        ("src/compose.py", None, false),
        ("docs/.github/workflows/a.yml", None, false),
    ] {
        assert_eq!(is_read(&file(path, mark)), yes, "{path}");
    }
}
