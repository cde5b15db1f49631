#!/usr/bin/env python3
"""Which packages are in the program? A CycloneDX 1.6 document on standard output, from `cargo metadata` and Cargo.lock.

    scripts/release/sbom.py VERSION

Packages of tests and build scripts are left out: they are not in what is released. Without a clock and random numbers:
the same sources give the same document.
"""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

root = Path(__file__).resolve().parents[2]
version = sys.argv[1]


def metadata():
    """What cargo knows of all packages, in the versions of Cargo.lock."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    return json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)


def shipped(resolve):
    """The packages that end up in the program, each with those it uses."""
    uses = {}
    for node in resolve["nodes"]:
        normal = [d["pkg"] for d in node["deps"] if any(kind["kind"] is None for kind in d["dep_kinds"])]
        uses[node["id"]] = sorted(normal)
    found, todo = {}, [resolve["root"]]
    while todo:
        package = todo.pop()
        if package not in found:
            found[package] = uses[package]
            todo.extend(uses[package])
    return found


def purl(package):
    return f"pkg:cargo/{package['name']}@{package['version']}"


def component(package, hashes):
    found = {"type": "library", "bom-ref": purl(package), "name": package["name"], "version": package["version"]}
    found["purl"] = purl(package)
    if package["license"]:
        # Some packages still separate alternatives by a slash.
        found["licenses"] = [{"expression": package["license"].replace("/", " OR ")}]
    if hash := hashes.get((package["name"], package["version"])):
        found["hashes"] = [{"alg": "SHA-256", "content": hash}]
    return found


data = metadata()
packages = {package["id"]: package for package in data["packages"]}
program = packages[data["resolve"]["root"]]
if program["version"] != version:
    sys.exit(f"the version in Cargo.toml is {program['version']}")
lock = tomllib.loads((root / "Cargo.lock").read_text())
hashes = {(p["name"], p["version"]): p["checksum"] for p in lock["package"] if "checksum" in p}
tree = shipped(data["resolve"])
libraries = sorted((packages[id] for id in tree if id != program["id"]), key=purl)
document = {
    "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "version": 1,
    "metadata": {"component": component(program, hashes) | {"type": "application"}},
    "components": [component(package, hashes) for package in libraries],
    "dependencies": sorted(
        ({"ref": purl(packages[id]), "dependsOn": sorted(purl(packages[use]) for use in used)} for id, used in tree.items()),
        key=lambda entry: entry["ref"],
    ),
}
json.dump(document, sys.stdout, indent=2)
print()
