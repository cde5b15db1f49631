#!/usr/bin/env bash
# Writes the checksums of a release into the table that the action trusts, after GitHub has vouched for every archive.
# Run by hand after a release, and committed; needs gh.
#
#   scripts/release/checksums.sh OWNER/REPOSITORY 0.1.0
set -euo pipefail
cd "$(dirname "$0")/../.."
repository=$1 version=$2 table=scripts/action/checksums.txt
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
gh release download "v$version" --repo "$repository" --dir "$folder" --pattern "civiclint-$version-*.tar.gz"
for archive in "$folder"/*.tar.gz; do
  gh attestation verify "$archive" --repo "$repository" --signer-workflow "$repository/.github/workflows/release.yml"
done
(cd "$folder" && sha256sum -- *.tar.gz) >"$folder/new"
{
  grep '^#' "$table"
  { grep -v '^#' "$table" || true; cat "$folder/new"; } | LC_ALL=C sort -u -k 2
} >"$folder/table"
[ "$(grep -v '^#' "$folder/table" | awk '{ print $2 }' | uniq -d)" = "" ] || { echo "an archive changed after its release" >&2; exit 1; }
cp "$folder/table" "$table"
cat "$folder/new"
