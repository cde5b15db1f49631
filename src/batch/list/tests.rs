use super::*;
use crate::batch::Location;
use crate::phrase::Lang;
use std::path::PathBuf;

fn parsed(name: &str, text: &str) -> List {
    parse(Path::new(name), text.as_bytes().to_vec(), &Limits::default())
        .unwrap_or_else(|mistakes| panic!("{name}: {mistakes:?}"))
}

/// What is wrong, as a person reads it.
fn refused(name: &str, text: &str, lang: Lang) -> Vec<String> {
    let mistakes = parse(Path::new(name), text.as_bytes().to_vec(), &Limits::default()).unwrap_err();
    mistakes.iter().map(|mistake| crate::output::encode::terminal(&mistake.message(lang))).collect()
}

fn told(list: &List) -> Vec<String> {
    list.told.iter().map(|told| crate::output::encode::terminal(&told.message(Lang::En))).collect()
}

fn entry(repo: &str, name: Option<&str>, owner: Option<&str>) -> Listed {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Listed { repo: repo.to_owned(), location: location(repo).unwrap(), name: owned(name), owner: owned(owner) }
}

#[test]
fn every_form_names_the_same() {
    let both = [
        entry("https://git.example.org/amt/a.git", Some("A"), Some("Amt für Beispiele")),
        entry("../clones/b", Some("B"), Some("Amt für Beispiele")),
    ];
    for (name, text) in [
        (
            "list.csv",
            "name,url,organisation\r\n\
             A,https://git.example.org/amt/a.git,Amt für Beispiele\r\n\
             # not yet\r\n,,\r\n\
             B,../clones/b,Amt für Beispiele\r\n",
        ),
        (
            "list.csv",
            "\u{feff}Adresse;Behörde;Titel\nhttps://git.example.org/amt/a.git;Amt für Beispiele;A\n../clones/b;\"Amt für Beispiele\";B\n",
        ),
        (
            "list.txt",
            "name\trepo\towner\nA\thttps://git.example.org/amt/a.git\tAmt für Beispiele\nB\t../clones/b\tAmt für Beispiele\n",
        ),
        (
            "list.jsonl",
            "{\"clone_url\": \"https://git.example.org/amt/a.git\", \"url\": \"https://api.example.org/1\", \
             \"name\": \"A\", \"owner\": {\"login\": \"Amt für Beispiele\"}}\n\n\
             {\"path\": \"../clones/b\", \"name\": \"B\", \"owner\": \"Amt für Beispiele\"}\n",
        ),
        (
            "list.json",
            "{\"repositories\": [{\"url\": \"https://git.example.org/amt/a.git\", \"name\": \"A\",\n\
             \"publisher\": \"Amt für Beispiele\"},\n{\"repo\": \"../clones/b\", \"titel\": \"B\", \
             \"herausgeber\": \"Amt für Beispiele\"}]}",
        ),
        (
            "list.yml",
            "- url: https://git.example.org/amt/a.git\n  name: A\n  owner: &amt Amt für Beispiele\n\
             - path: ../clones/b\n  name: B\n  owner: *amt\n",
        ),
    ] {
        let list = parsed(name, text);
        assert_eq!(list.listed, both, "{name}: {text}");
        assert_eq!((list.groups, list.told), (vec![], vec![]), "{name}");
    }
}

#[test]
fn lines_are_keys_as_they_stand() {
    let list = parsed("list.txt", "\u{feff}# ours\r\n\r\nhttps://git.example.org/a\r\n  /srv/with blank\r\n./c#1\n");
    let keys: Vec<&str> = list.listed.iter().map(|entry| entry.repo.as_str()).collect();
    assert_eq!(keys, ["https://git.example.org/a", "/srv/with blank", "./c#1"]);
    assert_eq!(list.listed[2].location, Location::Folder(PathBuf::from("./c#1")));
    let strings = parsed("list.json", "[\"https://git.example.org/a\", \"b\"]");
    assert_eq!(strings.listed.len(), 2);
}

#[test]
fn one_place_is_one_entry() {
    let list = parsed("l", "https://git.example.org/a\nb\nhttps://git.example.org/a.git/\nhttp://git.example.org/c\n");
    assert_eq!(list.listed.len(), 3);
    assert_eq!(
        told(&list),
        [
            "addresses with http:// are asked over https:// (1 of them)",
            "l:3: https://git.example.org/a.git/ stands in line 1 already and is looked at once",
        ]
    );
    assert_eq!(list.listed[2].location, Location::Remote("https://git.example.org/c".to_owned()));
    let many = parsed("l", &"a\n".repeat(30));
    assert_eq!((many.listed.len(), many.told.len()), (1, 21));
}

