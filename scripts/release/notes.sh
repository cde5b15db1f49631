#!/usr/bin/env bash
# What the changelog says of a version.
#
#   scripts/release/notes.sh 0.1.0
set -euo pipefail
cd "$(dirname "$0")/../.."
notes=$(awk -v version="$1" '/^## / { inside = index($0, version) > 0; next } inside' CHANGELOG.md)
[ -n "$notes" ] || { echo "CHANGELOG.md says nothing of $1" >&2; exit 1; }
printf '%s\n' "$notes"
