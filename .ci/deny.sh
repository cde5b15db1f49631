#!/usr/bin/env bash
# Have the crates that we build on known vulnerabilities, licences that we do not take, or sources that we do not know?
#
#   .ci/deny.sh            where the list of vulnerabilities cannot be fetched, it says so and checks the rest
#   .ci/deny.sh --strict   where it cannot be fetched, it fails
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/tools.sh
. .ci/tools.sh
cargo_tool cargo-deny 0.20.2
deny() { "$tools/bin/cargo-deny" --locked "$@"; }

deny check bans licenses sources
if why=$(deny fetch db 2>&1); then
  deny check advisories
elif [ "${1:-}" = --strict ]; then
  printf '%s\n' "$why"
  echo "The list of known vulnerabilities cannot be fetched."
  exit 1
else
  echo "NOT CHECKED: known vulnerabilities (advisories), as their list cannot be fetched from here."
  echo "The workflow advisories.yml checks them every week, and CI on GitHub with every change."
fi
