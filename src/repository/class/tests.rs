//! Is a file what its name says, and is left alone what must be?

use super::*;
use crate::repository::path::RepoPath;

fn look(path: &str, len: Option<u64>) -> (Class, Marks) {
    let path = RepoPath::from(path);
    Folder::of(path.folder()).file(&path, len)
}

#[track_caller]
fn all_are(class: Class, paths: &[&str]) {
    for path in paths {
        assert_eq!(look(path, None).0, class, "{path}");
    }
}

#[track_caller]
fn mark_is(mark: Mark, with: &[&str], without: &[&str]) {
    for path in with {
        assert!(look(path, None).1.has(mark), "{path} lacks {mark:?}");
    }
    for path in without {
        assert!(!look(path, None).1.has(mark), "{path} has {mark:?}");
    }
}

#[test]
fn source() {
    all_are(
        Class::Source,
        &[
            "main.py",
            "src/App.vue",
            "analysis.ipynb",
            "report.Rmd",
            "paper.qmd",
            "R/load.R",
            "docs/conf.py",
            "docs/tutorial.ipynb",
            "data/prepare.py",
            "data/load.R",
            "index.html",
            "templates/page.html",
            "src/license.ts",
            "src/readme.py",
            "bin/run",
            "scripts/deploy",
            "i18n/index.ts",
            "locales/load.py",
            "src/lang/parser.rs",
            "Snakefile",
            "app/templates/page.pt",
            "proto/a.proto",
            "models/net.py",
            "src/changes.py",
            "news.php",
            "src.js",
            "arc.js",
            "query.sparql",
            "stubs.d.ts",
        ],
    );
}

#[test]
fn documentation() {
    all_are(
        Class::Documentation,
        &[
            "README",
            "README.md",
            "readme.txt",
            "README.de.md",
            "LIESMICH.txt",
            "LÉAME",
            "LICENSE",
            "LICENSE-MIT",
            "LICENSE.txt",
            "LICENCE.md",
            "COPYING.LESSER",
            "LIZENZ",
            "LICENSES/MIT.txt",
            "data/README.txt",
            "data/LICENSE",
            "CHANGELOG",
            "docs/betrieb.txt",
            "docs/page.html",
            "doc/a.rst",
            "handbook.pdf",
            "docs/x.1",
            "AUTHORS",
            "CODE_OF_CONDUCT.md",
            ".well-known/security.txt",
            "MODEL_CARD.md",
            "datenblatt.pdf",
            "docs/x.adoc",
            "NOTICE",
        ],
    );
}

#[test]
fn manifest() {
    all_are(
        Class::Manifest,
        &[
            "Cargo.toml",
            "Cargo.lock",
            "web/package.json",
            "package-lock.json",
            "requirements.txt",
            "requirements-dev.txt",
            "dev-requirements.txt",
            "environment.yml",
            "setup.py",
            "pom.xml",
            "app/build.gradle.kts",
            "go.mod",
            "DESCRIPTION",
            "civic.gemspec",
            "src/App.csproj",
            "data/package.json",
        ],
    );
}

#[test]
fn configuration() {
    all_are(
        Class::Configuration,
        &[
            "config.json",
            "a.yml",
            "settings.xml",
            ".gitignore",
            ".env",
            ".env.example",
            ".env.sample",
            "env.example",
            "Dockerfile",
            "Dockerfile.prod",
            "docker-compose.yml",
            "Makefile",
            "CMakeLists.txt",
            "vite.config.ts",
            ".eslintrc.js",
            "publiccode.yml",
            "CITATION.cff",
            "codemeta.json",
            "data/datapackage.json",
            ".vscode/data/settings.json",
            "src/config/data/x.json",
            "robots.txt",
            ".github/ISSUE_TEMPLATE/bug.md",
            ".github/PULL_REQUEST_TEMPLATE.md",
            "metadata.json",
            "app/settings.example.py",
            "config.yml.example",
            "openapi.json",
            "docs/openapi.yaml",
            "main.tf",
            "tsconfig.base.json",
            "data/tsconfig.json",
            "src/assets/data/menu.json",
            "theme/data/colours.json",
            "data/trees.schema.json",
            "frontend/src/data/options.json",
            "keys-data-mapping.json",
            "data_privacy.xml",
            "application-test-data.yaml",
            "config.py.template",
            "aclfile.example",
            ".meteor/release-data/versions.yml",
        ],
    );
    assert_eq!(look("docs/api/openapi.json", Some(9 << 20)).0, Class::Configuration);
    assert_eq!(look("api-schema.json", Some(9 << 20)).0, Class::Configuration);
    assert_eq!(look("a.json", Some((1 << 20) - 1)).0, Class::Configuration);
}

#[test]
fn data() {
    all_are(
        Class::Data,
        &[
            "stations.csv",
            "a.tsv",
            "x.geojson",
            "x.parquet",
            "x.gpkg",
            "x.shp",
            "x.dbf",
            "x.prj",
            "x.xlsx",
            "x.ods",
            "x.nc",
            "x.h5",
            "x.sqlite",
            "x.rds",
            "x.sav",
            "x.dta",
            "x.pbf",
            "x.ndjson",
            "x.jsonl",
            "x.csv.gz",
            "x.geojson.zip",
            "x.CSV",
            "assets/stations.csv",
            "data/x.json",
            "daten/x.xml",
            "datasets/a/b.txt",
            "data/x.zip",
            "data/x.yml",
            "trees-data.json",
            "daten_2024-05.zip",
            "data.zip",
            "public/data/trees.json",
            "data/elevation.tif",
            "weights.pkl",
            "results/frame.pickle",
            "fixtures/districts.csv",
            "data/x.pkl",
        ],
    );
    assert_eq!(look("web/trees.json", Some(1 << 20)).0, Class::Data);
    assert_eq!(look("web/trees.xml", Some(3 << 20)).0, Class::Data);
}

