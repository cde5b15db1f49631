# Repositories for .ci/html.sh, made up: one without anything, one without a finding (of what is asked), one like many, one
# with hundreds of findings, one that attacks whoever reads a report on it.
# shellcheck shell=bash

# The files of a folder as one commit.
commit() {
  git -C "$1" -c init.defaultBranch=main init --quiet
  git -C "$1" add --all
  GIT_AUTHOR_DATE=2026-10-01T12:00:00Z GIT_COMMITTER_DATE=2026-10-01T12:00:00Z \
    git -C "$1" -c user.name="Ada Example" -c user.email=ada@example.org -c commit.gpgsign=false \
    commit --quiet --message "First"
}

make_empty() { :; }

make_clean() { make_typical "$1"; }

make_typical() {
  mkdir -p "$1/stadtgruen" "$1/data"
  cat >"$1/README.md" <<'TEXT'
# Stadtgrün

Shows which trees of a city need water. See [the manual](docs/manual.md).

    pip install -r requirements.txt
    python -m stadtgruen
TEXT
  cat >"$1/stadtgruen/weather.py" <<'TEXT'
import pandas

URL = "http://opendata.stadt-muster.de/observations/daily/climate_stations.csv"


def load():
    return pandas.read_csv(URL, sep=";")
TEXT
  printf 'tree,litres\n17,40\n18,20\n' >"$1/data/watering.csv"
  printf '[project]\nname = "stadtgruen"\nlicense = "MIT"\n' >"$1/pyproject.toml"
  cat >"$1/civiclint.toml" <<'TEXT'
[[waivers]]
rule = "data/undocumented-file"
path = "data/**"
reason = "described in the city's catalogue, entry 4711"
until = 2027-06-30
TEXT
  commit "$1"
}

make_large() {
  printf '# Large\n\nMany scripts.\n' >"$1/README.md"
  # What follows REUSE is asked for the licence of each file.
  printf 'version = 1\n' >"$1/REUSE.toml"
  local number folder
  for number in $(seq 300); do
    folder="$1/jobs/region-$((number % 23))/a-folder-with-a-rather-long-name/and-another-one-below-it"
    mkdir -p "$folder" "$1/data/$((number % 7))"
    printf 'import pandas\n\nframe = pandas.read_csv("http://daten-%s.stadt-muster.de/measurements/stations_%s.csv")\n' \
      "$number" "$number" >"$folder/load_the_measurements_of_station_$number.py"
    printf 'station,value\n1,%s\n' "$number" >"$1/data/$((number % 7))/station_$number.csv"
  done
  commit "$1"
}

make_hostile() {
  local name
  mkdir -p "$1/<" "$1/javascript:alert(1)"
  for name in '<script>alert(1)</script>' '"><img src=x onerror=alert(1)>' "'onmouseover='alert(1)" \
    '</style><script>alert(1)</script>' '<svg onload=alert(1)>' '&lt;b&gt;' $'\u202egnp.txt' '--><!--' \
    '{{ 7 * 7 }}' '<a href=javascript:alert(1)>'; do
    # A slash is a folder; what it parts is joined again where a path is shown.
    mkdir -p "$(dirname "$1/$name")"
    printf 'a,b\n1,2\n' >"$1/$name.csv"
    printf 'import pandas\nx = pandas.read_csv("http://daten.stadt-muster.de/%s.csv")\n' "${name//\"/}" >"$1/$name.py"
  done
  cat >"$1/README.md" <<'TEXT'
# <script>alert(1)</script>

[here](missing.md"><script>alert(1)</script>) and [there](<javascript:alert(1)>) and [no](</style><img/src=x/onerror=alert(1)>)

```sh
npm run "><script>alert(1)</script></style>
./‮hs.x <img src=x onerror=alert(1)>
```
TEXT
  printf '{"name": "<img src=x onerror=alert(1)>", "license": "</style><script>alert(1)</script>", "scripts": {}}\n' >"$1/package.json"
  commit "$1"
}
