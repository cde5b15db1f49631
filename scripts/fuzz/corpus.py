#!/usr/bin/env python3
"""Where does a fuzzer begin? Writes fuzz/corpus/<target>/: files of the fixtures, and small ones made by hand.

    scripts/fuzz/corpus.py [FOLDER...]     also from these folders: repositories of your own, say

Nothing of it is committed. Targets that read several kinds of files choose one by the first byte; which one that is
stands in src/fuzzing/, and is read from there.
"""
import hashlib
import pathlib
import re
import struct
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "fuzz" / "corpus"
LARGEST = 32 << 10  # bytes of a seed; a fuzzer learns little from larger ones
MOST = 400  # seeds of a target from each folder
PART, NAME = b"\xfe", b"\xff"


def put(target, data):
    """One seed, named as libFuzzer names what it keeps."""
    if len(data) <= LARGEST:
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha1(data).hexdigest()).write_bytes(data)


def names(source, after):
    """The names in the first list of a source that follows these words."""
    text = (ROOT / "src/fuzzing" / source).read_text()
    start = text.index(after)
    begin = text.index("[", text.index("=", start))
    return re.findall(r'"([^"]+)"', text[begin : text.index("];", begin)])


CHOICES = {
    "package_manifests": names("metadata.rs", "const MANIFESTS"),
    "workflow_yaml": names("metadata.rs", "const WORKFLOWS"),
    "codemeta_json": names("metadata.rs", "fn codemeta_json"),
    "markdown_readme": names("prose.rs", "fn markdown_readme"),
    "source_code": names("prose.rs", "fn source_code"),
}


def suffix(name):
    return pathlib.PurePosixPath(name).suffix.lower()


def chosen(target, path, data):
    """Seeds for the choices that a file of this path stands for."""
    for number, name in enumerate(CHOICES[target]):
        if target == "workflow_yaml":
            folder = name.rsplit("/", 1)[0] + "/"
            fits = path.name == pathlib.PurePosixPath(name).name or ("/" in name and folder in str(path))
        elif target == "source_code":
            fits = path.name == pathlib.PurePosixPath(name).name or suffix(name) and suffix(name) == suffix(path.name)
        elif target == "markdown_readme":
            fits = suffix(name) == suffix(path.name) and suffix(name) or path.name == name
        else:
            fits = path.name == name or suffix(name) in (".gemspec", ".cabal", ".csproj") and suffix(name) == suffix(path.name)
        if fits:
            put(target, bytes([number]) + data)


def one(path):
    """Seeds of one file."""
    data = path.read_bytes()
    name = path.name.lower()
    if not data or len(data) > LARGEST:
        return
    for target in CHOICES:
        chosen(target, path, data)
    if name.startswith("publiccode.y"):
        put("publiccode", data)
    if name == "citation.cff":
        put("citation", data)
    if name.endswith(".ipynb"):
        put("notebook", data)
    if name in ("civiclint.toml", ".civiclint.toml") or "policies" in path.parts and name.endswith(".toml"):
        put("own_config", b"\0" + data)
    if "good-rules" in path.parts and name.endswith(".md"):
        put("own_config", b"\1" + data)
    if name in (".gitattributes", ".gitignore", "codeowners", "maintainers", "authors"):
        put("gitattributes_codeowners", b"\0" + data)
    if re.match(r"licen[sc]e|copying|notice|lizenz", name) or "LICENSES" in path.parts:
        put("licence_match", b"\0" + data)
        put("licence_match", b"\1" + data)
    if name.endswith((".csv", ".tsv")):
        put("tables", b"\0" + data[:4096])
    for written in re.findall(rb"SPDX-License-Identifier: *([^\r\n*\"<]+)", data):
        put("spdx_expr", written.strip())
    for written in re.findall(rb"https?://[^\s\"'<>)\]]+", data)[:20]:
        put("url_clone", written)


def whole(folder):
    """A folder as one seed of `tree`."""
    parts = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in ("history.toml", "settings.toml") and path.stat().st_size <= 8192:
            parts.append(name.encode() + NAME + path.read_bytes())
    put("tree", PART.join(parts[:40]))


def index(paths, version=2, hash_bytes=20):
    """An index of git that tracks these paths (gitformat-index(5))."""
    data = b"DIRC" + struct.pack(">II", version, len(paths))
    for path in sorted(paths):
        entry = bytes(24) + struct.pack(">I", 0o100644) + bytes(12) + b"\7" * hash_bytes
        entry += struct.pack(">H", min(len(path), 0xFFF)) + path
        data += entry + bytes(8 - len(entry) % 8)
    return data + bytes(hash_bytes)


