#!/usr/bin/env bash
# Which civiclint does this run use? A release whose origin is proven, else one that the next steps build.
#
# A release counts as proven when its checksum stands in checksums.txt beside this script, or when GitHub's attestation
# says that the release workflow of the action's repository built it. A checksum that differs ends the step.
#
# in   INPUT_VERSION INPUT_LANGUAGE ACTION_REPOSITORY GH_TOKEN, and what a runner sets
# out  program (path) · build (true: the program is not there yet) · folder, key (of the cache)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/action/lib.sh
. "$here/lib.sh"

own=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | sed -n 1p)
wanted=${INPUT_VERSION:-}
wanted=${wanted#v}
case $wanted in
'' | source) ;;
*)
  [[ $wanted =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || refuse \
    "version is no version: \`$wanted\`; write 0.1.0 for a release, or source" \
    "version ist keine Version: \`$wanted\`; schreiben Sie 0.1.0 für eine Veröffentlichung oder source"
  ;;
esac

case ${RUNNER_OS:-}-${RUNNER_ARCH:-} in
Linux-X64) target=x86_64-unknown-linux-musl ;;
Linux-ARM64) target=aarch64-unknown-linux-musl ;;
macOS-X64) target=x86_64-apple-darwin ;;
macOS-ARM64) target=aarch64-apple-darwin ;;
Windows-*) refuse "civiclint runs on Linux and macOS; use a Linux runner, it looks at any repository" \
  "civiclint läuft unter Linux und macOS; nehmen Sie einen Linux-Runner, er prüft jedes Repository" ;;
*) target= ;;
esac

# Takes the released program, or returns 1 where there is none that is proven.
released() { # VERSION
  local archive="civiclint-$1-$target.tar.gz" folder expected found
  [ -n "$target" ] && [ -n "${ACTION_REPOSITORY:-}" ] && command -v curl >/dev/null || return 1
  expected=$(awk -v name="$archive" '$2 == name { print $1; exit }' "$here/checksums.txt")
  [ -n "$expected" ] || command -v gh >/dev/null || return 1
  folder=$(mktemp -d "$RUNNER_TEMP/civiclint-release.XXXXXX")
  curl --proto '=https' --tlsv1.2 --fail --silent --location --retry 2 --max-time 300 --output "$folder/$archive" \
    "$GITHUB_SERVER_URL/$ACTION_REPOSITORY/releases/download/v$1/$archive" || return 1
  if [ -n "$expected" ]; then
    found=$(sha256 "$folder/$archive")
    if [ "$found" != "$expected" ]; then
      say error "$archive is not what was released: SHA-256 $found instead of $expected" \
        "$archive ist nicht, was veröffentlicht wurde: SHA-256 $found statt $expected"
      exit 1
    fi
  else
    gh attestation verify "$folder/$archive" --repo "$ACTION_REPOSITORY" \
      --signer-workflow "$ACTION_REPOSITORY/.github/workflows/release.yml" >/dev/null 2>&1 || return 1
  fi
  tar -xzf "$folder/$archive" -C "$folder" civiclint || return 1
  put program "$folder/civiclint"
  put build false
  printf 'civiclint %s, released\n' "$1"
}

if [ "$wanted" != source ] && released "${wanted:-$own}"; then
  exit 0
fi
if [ -n "$wanted" ] && [ "$wanted" != source ] && [ "$wanted" != "$own" ]; then
  say error "there is no release $wanted for this runner whose origin could be proven; this action can build $own only" \
    "für diesen Runner gibt es keine Veröffentlichung $wanted mit belegter Herkunft; bauen lässt sich hier nur $own"
  exit 1
fi

# What the program is built from; tests and fixtures are no part of it.
sources() {
  cd "$GITHUB_ACTION_PATH"
  set -- sha256sum
  command -v sha256sum >/dev/null || set -- shasum -a 256
  find . \( -path ./target -o -name .git -o -name fixtures -o -name tests \) -prune -o -type f -exec "$@" {} + | LC_ALL=C sort
}
(sources) >"$RUNNER_TEMP/civiclint-sources.txt"
folder="$RUNNER_TEMP/civiclint-$own"
put program "$folder/civiclint"
put build true
put folder "$folder"
put key "civiclint-${RUNNER_OS:-}-${RUNNER_ARCH:-}-$own-$(sha256 "$RUNNER_TEMP/civiclint-sources.txt")"
printf 'civiclint %s, from source\n' "$own"
