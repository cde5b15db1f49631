#!/usr/bin/env bash
# The version of a tag, as an output of a step; fails where sources or changelog say otherwise.
#
#   scripts/release/version.sh v0.1.0
set -euo pipefail
cd "$(dirname "$0")/../.."
tag=$1
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | sed -n 1p)
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || { echo "Cargo.toml has no version" >&2; exit 1; }
[ "$tag" = "v$version" ] || { echo "the tag is $tag, the version in Cargo.toml $version" >&2; exit 1; }
grep -q "^## \[*$version" CHANGELOG.md || { echo "CHANGELOG.md has no section $version" >&2; exit 1; }
printf 'version=%s\n' "$version"
