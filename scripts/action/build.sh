#!/usr/bin/env bash
# Builds civiclint from the sources of the action.
#
# in   FOLDER (where the program goes) INPUT_LANGUAGE, and what a runner sets
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/action/lib.sh
. "$here/lib.sh"

command -v cargo >/dev/null || refuse \
  "there is no release for this runner, and no cargo to build one: install Rust before this step" \
  "für diesen Runner gibt es keine Veröffentlichung und kein cargo, um eine zu bauen: richten Sie vorher Rust ein"
# cargo and rustup read configuration from where they run; in the workspace it would be that of a stranger.
cd "$GITHUB_ACTION_PATH"
cargo build --locked --release --bin civiclint --target-dir "$RUNNER_TEMP/civiclint-target"
mkdir -p "$FOLDER"
cp "$RUNNER_TEMP/civiclint-target/release/civiclint" "$FOLDER/civiclint"
