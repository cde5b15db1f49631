# What the steps of the action share. Runs on bash 3.2 (macOS), too: no `mapfile`, no empty arrays under `set -u`.
# shellcheck shell=bash

# TEXT as the data of a workflow command: the escapes of actions/toolkit (command.ts).
escaped() { # TEXT
  local text=$1
  text=${text//'%'/%25}
  text=${text//$'\r'/%0D}
  text=${text//$'\n'/%0A}
  printf '%s' "$text"
}

# An annotation in the language of the user. The words are ours or hold text of others: they are escaped as a whole.
say() { # error|warning|notice ENGLISH GERMAN
  local words=$2
  [ "${INPUT_LANGUAGE:-en}" != de ] || words=$3
  printf '::%s title=civiclint::%s\n' "$1" "$(escaped "$words")"
}

# Ends the step: it was used wrongly.
refuse() { # ENGLISH GERMAN
  say error "$1" "$2"
  exit 2
}

# A word that nobody can know beforehand.
token() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# Text of others on the log, where no line of it is a command.
fenced() { # FILE
  local fence
  fence=$(token)
  printf '::stop-commands::%s\n' "$fence"
  cat "$1"
  printf '\n::%s::\n' "$fence"
}

# An output of the step. The delimiter is random: no value can end itself and start another output.
put() { # NAME VALUE
  local delimiter
  delimiter="end-$(token)"
  printf '%s<<%s\n%s\n%s\n' "$1" "$delimiter" "$2" "$delimiter" >>"$GITHUB_OUTPUT"
}

# The SHA-256 of a file; macOS has no sha256sum.
sha256() { # FILE
  if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}
