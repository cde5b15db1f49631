#!/usr/bin/env bash
# Is the HTML report accessible, harmless and complete in a browser? axe-core in Chromium, and what a hostile repository
# can do.
#
#   .ci/html.sh PROGRAM     the reports that this civiclint makes of repositories made up for it
#
# Installs Node.js and Chromium where there are none (Debian's packages, need root), and the npm packages playwright-core
# and axe-core into target/html-tools (another folder: HTML_TOOLS). The reports stay in target/html-reports for whoever
# wants to look at them.
set -euo pipefail
cd "$(dirname "$0")/.."
playwright=1.65.1
axe=4.14.1
tools="${HTML_TOOLS:-$PWD/target/html-tools}"
{ [ $# -eq 1 ] && [ -x "$1" ]; } || { echo "usage: .ci/html.sh PROGRAM"; exit 2; }
program="$(realpath "$1")"

install() {
  echo "installing $*"
  apt-get install --yes --no-install-recommends "$@" >/dev/null || {
    apt-get update >/dev/null
    apt-get install --yes --no-install-recommends "$@" >/dev/null
  }
}
command -v npm >/dev/null || install nodejs npm
command -v chromium >/dev/null || install chromium
if ! grep -qs "\"version\": \"$playwright\"" "$tools/node_modules/playwright-core/package.json" ||
  ! grep -qs "\"version\": \"$axe\"" "$tools/node_modules/axe-core/package.json"; then
  echo "installing playwright-core $playwright and axe-core $axe into $tools"
  mkdir -p "$tools"
  npm install --silent --no-audit --no-fund --no-save --prefix "$tools" \
    "playwright-core@$playwright" "axe-core@$axe" >/dev/null
fi

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
reports="$PWD/target/html-reports"
rm -rf "$reports"
mkdir -p "$reports"
# shellcheck source=.ci/html/repositories.sh
. .ci/html/repositories.sh

for name in empty clean typical large hostile; do
  asked=()
  [ "$name" != clean ] || asked=(--select docs/readme-missing)
  mkdir -p "$scratch/$name"
  "make_$name" "$scratch/$name"
  for lang in en de; do
    code=0
    "$program" check "$scratch/$name" --format html --lang "$lang" --as-of 2026-11-22 "${asked[@]}" \
      >"$reports/$name.$lang.html" || code=$?
    # 1: findings; 3: something could not be looked at, and the report says so.
    [ "$code" -eq 0 ] || [ "$code" -eq 1 ] || [ "$code" -eq 3 ] || { echo "$name: exit code $code"; exit 1; }
  done
done

node .ci/html/check.mjs "$tools" "$reports" rules
