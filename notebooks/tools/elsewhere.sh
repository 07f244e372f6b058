#!/bin/bash
# A part of make soak, the same commands where others have them: tests in languages with other commas, digits and letters; a folder whose
# name a shell would run; no home; two makes at once; and one that is interrupted and begun again. What is committed is tried, in clones
# under target/elsewhere.
set -euo pipefail
cd "$(dirname "$0")/../.."

work=$PWD/target/elsewhere
data=${JAVAGRAD_DATA:-}
rm -rf "$work"
mkdir -p "$work"

say() { printf 'elsewhere: %s\n' "$*"; }

clone() { # where
  git clone -q . "$1"
}

in_languages() {
  for language in de-DE tr-TR ar-EG; do
    say "tests in $language"
    mvn -B -ntp -q -pl engine,notebooks/plots,notebooks/kernel test -Dtest='!ReproTest,!*FuzzTest' -Dsurefire.failIfNoSpecifiedTests=false \
      -DargLine="-Duser.language=${language%-*} -Duser.country=${language#*-}"
  done
}

in_an_odd_folder() {
  local odd="$work/it's a \"folder\" for \$HOME, \$(touch \"$work/run\") and ü"
  say "$odd"
  clone "$odd"
  env -u HOME JAVAGRAD_DATA="$data" make -C "$odd" target/notebooks/02-toposort.ipynb
  [ -s "$odd/target/notebooks/02-toposort.ipynb" ]
  [ ! -e "$work/run" ] || { say "the folder's name was run"; exit 1; }
}

two_at_once_and_one_interrupted() {
  say "two makes at once, one of which is interrupted and begun again"
  clone "$work/first"
  clone "$work/second"
  make -C "$work/first" target/notebooks/01-scalar-graph.ipynb >"$work/first.log" 2>&1 & local first=$!
  setsid make -C "$work/second" target/notebooks/01-scalar-graph.ipynb >"$work/second.log" 2>&1 & local second=$!
  sleep 20
  kill -INT -- "-$second" 2>/dev/null || true
  wait "$second" && say "it had ended before" || true
  [ ! -e "$work/second/target/notebooks/01-scalar-graph.ipynb" ] || [ -s "$work/second/target/notebooks/01-scalar-graph.ipynb" ]
  make -C "$work/second" target/notebooks/01-scalar-graph.ipynb
  wait "$first" || { cat "$work/first.log"; exit 1; }
}

in_an_odd_folder
two_at_once_and_one_interrupted
in_languages
say "everything passed"