#[test]
fn one_mistake_refuses_the_list_and_all_are_told() {
    assert_eq!(
        refused("l", "a\nhttps://ada:geheim@git.example.org/a\n\next::sh -c x\n", Lang::De),
        [
            "l:2: https://…@git.example.org/a enthält einen Benutzernamen oder ein Passwort; überlassen Sie beides Gits \
             Credential-Helper",
            "l:4: ext::sh -c x würde ein Hilfsprogramm von Git starten; geholt wird nur mit https:// und ssh://",
        ]
    );
    let many = refused("l", &"-x\n".repeat(30), Lang::En);
    assert_eq!((many.len(), many[20].as_str()), (21, "and 10 more mistakes"));
    for (name, text, first) in [
        ("l", "# nothing\n", "l names no repository"),
        ("l.csv", "", "l.csv names no repository"),
        ("l.csv", "stars;language\n1;Rust\n", "l.csv:1: no column of this header is known to hold the address"),
        ("l.csv", "name,url\nA,a\n\n# later\nB,\n", "l.csv:5: the address is missing in this row"),
        ("l.json", "[\"a\",\n\"b\",]", "l.json:2: this is no JSON"),
        ("l.json", "[\n \"a\",\n {\"stars\": 1}\n]", "l.json:2: this entry has no address"),
        ("l.json", "[\n\"a\",\n\"-b\"]", "l.json:3: -b begins with"),
        ("l.json", "[[\"a\"]]", "l.json:1: this entry is neither text nor an object"),
        ("l.jsonl", "\"a\"\n{\n", "l.jsonl:2: this is no JSON"),
        ("l.jsonl", "\"a\"\n\n\"git://git.example.org/a\"\n", "l.jsonl:3: git://git.example.org/a: repositories are"),
        ("l.yml", "- name: a\n  repos:\n   - b\n  - c\n", "l.yml:4: this is no YAML"),
        (
            "l.yml",
            "- name: a\n  repos:\n    - https://git.example.org/\n",
            "l.yml:3: https://git.example.org/ names a host",
        ),
        ("l.yml", "- name: a\n  orgs: [../folder]\n", "l.yml:2: ../folder is no address of a group"),
        ("l.yml", "just text", "l.yml:1: this is no list"),
    ] {
        let told = refused(name, text, Lang::En);
        assert!(told.first().is_some_and(|told| told.starts_with(first)), "{name} {text:?}: {told:?}");
    }
}

#[test]
fn publishers() {
    let text = "---\n\
        - id: amt\n  name: Amt für Beispiele\n  orgs:\n    - https://github.com/example-amt\n    \
          - https://gitlab.example.org/amt/sub/\n  repos:\n    - https://git.example.org/amt/a\n\
        - id: 12\n  repos: [\"https://git.example.org/b.git\"]\n  orgs: []\n\
        - name: nobody\n  orgs: []\n  repos: []\n";
    let list = parsed("publishers.yml", text);
    assert_eq!(
        list.listed,
        [
            entry("https://git.example.org/amt/a", None, Some("Amt für Beispiele")),
            entry("https://git.example.org/b.git", None, Some("12")),
        ]
    );
    let group = |address: &str| Group { address: address.into(), owner: Some("Amt für Beispiele".into()) };
    assert_eq!(list.groups, [group("https://github.com/example-amt"), group("https://gitlab.example.org/amt/sub/")]);
    assert_eq!(told(&list), ["the publisher nobody names no repository"]);

    let api = "{\"data\": [{\"description\": \"Amt\", \"codeHosting\": [\
        {\"url\": \"https://github.com/example-amt/\", \"group\": true}, \
        {\"url\": \"https://git.example.org/amt/a\", \"group\": false}]}]}";
    let list = parsed("publishers.json", api);
    assert_eq!((list.listed.len(), list.groups.len()), (1, 1));
    assert_eq!(list.groups[0].owner.as_deref(), Some("Amt"));
}

