#!/usr/bin/env bash
# Is the portfolio of many repositories accessible, harmless, complete and quick in a browser?
#
#   .ci/portfolio.sh PROGRAM     PROGRAM writes a made-up portfolio: PROGRAM NUMBER DIR MONTHS LANG
#                                (cargo build --example portfolio_sample; target/debug/examples/portfolio_sample)
#
# Uses the tools that .ci/html.sh installs (another folder: HTML_TOOLS). The portfolios stay in target/portfolios for
# whoever wants to look at them.
set -euo pipefail
cd "$(dirname "$0")/.."
tools="${HTML_TOOLS:-$PWD/target/html-tools}"
{ [ $# -eq 1 ] && [ -x "$1" ]; } || { echo "usage: .ci/portfolio.sh PROGRAM"; exit 2; }
program="$(realpath "$1")"
[ -d "$tools/node_modules/axe-core" ] || { echo "run .ci/html.sh first: it installs the tools"; exit 2; }

made="$PWD/target/portfolios"
rm -rf "$made"
mkdir -p "$made"
# Few repositories and one run; more with hostile texts and a trend; as many as a large authority has. The language of
# a run decides which page is index.html.
"$program" 0 "$made/none" 1 en
"$program" 12 "$made/few" 1 de
"$program" 400 "$made/hostile" 8 en
"$program" 2000 "$made/many" 2 de
"$program" 2600 "$made/parts" 1 en

node .ci/html/portfolio.mjs "$tools" "$made" rules
