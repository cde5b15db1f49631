#!/usr/bin/env bash
# One scan, all reports: annotations on the log, a summary of the job, files for what follows.
#
# Ends well whatever civiclint says, so that the report can be uploaded; result.sh ends as civiclint did.
#
# in   PROGRAM INPUT_PATH INPUT_PROFILE INPUT_POLICY INPUT_POLICY_FROM INPUT_BASELINE INPUT_FAIL_ON INPUT_INCOMPLETE
#      INPUT_LANGUAGE INPUT_FORMATS INPUT_UPLOAD_SARIF INPUT_CATEGORY INPUT_ARGS BASE_SHA PULL_REQUEST HEAD_REPOSITORY,
#      and what a runner sets
# out  exit-code level findings errors warnings notes reports sarif-file json-file markdown-file html-file upload root
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/action/lib.sh
. "$here/lib.sh"

one_of() { # INPUT VALUE WORD…
  local input=$1 value=$2 word
  shift 2
  for word in "$@"; do [ "$value" != "$word" ] || return 0; done
  refuse "$input cannot be \`$value\`; it is one of: $*" "$input kann nicht \`$value\` sein; es gibt: $*"
}

path=${INPUT_PATH:-.}
one_of language "$INPUT_LANGUAGE" en de
one_of policy-from "$INPUT_POLICY_FROM" base tree
one_of incomplete "$INPUT_INCOMPLETE" warning error
one_of upload-sarif "$INPUT_UPLOAD_SARIF" true false

reports=$(mktemp -d "$RUNNER_TEMP/civiclint.XXXXXX")
sarif=$reports/civiclint.sarif json=$reports/civiclint.json markdown=$reports/civiclint.md html=
arguments=(check --format github --lang "$INPUT_LANGUAGE")
arguments+=(--output "sarif=$sarif" --output "json=$json" --output "markdown=$markdown")

set -f # words are split, not expanded
for format in ${INPUT_FORMATS//,/ }; do
  [[ $format =~ ^[a-z]+$ ]] || refuse "formats holds \`$format\`, which is none" "formats enthält \`$format\`, das ist keines"
  case $format in
  sarif | json | markdown | github) continue ;;
  html) html=$reports/civiclint.html file=$html ;;
  junit) file=$reports/civiclint-junit.xml ;;
  badge) file=$reports/civiclint-badge.svg ;;
  text) file=$reports/civiclint.txt ;;
  *) file=$reports/civiclint-$format.json ;;
  esac
  arguments+=(--output "$format=$file")
done
set +f
[ -z "$INPUT_PROFILE" ] || arguments+=(--profile "$INPUT_PROFILE")
[ -z "$INPUT_FAIL_ON" ] || arguments+=(--fail-on "$INPUT_FAIL_ON")
[ -z "$INPUT_CATEGORY" ] || arguments+=(--sarif-category "$INPUT_CATEGORY")

# git in a clone that the runner made; nothing of it may start a program or ask the network.
git_there() {
  GIT_NO_LAZY_FETCH=1 GIT_TERMINAL_PROMPT=0 git -C "$path" --no-replace-objects -c core.fsmonitor=false \
    -c core.hooksPath=/dev/null -c safe.bareRepository=explicit "$@"
}