#[test]
fn bombs_are_refused() {
    let aliases = (0..9).fold("a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, number| {
        let many = format!("*a{number},").repeat(9);
        format!("{text}a{0}: &a{0} [{many}]\n", number + 1)
    });
    assert!(refused("l.yml", &aliases, Lang::En)[0].contains("no YAML"));
    assert!(refused("l.json", &"[".repeat(100_000), Lang::En)[0].contains("no JSON"));
    let few = Limits { entries: 2, ..Limits::default() };
    assert!(parse(Path::new("l"), b"a\nb\nc\n".to_vec(), &few).is_err());
}

#[test]
fn folders_of_clones() {
    let temp = tempfile::tempdir().unwrap();
    let root = temp.path().join("clones");
    for folder in [
        "b/.git",
        "a/.git",
        "a/vendor/inner/.git",
        "group/sub/c/.git",
        "group/bare.git/objects",
        "group/bare.git/refs",
        ".github/.git",
        ".hidden/d/.git",
        "plain/src",
        "1/2/3/4/.git",
        "1/2/3/5/6/.git",
    ] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    fs::write(root.join("group/bare.git/HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::create_dir_all(root.join("worktree")).unwrap();
    fs::write(root.join("worktree/.git"), "gitdir: elsewhere\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(root.join("a"), root.join("link")).unwrap();
    let list = read(&root, &Limits::default()).unwrap();
    let names: Vec<&str> = list.listed.iter().filter_map(|entry| entry.name.as_deref()).collect();
    assert_eq!(names, [".github", "1/2/3/4", "a", "b", "group/bare.git", "group/sub/c", "worktree"]);
    assert_eq!(list.listed[3].repo, root.join("b").to_str().unwrap());
    assert_eq!(list.listed[3].location, Location::Folder(root.join("b")));
    #[cfg(unix)]
    assert_eq!(list.told.len(), 2, "{:?}", list.told);
    let one = read(&root.join("a"), &Limits::default()).unwrap();
    assert_eq!((one.listed.len(), one.told.len()), (1, 1));
    assert!(read(&root.join("plain"), &Limits::default()).is_err());
    assert!(read(&root, &Limits { folders: 2, ..Limits::default() }).is_err());
    assert!(read(&root.join("nowhere"), &Limits::default()).is_err());
}

/// Whatever a list is cut to, and whatever stands in it: an answer, and no control character in an entry.
#[test]
fn nothing_panics() {
    let texts = [
        "\u{feff}https://git.example.org/ä.git\r\ngit@h:a\n[::1]:x\nssh://a@[::1]:22/é\nfile:///%c3%a4%\n-\n\u{1b}\n",
        "name;url;owner\n\"a\"\"b\";https://git.example.org/ä;\"x\ny\"\n;;\n#\n\"",
        "{\"repos\": [{\"url\": \"https://git.example.org/\\u00e4\"}, \"b\", null, 1]}\n",
        "- name: ä\n  orgs: [https://github.com/ä, {a: b}]\n  codeHosting:\n    - {url: https://git.example.org/a}\n",
    ];
    let mut state = 7_u32;
    for text in texts {
        for name in ["l", "l.csv", "l.json", "l.jsonl", "l.yml"] {
            for cut in 0..text.len() {
                let mut bytes = text.as_bytes()[..cut].to_vec();
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                if let Some(byte) = bytes.get_mut(state as usize % (cut + 1)) {
                    *byte = state.to_le_bytes()[3];
                }
                let Ok(list) = parse(Path::new(name), bytes, &Limits::default()) else { continue };
                assert!(list.listed.iter().all(|entry| !entry.repo.trim().contains(char::is_control)), "{list:?}");
            }
        }
    }
}

#[test]
fn lists_are_put_together() {
    let mut list = parsed("l", "https://git.example.org/a\n");
    list.listed.push(entry("https://git.example.org/a.git", Some("amt/a"), None));
    list.listed.push(entry("https://git.example.org/b.git", Some("amt/b"), None));
    let list = list.without_doubles();
    assert_eq!((list.listed.len(), list.listed[0].name.as_deref()), (2, None));
    assert_eq!(told(&list), ["repositories that were named twice are looked at once (1)"]);
}

#[test]
fn large_lists_are_refused() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("list.txt");
    fs::write(&file, "a\nb\n").unwrap();
    assert_eq!(read(&file, &Limits::default()).unwrap().listed.len(), 2);
    assert!(read(&file, &Limits { bytes: 3, ..Limits::default() }).is_err());
}
