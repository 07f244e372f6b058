#!/bin/sh
# Trains the networks of grad.Repro, and computes its random graphs, in every way this machine has: each JDK, plain and vector kernels, each
# vector width, 1 to 3 threads; and as a machine without fma or without AVX would, and without the optimising compiler.
# All must end with the committed numbers, to the bit.
set -eu
cd "$(dirname "$0")"
unset JDK_JAVA_OPTIONS JAVA_TOOL_OPTIONS

mvn -B -ntp -q -f ../pom.xml -pl engine test-compile
committed=$(cat src/test/resources/golden/repro.txt)
ways=0
different=0

widths() { # flags that set the width of vectors, one to a line
  case $("$1/bin/java" -XX:UseAVX=3 -XX:+PrintFlagsFinal -version 2>/dev/null | awk '$2 == "UseAVX" { print $4 }') in
    3) printf '%s\n' -XX:MaxVectorSize=16 -XX:UseAVX=2 -XX:UseAVX=3 ;;
    2) printf '%s\n' -XX:MaxVectorSize=16 -XX:UseAVX=2 -Djavagrad.lanes=16 ;; # AVX-512's width, in software
    *) echo -server ;; # no Intel processor: as wide as it is
  esac
}

poorer() { # flags that take something away; the kernels are left to choose
  case $(uname -m) in
    x86_64 | amd64) printf '%s\n' -XX:-UseFMA -XX:UseAVX=0 -XX:UseAVX=1 -XX:TieredStopAtLevel=1 ;;
    *) echo -XX:TieredStopAtLevel=1 ;;
  esac
}

line() { printf '%-11s %-18s %-20s %-10s %s\n' "$@"; }

train() { # JDK, its version, flag, kernels, threads
  if [ "$4" = plain ]; then modules=-server; else modules="--add-modules=jdk.incubator.vector"; fi
  result=$("$1/bin/java" "$3" $modules "-Djavagrad.kernels=$4" "-Djavagrad.threads=$5" -cp target/classes:target/test-classes grad.Repro \
    2>target/repro.log) || { echo "JDK $2 failed:" >&2; cat target/repro.log >&2; exit 1; }
  numbers=${result%% *}
  ways=$((ways + 1))
  if [ "$numbers" = "$committed" ]; then same=; else same=" DIFFERENT"; different=$((different + 1)); fi
  line "JDK $2" "${result#* }" "$3" "threads $5" "$numbers$same"
}

IFS='
'
for jdk in $(./jdks.sh); do
  version=$("$jdk/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p')
  case $version in
    1.* | 9* | 1[0-6]*) line "JDK $version" "skipped: older than 17"; continue ;;
  esac
  for width in $(widths "$jdk"); do
    for kernels in plain vector; do
      for threads in 1 2 3; do train "$jdk" "$version" "$width" "$kernels" "$threads"; done
    done
  done
  for flag in $(poorer); do
    for threads in 1 2; do train "$jdk" "$version" "$flag" auto "$threads"; done
  done
done

[ "$ways" != 0 ] || { echo "no JDK 17 or newer found: point JAVA_HOME at one" >&2; exit 1; }
if [ "$different" != 0 ]; then
  echo "$different of $ways ways end with other numbers than $committed (engine/src/test/resources/golden/repro.txt)" >&2
  exit 1
fi
echo "the same weights, results and gradients, to the bit, in all $ways ways"