def by_hand():
    """What no fixture holds."""
    commit = b"1" * 40
    put("commit", b"tree %s\nparent %s\nauthor A B <a@b.de> 5 +0100\ncommitter C <c@d.de> 7 -0200\n\nFirst\n" % (commit, commit))
    put("commit", b"object %s\ntype commit\ntag v1\ntagger A <a@b.de> 5 +0000\n\nv1\n" % commit)
    put("commit", b"tree %s\nauthor A <a> 1 +0\ngpgsig x\n y\n\nx\0Proper <p@x> Other <o@x>\n<a@x> <b@x>\n" % commit)
    for number, size in enumerate((20, 32)):
        for version in (2, 3, 4):
            put("index_paths", bytes([number]) + index([b"README.md", b"src/a.py", b"x/../y", b".git/config"], version, size))
    for head in (b"ref: refs/heads/main\n", commit + b"\n", b"ref: refs/heads/../../x\n"):
        packed = b"# pack-refs with: peeled fully-peeled sorted \n%s refs/heads/main\n%s refs/tags/v1\n^%s\n" % (commit, commit, commit)
        put("head_refs", PART.join([head, packed, commit + b"\n", b"v1"]))
    config = b"[core]\n\trepositoryformatversion = 1\n\tbare = false\n[remote \"origin\"]\n\turl = https://muster.de/a.git\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n\tpartialclonefilter = blob:limit=1m\n[extensions]\n\tobjectformat = sha256\n"
    put("gitdir_preflight", b"\0" + PART.join([config, b"ref: refs/heads/main\n", b"", commit + b"\n", b"../../other/.git/objects\n", b""]))
    put("gitdir_preflight", b"\1gitdir: ../other/.git\n")
    put("gitdir_preflight", b"\1gitdir: ../other/.git/worktrees/x\n")
    for path in (b"README.md", b"in/a", b"out/secret", b"docs/deep/out", b"docs/../../outside/secret", b"absolute/secret",
                 b"docs/a\0docs\0../x", b"git/config", b".GIT/config", b"a\0a\0b\0b\0a", b"self/self/in/a"):
        put("path_rel", path)
    for written in (b"MIT", b"GPL-2.0+ WITH Classpath-exception-2.0", b"(MIT OR Apache-2.0) AND BSD-3-Clause", b"MIT/Apache-2.0",
                    b"LicenseRef-x AND DocumentRef-a:LicenseRef-b", b"EUPL 1.2", b"Apache License, Version 2.0", b"mit or (gpl-3.0 and zlib)"):
        put("spdx_expr", written)
    for address in (b"https://github.com/a/b", b"git@github.com:a/b.git", b"ssh://git@h:22/a", b"ext::sh -c x", b"file:///tmp/a",
                    b"https://u:p@h/a", b"-oProxyCommand=x", b"C:\\a", b"https://[::1]:443/a/b", b"github:a/b", b"../a"):
        put("url_clone", address)
        put("url_clone", address + PART + b"url,owner\n" + address + b",Amt\n")
    put("url_clone", PART + b"- id: amt\n  orgs:\n    - https://github.com/amt\n  repos:\n    - https://muster.de/a/b\n")
    put("url_clone", PART + b'[{"url": "https://muster.de/a/b", "owner": "Amt"}]')
    hostile = [b"\1src/main.rs", b"\2a b#?&%.py", b"\3caf\xe9\n.yml", b"\0::error::x", b"\2##[add-path]/tmp", b"\1\x1b[2J", b"\2=1+1", b"\1@x",
               b"\2<script>alert(1)</script>", b"\1[x](https://a.de)", b"\2`code`|cell", b"\1a\\|b", b"\2\xe2\x80\xaertl", b"\1](x", b"\2https://a.de/x_y?z=<b>",
               b"\1-->", b"\1'\"&amp;", b"\1$x$", b"\1[^1]", b"\1~~x~~", b"\1- [ ] x", b"\1  \r\n x", b"\1../../x", b"\1a//b", b"\1 ::notice::"]
    for target in ("enc_csv", "enc_github", "enc_html", "enc_markdown", "enc_sarif", "enc_text"):
        for text in hostile:
            put(target, text)
            put(target, text[1:])
        put(target, PART.join(hostile))
    put("tree", PART.join([b"README.md" + NAME + b"# Trees\n\nSee [data](data/).\n", b"@link" + NAME + b"../secret", b"src/a.py" + NAME + b"import os\n"]))
    author = struct.pack("<I", 3) + b"Ada" + struct.pack("<I", 3) + b"a@b"
    for frame in (b"\0" + b"\2" + struct.pack("<I", 1) + author, b"\0" + b"\0" + b"1" * 20, b"\1" + b"\3" + b"2" * 20, b"\0\4" + struct.pack("<IIq", 1, 7, 9),
                  b"\0" + struct.pack("<I", 2) + b"\0\0", b"\1\0" + struct.pack("<I", 4) + b"/tmp" + struct.pack("<II", 0, 9)):
        put("worker_reply", frame)
    put("own_config", b'\0extends = ["civic"]\nfail-on = "error"\nexclude = ["data/**"]\n[rules]\n"docs/readme-missing" = "off"\n[[waivers]]\nrule = "licence/missing"\nreason = "x"\nuntil = 2027-01-01\n')


def main():
    folders = [pathlib.Path(folder) for folder in sys.argv[1:]]
    by_hand()
    for profile in (ROOT / "profiles").glob("*.toml"):
        put("own_config", b"\0" + profile.read_bytes())
    for page in (ROOT / "rules").glob("*/*.md"):
        put("own_config", b"\1" + page.read_bytes())
    for case in sorted((ROOT / "fixtures/rules").glob("*/*/*")):
        whole(case)
    for root in [ROOT / "fixtures", ROOT / "src/reading/licence_text/texts", *folders]:
        seen = {}
        for path in sorted(root.rglob("*")):
            if ".git" in path.parts or path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
                continue
            kind = path.name if path.name[0] == "." or "." not in path.name else path.suffix
            seen[kind] = seen.get(kind, 0) + 1
            if root == ROOT / "fixtures" or seen[kind] <= MOST:
                one(path)
    for folder in sorted(CORPUS.iterdir()):
        print(f"{folder.name}: {sum(1 for _ in folder.iterdir())}")


main()
