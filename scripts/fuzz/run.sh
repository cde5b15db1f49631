#!/usr/bin/env bash
# Throws made-up bytes at civiclint: every target of fuzz/ for some time, one after the other, and a table at the end.
# Needs a nightly toolchain (sanitizers are not in the stable one) and cargo-fuzz (cargo install cargo-fuzz).
#
#   scripts/fuzz/run.sh [SECONDS [TARGET…]]     [default: 60, all targets]
#
# JOBS=4 runs as many at a time. What is found lies in fuzz/artifacts/<target>/; to see it again:
# fuzz/target/*/release/<target> FILE
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
toolchain=${FUZZ_TOOLCHAIN:-nightly}
host=$(rustc "+$toolchain" -vV | sed -n 's/^host: //p')

if [ -z "${FUZZ_BUILT:-}" ]; then
  cargo "+$toolchain" fuzz build
fi
[ -d fuzz/corpus ] || python3 scripts/fuzz/corpus.py
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  mapfile -t targets < <(sed -n 's/^name = "\(.*\)"$/\1/p' fuzz/Cargo.toml | tail -n +2)
fi
mkdir -p fuzz/logs

# An input may take a second, and a few megabytes: the instrumented program, unoptimised and with every check on, is about
# ten times as slow as what ships, and the sanitizer keeps what was freed for a while.
# shellcheck disable=SC2317 # xargs runs it
one() { # TARGET
  local target=$1 dictionary=()
  mkdir -p "fuzz/artifacts/$target" "fuzz/corpus/$target"
  [ ! -f "fuzz/dictionaries/$target.dict" ] || dictionary=("-dict=fuzz/dictionaries/$target.dict")
  ASAN_OPTIONS=detect_odr_violation=0:quarantine_size_mb=64 "fuzz/target/$host/release/$target" \
    -max_total_time="$seconds" -timeout=10 -report_slow_units=5 -rss_limit_mb=1024 -malloc_limit_mb=256 \
    -max_len=32768 -print_final_stats=1 -artifact_prefix="fuzz/artifacts/$target/" \
    ${dictionary[@]+"${dictionary[@]}"} "fuzz/corpus/$target" >"fuzz/logs/$target.log" 2>&1
}
export -f one
export seconds host

code=0
printf '%s\n' "${targets[@]}" | xargs -P "${JOBS:-1}" -I {} bash -c 'one {}' || code=1

printf '%-26s %8s %10s %6s %6s %7s %s\n' target seconds executions cov ft corpus finds
for target in "${targets[@]}"; do
  log=fuzz/logs/$target.log
  last=$(grep -aE '^#[0-9]+' "$log" | tail -1)
  field() { sed -nE "s/.*[[:space:]]$1: ([0-9]+).*/\1/p" <<<"$last"; }
  finds=$(find "fuzz/artifacts/$target" -type f | wc -l)
  spent=$(sed -nE 's/^Done [0-9]+ runs in ([0-9]+) second.*/\1/p' "$log")
  corpus=$(sed -nE 's/.* corp: ([0-9]+).*/\1/p' <<<"$last")
  printf '%-26s %8s %10s %6s %6s %7s %s\n' "$target" "${spent:--}" "$(sed -nE 's/^#([0-9]+).*/\1/p' <<<"$last")" \
    "$(field cov)" "$(field ft)" "$corpus" "$finds"
done
exit "$code"
