#!/usr/bin/env bash
# Ends the action as civiclint ended.
#
# in   EXIT_CODE UPLOAD_OUTCOME INPUT_INCOMPLETE INPUT_LANGUAGE
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/action/lib.sh
. "$here/lib.sh"

[ "${UPLOAD_OUTCOME:-}" != failure ] || say warning \
  "The findings could not be uploaded to code scanning. It must be switched on, and the job needs the permission \`security-events: write\` (in private repositories \`actions: read\` as well); \`upload-sarif: false\` leaves it out." \
  "Die Befunde ließen sich nicht an das Code-Scanning übergeben. Es muss eingeschaltet sein, und der Job braucht das Recht \`security-events: write\` (in privaten Repositorys auch \`actions: read\`); \`upload-sarif: false\` lässt es weg."

case $EXIT_CODE in
0) ;;
1)
  say error "There are findings that fail this check; the summary of the job names them all." \
    "Es gibt Befunde, mit denen diese Prüfung nicht bestanden ist; die Zusammenfassung des Jobs nennt alle."
  exit 1
  ;;
3)
  english="Not everything could be looked at; the summary of the job says what."
  german="Nicht alles ließ sich ansehen; die Zusammenfassung des Jobs sagt, was fehlt."
  if [ "$INPUT_INCOMPLETE" = error ]; then
    say error "$english" "$german"
    exit 3
  fi
  say warning "$english" "$german"
  ;;
2)
  say error "civiclint was used wrongly, or a policy or rule page is wrong; the log says where." \
    "civiclint wurde falsch aufgerufen, oder eine Richtlinie oder Regelseite ist fehlerhaft; das Protokoll sagt, wo."
  exit 2
  ;;
4)
  say error "A report could not be written; the log says which." "Ein Bericht ließ sich nicht schreiben; das Protokoll sagt, welcher."
  exit 4
  ;;
*)
  say error "civiclint ended unexpectedly (exit code $EXIT_CODE)." "civiclint endete unerwartet (Exit-Code $EXIT_CODE)."
  exit 1
  ;;
esac
