# Validators that the other scripts use; installed into target/, in fixed versions.
# shellcheck shell=bash

# Python packages from PyPI into one environment; needs Python 3.9 with venv (on Debian this installs it, as root).
python_tools() {
  venv=$PWD/target/validators
  local wanted="check-jsonschema==0.39.0 lxml==6.1.3 pre-commit==4.7.0 ruamel.yaml==0.18.10 zizmor==1.32.0"
  if [ "$(cat "$venv/installed" 2>/dev/null)" != "$wanted" ]; then
    echo "installing $wanted into target/validators"
    rm -rf "$venv"
    python3 -m venv "$venv" 2>/dev/null || {
      apt-get install --yes --no-install-recommends python3-venv >/dev/null
      python3 -m venv "$venv"
    }
    # shellcheck disable=SC2086 # a list of words
    "$venv/bin/pip" install --quiet --disable-pip-version-check $wanted
    echo "$wanted" >"$venv/installed"
  fi
}

# A program that is a package of Debian under the same name.
debian_tool() { # NAME…
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null && continue
    echo "installing $name"
    apt-get install --yes --no-install-recommends "$name" >/dev/null 2>&1 ||
      { apt-get update >/dev/null && apt-get install --yes --no-install-recommends "$name" >/dev/null; }
  done
}

# An npm package into target/npm; needs Node.js.
npm_tool() { # PACKAGE VERSION
  command -v npm >/dev/null || debian_tool nodejs npm
  npm=$PWD/target/npm
  grep -qs "\"version\": \"$2\"" "$npm/node_modules/$1/package.json" && return 0
  echo "installing $1 $2 into target/npm"
  mkdir -p "$npm"
  npm install --silent --no-audit --no-fund --no-save --prefix "$npm" "$1@$2" >/dev/null
}

# A program from crates.io into target/tools; compiled once, and again where another version is wanted.
cargo_tool() { # CRATE VERSION
  tools=$PWD/target/tools
  "$tools/bin/$1" --version 2>/dev/null | grep -qwF "$2" && return 0
  echo "installing $1 $2 into target/tools"
  # without optimisation: compiling it takes longer than what it does here
  cargo install --quiet --debug --locked --root "$tools" --target-dir "$tools/build" --version "$2" "$1"
  rm -rf "$tools/build"
}
