#!/usr/bin/env bash
# Do those who read our reports take them? Code Quality (GitLab), JUnit (Jenkins' schema), rdjson (reviewdog), the badge.
#
#   .ci/reports.sh PROGRAM       what this civiclint says of nothing, of itself, of a repository that cannot be judged in
#                                part, and of one fixture with findings per chapter
#   .ci/reports.sh FILE…         these files: *.gitlab *.junit *.rdjson *.badge
#
# The schema for JUnit is Jenkins' junit-10.xsd (MIT), as it lies in the source package of pytest on PyPI; the others are
# our own, in .ci/schemas, and say there what they are taken from.
set -euo pipefail
shopt -s nullglob
cd "$(dirname "$0")/.."
# shellcheck source=.ci/tools.sh
. .ci/tools.sh
# shellcheck source=.ci/samples.sh
. .ci/samples.sh
python_tools

xsd=target/validators/junit-10.xsd
if [ ! -s "$xsd" ]; then
  "$venv/bin/pip" download --quiet --disable-pip-version-check --no-deps --no-binary :all: --dest target/validators pytest==8.3.4
  tar -xzf target/validators/pytest-8.3.4.tar.gz --to-stdout pytest-8.3.4/testing/example_scripts/junit-10.xsd >"$xsd"
fi

scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
files=("$@")
if [ $# -eq 1 ] && [[ $1 != *.* ]] && [ -x "$1" ]; then
  program="$(realpath "$1")"
  files=()
  report() { # NAME FOLDER
    local code=0 made=() format
    for format in gitlab junit rdjson badge; do
      made+=(--output "$format=$scratch/$1.$format")
      files+=("$scratch/$1.$format")
    done
    "$program" check "$2" --format json --fail-on never "${made[@]}" >/dev/null || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { echo "$1: exit code $code"; exit 1; }
  }
  samples report "$scratch"
fi
[ ${#files[@]} -gt 0 ] || { echo "no files to validate"; exit 2; }

of() { # FORMAT
  local file
  for file in "${files[@]}"; do [[ $file != *."$1" ]] || printf '%s\0' "$file"; done
}
json() { # FORMAT SCHEMA
  of "$1" | xargs -0 --no-run-if-empty "$venv/bin/check-jsonschema" --force-filetype json --schemafile ".ci/schemas/$2" >&2
}
json gitlab gitlab-code-quality.schema.json
json rdjson rdjson.schema.json
"$venv/bin/python" - "$xsd" "${files[@]}" <<'SCRIPT'
"""JUnit against its schema; its numbers against what it lists; the badge as XML without anything that could run."""
import sys
from lxml import etree

xsd, *files = sys.argv[1:]
schema = etree.XMLSchema(etree.parse(xsd))
parser = etree.XMLParser(resolve_entities=False, no_network=True)
bad = []
for file in files:
    if file.endswith((".junit", ".badge")):
        try:
            root = etree.parse(file, parser).getroot()
        except etree.XMLSyntaxError as error:
            bad.append(f"{file}: {error}")
            continue
    if file.endswith(".junit"):
        schema.validate(root)
        bad += [f"{file}: {error.line}: {error.message}" for error in schema.error_log]
        for suite in [root, *root.iter("testsuite")]:
            for number, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                listed = len(list(suite.iter(tag)))
                if suite.get(number) not in (str(listed), None if suite is root and number == "skipped" else ""):
                    bad.append(f"{file}: {suite.get('name')}: {number} is {suite.get(number)}, listed are {listed}")
    if file.endswith(".badge"):
        if root.tag != "{http://www.w3.org/2000/svg}svg":
            bad.append(f"{file}: the root is {root.tag}")
        for element in root.iter(etree.Element):
            name = etree.QName(element).localname
            if name in ("script", "foreignObject", "image", "use", "a") or any("href" in key or key.startswith("on") for key in element.attrib):
                bad.append(f"{file}: {name} could run or fetch something")
print("\n".join(bad) or f"{len(files)} reports are valid")
sys.exit(bool(bad))
SCRIPT
