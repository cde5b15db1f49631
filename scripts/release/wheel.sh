#!/usr/bin/env bash
# Packs the program as a Python wheel, installs it where nothing else is, and runs it.
#
#   scripts/release/wheel.sh                                        for this machine
#   scripts/release/wheel.sh x86_64-unknown-linux-musl "manylinux2014 musllinux_1_1" wheels
#
# PROFILE=dev takes the debug build. Needs Python 3.8 with venv; maturin comes from PyPI into target/maturin.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${1:-} compatibility=${2:-linux} into=${3:-target/wheels}
[ -x target/maturin/bin/maturin ] || {
  python3 -m venv target/maturin
  target/maturin/bin/pip install --quiet --disable-pip-version-check maturin==1.16.0
}
rm -rf "$into"
arguments=(--locked --profile "${PROFILE:-release}" --strip --out "$into")
[ -z "$target" ] || arguments+=(--target "$target")
for tag in $compatibility; do arguments+=(--compatibility "$tag"); done
target/maturin/bin/maturin build "${arguments[@]}"

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
python3 -m venv "$fresh"
"$fresh/bin/pip" install --quiet --disable-pip-version-check --no-index "$into"/*.whl
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | sed -n 1p)
[ "$("$fresh/bin/civiclint" --version)" = "civiclint $version" ]
"$fresh/bin/civiclint" check . --fail-on never --format json --output "$fresh/report.json" || [ $? -eq 3 ]
grep -q '"schema": "civiclint/report/1"' "$fresh/report.json"
files=$("$fresh/bin/pip" show --files --disable-pip-version-check civiclint)
[[ $files == *licenses/LICENSE* ]] || { echo "the wheel has no licence text" >&2; exit 1; }
ls -l "$into"
