#!/bin/sh
# A part of make soak, or by hand: fuzzes every @FuzzTest for some minutes (10, or the first argument), one after the other, the engine's
# beside the kernel's; fails when one of them finds something.
# Others: notebooks/tools/fuzz.sh 2 Idx Wire    What is found goes to target/fuzz: move it to the test's resources, to keep it found.
set -eu
cd "$(dirname "$0")/../.."

minutes=${1:-10}
[ $# = 0 ] || shift
out=$PWD/target/fuzz
mkdir -p "$out"

# fuzz <module> [name]...
fuzz() {
  module=$1
  shift
  failed=
  for test in $(find "$module/src/test/java" -name '*FuzzTest.java' | sort); do
    name=$(basename "$test" .java)
    [ $# = 0 ] || case " $* " in *" ${name%FuzzTest} "*) ;; *) continue ;; esac
    log=$out/$name.log
    # Jupiter's own timeout would end the whole run; Jazzer takes the annotation for one input
    if JAZZER_FUZZ=1 mvn -q -B -ntp -pl "$module" surefire:test -Dtest="$name" -Dsurefire.reportFormat=plain \
        -Dmaven.test.redirectTestOutputToFile=false -Djunit.jupiter.execution.timeout.mode=disabled \
        -Djazzer.hooks=true -Djazzer.max_duration="${minutes}m" -Djazzer.internal.basedir="$out" >"$log" 2>&1
    then echo "$name: $(sed -n 's/^#\([0-9]*\).*DONE *\(cov: [0-9]*\).*/\1 inputs, \2/p' "$log")"
    else echo "$name: found something, see $log"; failed=yes
    fi
  done
  [ -z "$failed" ]
}

mvn -q -B -ntp test-compile
fuzz engine "$@" & engine=$!
fuzz notebooks/kernel "$@" & kernel=$!
status=0
wait $engine || status=1
wait $kernel || status=1
exit $status
