//! Are commands read as a person reads them, and is what is uncertain left alone?

use super::*;
use crate::repository::testing;

/// What the commands of README.md need and do not find.
fn missing(files: &[(&str, &str)], readme: &str) -> Vec<String> {
    let files: Vec<(&str, &str)> = files.iter().chain([&("README.md", readme)]).copied().collect();
    let yard = testing::folder(&files);
    let repo = Repository::open(yard.path(), testing::options()).expect("a folder");
    let needs = all(&repo, &Corpus::of(&repo), &[]);
    needs.into_iter().filter(|need| !need.there).map(|need| need.what).collect()
}

#[test]
fn what_commands_need() {
    let files = [
        ("Makefile", "test:\n\techo\n"),
        ("justfile", "test:\n  echo\n"),
        ("package.json", r#"{"scripts":{"dev":"vite"}}"#),
        ("composer.json", r#"{"scripts":{"check":"x"}}"#),
        ("pom.xml", "<profile><id>fast</id></profile>"),
        ("src/run.py", ""),
        ("src/wificonnect.lua", ""),
        (".env.sample", ""),
        ("requirements.txt", ""),
        (".gitignore", "local.yml\n"),
    ];
    for (command, wanted) in [
        ("make test", None),
        ("make deploy", Some("deploy")),
        ("just deploy", Some("deploy")),
        ("npm run dev", None),
        ("npm run build", Some("build")),
        ("yarn build", None),
        ("composer check", None),
        ("composer lint", Some("lint")),
        ("composer install", None),
        ("mvn -P fast install", None),
        ("mvn -Pslow install", Some("slow")),
        ("python src/run.py", None),
        ("cd src && python run.py", None),
        ("python src/walk.py", Some("src/walk.py")),
        ("python -m walk", None),
        ("bash scripts/setup.sh", Some("scripts/setup.sh")),
        ("./scripts/setup.sh", Some("scripts/setup.sh")),
        ("cp .env.sample .env", None),
        ("cp .env.example .env", Some(".env.example")),
        ("cp /etc/x.yml .", None),
        ("pip install -r requirements.txt", None),
        ("pip install -r requirements-dev.txt", Some("requirements-dev.txt")),
        ("docker compose -f dev.yml up", Some("dev.yml")),
        ("docker compose -f local.yml up", None),
        ("touch dev.yml\ndocker compose -f dev.yml up", None),
        ("curl -o dev.yml https://muster.test/dev.yml\ndocker compose -f dev.yml up", None),
        ("python <your-script>.py", None),
        ("cd src/deep", Some("src/deep")),
        ("cd trees", None),
        ("cd src\ncd trees", Some("trees")),
        ("cd ../other\npython other.py", None),
        (
            "git clone https://muster.test/a/one.git\ngit clone https://muster.test/a/two.git\ncd two\npython two.py",
            None,
        ),
        (
            "git clone https://muster.test/water.git\ngit clone https://muster.test/water-rain.git\ncd water-rain/x\npython two.py",
            None,
        ),
        ("cp .env.sample .env\ngit clone https://muster.test/watch.git -b v4 --depth 1\ncd watch\n./autogen.sh", None),
        ("git clone https://muster.test/a/one.git\ncd one\npython two.py", Some("two.py")),
        ("docker exec -it web bash\npython two.py", None),
        ("cd src && lua wifi_connect.lua", Some("wifi_connect.lua")),
        ("lua elsewhere.lua", None),
    ] {
        let found = missing(&files, &format!("Water.\n\n```sh\n{command}\n```\n"));
        assert_eq!(found, wanted.into_iter().map(str::to_owned).collect::<Vec<_>>(), "{command}");
    }
}

#[test]
fn what_sentences_say() {
    for (text, wanted) in [
        ("Then `make deploy`.", vec!["deploy"]),
        ("Then make deploy.", vec![]),
        ("Create `walk.py` first.\n\n```\npython walk.py\n```\n", vec![]),
        ("Look at `walk.py`.\n\n```\npython walk.py\n```\n", vec!["walk.py"]),
        ("```python\nmake deploy\n```\n", vec![]),
    ] {
        assert_eq!(missing(&[("Makefile", "test:\n")], text), wanted, "{text}");
    }
}

#[test]
fn each_option_and_program_is_followed() {
    for (start, options) in &NAMES.options {
        for option in options {
            let command = format!("```\n{start} {option} gone.yml\n```\n");
            assert_eq!(missing(&[], &command), ["gone.yml"], "{command}");
        }
    }
    for (program, endings) in &NAMES.runs {
        for ending in endings {
            let command = format!("```\n{program} gone.{ending}\n```\n");
            assert_eq!(missing(&[], &command), [format!("gone.{ending}")], "{command}");
            assert!(missing(&[], &format!("```\n{program} gone.xyz\n```\n")).is_empty(), "{program}");
        }
    }
}
