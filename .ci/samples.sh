# The repositories whose reports are validated: nothing, one that cannot be judged in part, this one, and one fixture with
# findings per chapter.
# shellcheck shell=bash

# Calls REPORT with the name and the folder of each; what has to be made is made below FOLDER.
samples() { # REPORT FOLDER
  local chapter fixture
  mkdir -p "$2/empty" "$2/broken/.git"
  echo "no reference" >"$2/broken/.git/HEAD"
  printf '# <&]]>"%s"\n' "it's broken" >"$2/broken/README.md"
  "$1" empty "$2/empty"
  "$1" broken "$2/broken"
  "$1" self .
  for chapter in fixtures/rules/*/; do
    fixture="$(find "$chapter" -mindepth 2 -maxdepth 2 -type d -name 'finding-*' | sort | sed -n 1p)"
    [ -z "$fixture" ] || "$1" "$(basename "$chapter")" "$fixture"
  done
}