# The path of a file seen from the root of the checkout in `path`; nothing where it lies outside, or in another checkout.
own() { # FILE
  local root folder name=${1##*/} inside
  root=$(cd "$path" 2>/dev/null && pwd -P) && folder=$(cd "$(dirname -- "$1")" 2>/dev/null && pwd -P) || return 0
  case $folder/ in "$root"/*) ;; *) return 0 ;; esac
  inside=$folder
  while [ "$inside" != "$root" ]; do
    [ ! -e "$inside/.git" ] || return 0
    inside=${inside%/*}
  done
  folder=${folder#"$root"}
  printf '%s' "${folder#/}${folder:+/}$name"
}

# A pull request must not soften the rules it is held against: policy and baseline are those of its base. Files that it
# cannot change are taken as they are.
base=tree
if [ "$INPUT_POLICY_FROM" = base ] && [ -n "${BASE_SHA:-}${PULL_REQUEST:-}" ]; then
  base=missing
  if [[ ${BASE_SHA:-} =~ ^[0-9a-f]{40}([0-9a-f]{24})?$ ]] && git_there cat-file -e "$BASE_SHA^{commit}" 2>/dev/null; then
    base=$BASE_SHA
  fi
fi
# The file of an input as it is to be used; fails where the base does not have it.
trusted() { # FILE
  local inside
  inside=$(own "$1")
  if [ "$base" = tree ] || [ -z "$inside" ]; then
    printf '%s' "$1"
    return
  fi
  [ "$base" != missing ] && mkdir -p "$reports/base" && git_there cat-file blob "$base:./$inside" 2>/dev/null \
    >"$reports/base/${inside##*/}" && printf '%s' "$reports/base/${inside##*/}"
}
left_out=
if [ -n "$INPUT_POLICY" ]; then
  if file=$(trusted "$INPUT_POLICY"); then arguments+=(--policy "$file"); else left_out=$INPUT_POLICY; fi
elif [ "$base" = missing ]; then
  left_out=civiclint.toml
elif [ "$base" != tree ]; then
  arguments+=(--policy-rev "$base")
fi
[ -z "$left_out" ] || arguments+=(--no-policy)
if [ -n "$INPUT_BASELINE" ]; then
  if file=$(trusted "$INPUT_BASELINE"); then arguments+=(--baseline "$file"); else left_out="${left_out:+$left_out, }$INPUT_BASELINE"; fi
fi
if [ "$base" = missing ] && [ -n "$left_out" ]; then
  say warning \
    "The base of this pull request is not in the clone, so the policy and baseline there could not be used ($left_out); the shipped rules decide. Set \`fetch-depth: 0\` at actions/checkout." \
    "Die Basis dieses Pull Requests fehlt im Klon; Richtlinie und Baseline von dort ließen sich nicht nutzen ($left_out), es gelten die mitgelieferten Regeln. Setzen Sie \`fetch-depth: 0\` bei actions/checkout."
elif [ -n "$left_out" ]; then
  say warning "The base of this pull request does not have $left_out yet, so it is not used." \
    "Die Basis dieses Pull Requests enthält $left_out noch nicht; es wird nicht benutzt."
fi
while IFS= read -r argument; do
  [ -z "$argument" ] || arguments+=("$argument")
done <<<"$INPUT_ARGS"

code=0
"$PROGRAM" "${arguments[@]}" -- "$path" 2>"$reports/errors.txt" || code=$?
[ ! -s "$reports/errors.txt" ] || fenced "$reports/errors.txt"
rm -rf "$reports/errors.txt" "$reports/base"

put exit-code "$code"
put reports "$reports"
case $path in
/*) put root "$path" ;;
*) put root "$GITHUB_WORKSPACE/$path" ;;
esac

# A runner drops a summary above 1 MiB as a whole.
limit=1000000
if [ -s "$markdown" ]; then
  put markdown-file "$markdown"
  if [ "$(wc -c <"$markdown")" -le "$limit" ]; then
    cat "$markdown" >>"$GITHUB_STEP_SUMMARY"
  else
    head -c "$limit" "$markdown" | sed '$d' >>"$GITHUB_STEP_SUMMARY"
    printf '\n\n…\n' >>"$GITHUB_STEP_SUMMARY"
  fi
fi
[ -z "$html" ] || [ ! -s "$html" ] || put html-file "$html"

if [ -s "$json" ]; then
  put json-file "$json"
  # Written by civiclint with one value a line, the outermost keys two columns in: text of others cannot look like one.
  counted() { sed -n '/^  "counts": {/,/^  }/s/^    "'"$1"'": \([0-9]*\),*$/\1/p' "$json"; }
  errors=$(counted errors) warnings=$(counted warnings) notes=$(counted notes)
  put errors "$errors"
  put warnings "$warnings"
  put notes "$notes"
  put findings "$((${errors:-0} + ${warnings:-0} + ${notes:-0}))"
  put level "$(sed -n 's/^  "level": "\([a-z]*\)",*$/\1/p' "$json")"
  if grep -q '^    "shallow": true' "$json"; then
    say warning \
      "The clone holds only a part of the history, so the rules on maintenance are not judged. Set \`fetch-depth: 0\` at actions/checkout." \
      "Der Klon enthält nur einen Teil der Geschichte; die Regeln zur Pflege werden nicht beurteilt. Setzen Sie \`fetch-depth: 0\` bei actions/checkout."
  fi
fi

# A token of a pull request from a fork, or of Dependabot, may not write to code scanning. A fork that is deleted has no
# name; `fork` of the event says only whether the head is a fork of anything, which is also true within a fork.
upload=$INPUT_UPLOAD_SARIF
if [ -n "${PULL_REQUEST:-}" ] && [ "${HEAD_REPOSITORY:-}" != "$GITHUB_REPOSITORY" ]; then upload=false; fi
if [ "${GITHUB_ACTOR:-}" = 'dependabot[bot]' ]; then upload=false; fi
if [ "$upload" = true ] && [ ! -e "$path/.git" ]; then
  upload=false
  say warning "Nothing is uploaded to code scanning: \`path\` is not the root of a checkout, so paths would be wrong." \
    "An das Code-Scanning geht nichts: \`path\` ist nicht die Wurzel eines Checkouts, die Pfade wären falsch."
fi
if [ -s "$sarif" ]; then put sarif-file "$sarif"; else upload=false; fi
put upload "$upload"
