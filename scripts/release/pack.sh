#!/usr/bin/env bash
# Builds the program for a target, tries it, and packs it with what must go along.
#
#   scripts/release/pack.sh x86_64-unknown-linux-musl 0.1.0 dist
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$1 version=$2 into=$3
# PROFILE=dev packs a debug build; for trying this script.
profile=${PROFILE:-release}
cargo build --locked --profile "$profile" --bin civiclint --target "$target"
folder=target/$target/$([ "$profile" = dev ] && echo debug || echo "$profile")
name=civiclint-$version-$target

packing=$(mktemp -d)
trap 'rm -rf "$packing"' EXIT
cp "$folder/civiclint" "$packing/civiclint"
cp LICENSE README.md README.de.md CHANGELOG.md "$packing/"
strip "$packing/civiclint"
case $target in
*-musl) ! ldd "$packing/civiclint" 2>/dev/null | grep -q '=>' || { echo "$name is not static" >&2; exit 1; } ;;
esac
[ "$("$packing/civiclint" --version)" = "civiclint $version" ]
"$packing/civiclint" check . --fail-on never --format json --output "$packing/report.json" || [ $? -eq 3 ]
grep -q '"schema": "civiclint/report/1"' "$packing/report.json"
rm "$packing/report.json"
"$packing/civiclint" man >"$packing/civiclint.1"

mkdir -p "$into"
tar -czf "$into/$name.tar.gz" -C "$packing" civiclint civiclint.1 LICENSE README.md README.de.md CHANGELOG.md
echo "$into/$name.tar.gz"