#[test]
fn models() {
    all_are(
        Class::Model,
        &[
            "net.pt",
            "a/b.pth",
            "x.onnx",
            "x.safetensors",
            "x.weights",
            "x.tflite",
            "x.joblib",
            "x.ckpt",
            "x.gguf",
            "models/x.pkl",
            "model/x.bin",
            "data/models/x.pkl",
            "pytorch_model.bin",
            "saved_model.pb",
        ],
    );
}

#[test]
fn assets() {
    all_are(
        Class::Asset,
        &[
            "logo.png",
            "a.svg",
            "style.css",
            "font.woff2",
            "locales/de.json",
            "i18n/en.yml",
            "src/lang/de-DE.ts",
            "lang/pt_br.php",
            "locale/de/LC_MESSAGES/app.po",
            "locale/de/LC_MESSAGES/app.mo",
            "i18n/data/de.json",
            "translations/strings.csv",
            "notes.txt",
            "a.zip",
            "app.jar",
            "scan.tif",
            "firmware.bin",
            "unknown.xyz",
            "noextension",
            "data/photo.jpg",
        ],
    );
}

#[test]
fn vendored() {
    mark_is(
        Mark::Vendored,
        &[
            "node_modules/a/index.js",
            "vendor/x.go",
            "a/third_party/x.c",
            "Pods/x.m",
            "js/a.min.js",
            "css/a.min.css",
            "js/jquery-3.6.0.js",
            "gradlew",
            ".yarn/releases/yarn-4.cjs",
            ".venv/lib/x.py",
            "gradle/wrapper/x.properties",
        ],
        &["src/vendors.py", "wrapper/x.js", "vendor.js", "src/jqueryless.js", "yarn/releases/a.js", "external/x.c"],
    );
}

#[test]
fn generated() {
    mark_is(
        Mark::Generated,
        &[
            "package-lock.json",
            "Cargo.lock",
            "dist/a.js",
            "src/generated/x.ts",
            "a_pb2.py",
            "x.pb.go",
            "a.js.map",
            "model.g.dart",
            "man/load.Rd",
        ],
        &["src/generate.py", "src/dist/a.js", "generator/x.py", "requirements.txt", "package.json"],
    );
}

#[test]
fn tests() {
    mark_is(
        Mark::Test,
        &[
            "tests/a.py",
            "src/test/java/X.java",
            "spec/a_spec.rb",
            "src/__tests__/a.ts",
            "testdata/x.csv",
            "a/mocks/x.json",
            "e2e/a.ts",
            "cypress/e2e/a.js",
            "src/a.test.ts",
            "src/a.spec.ts",
            "test_a.py",
            "a_test.go",
            "conftest.py",
            "src/AppTest.java",
            "tests/fixtures/x.csv",
            "test/data/x.json",
            "Civic.Tests/A.cs",
            "core-tests/a.rs",
            "spec/fixtures/csv/a.csv",
            "src/ext-test/resources/a.csv",
            "test_csv_files/a.csv",
            "features/a.feature",
        ],
        &[
            "fixtures/districts.csv",
            "app/fixtures/initial.json",
            "spec/openapi.yaml",
            "spec/rules.md",
            "spec/api.proto",
            "src/latest.py",
            "src/Contest.java",
            "src/attest.go",
            "corona-test/a.py",
            "testing/a.py",
            "a.test.csv",
            "protest/a.py",
            "src/Latest.java",
            "inspector/a.py",
            "data/trees.csv",
            "src/mocking.py",
        ],
    );
}

#[test]
fn examples() {
    mark_is(
        Mark::Example,
        &[
            "examples/a.py",
            "example/data.csv",
            "docs/examples/x.json",
            "demo/index.html",
            "samples/a.py",
            "example.py",
            "example.csv",
            "trees-example.csv",
            "data/samples/readme.md",
        ],
        &[
            ".env.example",
            "config.yml.example",
            "env.example",
            "settings.example.py",
            "data/samples/water.csv",
            "src/exampleless.py",
            "example.json",
            "sampling/a.py",
            "democracy/a.py",
        ],
    );
}

#[test]
fn build_output() {
    mark_is(
        Mark::BuildOutput,
        &[
            "dist/a.js",
            "web/build/x.js",
            "target/x",
            "_site/index.html",
            ".svelte-kit/x",
            "x/.netlify/y",
            "src/__pycache__/x",
        ],
        &[
            "src/build/mod.rs",
            "src/target/x.rs",
            "build.py",
            "distribution/x.py",
            "targets/x.py",
            "lib/dist/x.js",
            "build",
        ],
    );
}

#[test]
fn files_at_the_root_are_no_tests_by_folder() {
    for path in ["main.py", "data.csv", "README.md", "tests", "examples"] {
        let marks = look(path, None).1;
        assert!(!marks.has(Mark::Test) && !marks.has(Mark::Example), "{path}");
    }
}

#[test]
fn marks_are_set_and_removed() {
    let mut marks = Marks::default();
    assert!(marks.none());
    marks.set(Mark::Vendored);
    marks.set(Mark::Test);
    marks.unset(Mark::Vendored);
    assert!(marks.has(Mark::Test) && !marks.has(Mark::Vendored) && !marks.none());
}

#[test]
fn names_that_are_hostile() {
    for path in ["", ".", "..", "...", "*", "a\u{202e}b.csv", "İ.CSV", "\u{1f600}"] {
        look(path, Some(u64::MAX));
    }
    let bytes = RepoPath::new(b"d\xff/\xfe.csv");
    assert_eq!(Folder::of(bytes.folder()).file(&bytes, None).0, Class::Data);
}
