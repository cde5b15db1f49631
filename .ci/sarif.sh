#!/usr/bin/env bash
# Is our SARIF what GitHub takes? Microsoft's validator with GitHub's rules switched on; any error or warning fails.
#
#   .ci/sarif.sh FILE…      these files (paths from the root of the project)
#   .ci/sarif.sh PROGRAM    what this civiclint says of nothing, of itself, of one fixture with findings per chapter, and of
#                           a repository that cannot be judged in part; with them the files that `cargo test` has left
#
# Installs Node.js where there is none (Debian's package, needs root) and the npm package @microsoft/sarif-multitool into
# target/sarif-multitool (another folder: SARIF_MULTITOOL).
set -euo pipefail
shopt -s nullglob
cd "$(dirname "$0")/.."
# shellcheck source=.ci/samples.sh
. .ci/samples.sh
version=5.7.0
tool="${SARIF_MULTITOOL:-$PWD/target/sarif-multitool}"

if ! command -v npm >/dev/null; then
  echo "installing Node.js"
  apt-get install --yes --no-install-recommends nodejs npm >/dev/null
fi
multitool="$tool/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
if [ "$("$multitool" --version 2>&1 | grep -o '[0-9][0-9.]*' | sed -n 1p)" != "$version" ]; then
  echo "installing @microsoft/sarif-multitool $version into $tool"
  mkdir -p "$tool"
  npm install --silent --no-audit --no-fund --no-save --prefix "$tool" "@microsoft/sarif-multitool@$version" >/dev/null
  chmod u+x "$multitool"
fi

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT

files=("$@")
if [ $# -eq 1 ] && [[ $1 != *.sarif ]] && [ -x "$1" ]; then
  program="$(realpath "$1")"
  files=()
  report() { # NAME FOLDER
    local code=0
    "$program" check "$2" --format sarif >"$scratch/$1.sarif" || code=$?
    # 3: something could not be looked at, and the report says so.
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { echo "$1: exit code $code"; exit 1; }
    files+=("$scratch/$1.sarif")
  }
  samples report "$scratch"
  while IFS= read -r file; do files+=("$file"); done < <(find target/tmp/sarif -name '*.sarif' 2>/dev/null | sort)
fi
[ ${#files[@]} -gt 0 ] || { echo "no files to validate"; exit 2; }

# Off by default, and just what GitHub wants. GH1004 stays off: its limits are older than GitHub's.
{
  echo '<?xml version="1.0" encoding="utf-8"?><Properties>'
  for rule in GH1001.ProvideRequiredLocationProperties GH1002.InlineThreadFlowLocations \
    GH1003.ProvideRequiredRegionProperties GH1005.LocationsMustBeRelativeUrisOrFilePaths GH1006.ProvideCheckoutPath \
    GH1007.ProvideFullyFormattedMessageStrings; do
    echo "<Properties Key=\"$rule.Options\"><Property Key=\"RuleEnabled\" Value=\"Error\"" \
      'Type="Driver.RuleEnabledState" /></Properties>'
  done
  echo '</Properties>'
} >"$scratch/rules.xml"

number=0
for file in "${files[@]}"; do
  number=$((number + 1))
  # The exit code is 0 whatever is found: the log is what counts.
  "$multitool" validate "$file" --rule-kind "Sarif;Ghas" --config "$scratch/rules.xml" \
    --output "$scratch/log-$number.json" --log ForceOverwrite --level "Error;Warning;Note" \
    --kind "Fail;Informational" >"$scratch/said-$number.txt" 2>&1 || { cat "$scratch/said-$number.txt"; exit 1; }
done

node - "$scratch" "${files[@]}" <<'SCRIPT'
const fs = require("fs");
const [scratch, ...files] = process.argv.slice(2);
// Always there, and why they may be: SARIF2002 wants message ids, which GH1007 forbids; SARIF2003 wants the address of the
// repository, which is not ours to know; SARIF2006 tries to reach the schema; SARIF2009 takes the chapter of a rule id for
// a base rule; SARIF2010 and SARIF2011 want source code in the report; SARIF2012 wants web pages (the help is inside).
const expected = ["SARIF2002", "SARIF2003", "SARIF2006", "SARIF2009", "SARIF2010", "SARIF2011", "SARIF2012"];
const notes = new Map();
let bad = 0;
files.forEach((file, index) => {
  const run = JSON.parse(fs.readFileSync(`${scratch}/log-${index + 1}.json`, "utf8").replace(/^\uFEFF/, "")).runs[0];
  const rules = new Map((run.tool.driver.rules ?? []).map((rule) => [rule.id, rule]));
  for (const result of run.results ?? []) {
    const level = result.level ?? "warning";
    if (level === "note" && expected.includes(result.ruleId)) {
      notes.set(result.ruleId, (notes.get(result.ruleId) ?? 0) + 1);
      continue;
    }
    bad += 1;
    const at = result.locations?.[0]?.physicalLocation?.region?.startLine ?? "?";
    const template = rules.get(result.ruleId)?.messageStrings?.[result.message.id]?.text ?? "";
    const said = result.message.text ?? template.replace(/\{(\d+)\}/g, (_, n) => result.message.arguments?.[n] ?? "");
    console.log(`${file}:${at}: ${level} ${result.ruleId}: ${said}`);
  }
  for (const invocation of run.invocations ?? []) {
    for (const told of invocation.toolExecutionNotifications ?? []) {
      if (told.level === "error") {
        bad += 1;
        console.log(`${file}: the validator failed: ${told.message.text}`);
      }
    }
  }
});
const list = [...notes].sort().map(([id, number]) => `${id} ${number}×`).join(", ");
console.log(`${files.length} files, ${bad} errors, warnings and unexpected notes; expected notes: ${list || "none"}`);
process.exit(bad === 0 ? 0 : 1);
SCRIPT
