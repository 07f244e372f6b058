#!/bin/sh
# The very first of every make that needs Java: says in one line what this machine lacks and how to get
# it; writes the Java in use to target/java, whose date changes only with it.
set -eu

missing() { # what is wrong, Debian package, Homebrew formula
  if command -v apt-get; then how="sudo apt-get install $2"
  elif command -v brew; then how="brew install $3"
  else how="conda env create -f environment.yml && conda activate javagrad"
  fi >/dev/null
  echo "$1: $how" >&2
  exit 1
}

needs_jdk() { # what is wrong
  newest=$(apt-cache pkgnames openjdk- 2>/dev/null | grep '^openjdk-[0-9]*-jdk$' | sort -t - -k 2 -n | tail -n 1)
  missing "$1, and a JDK 17 or newer is needed" "${newest:-default-jdk}" openjdk
}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
settings=$("$java" -XshowSettings:properties -version 2>&1) || {
  [ -z "${JAVA_HOME:-}" ] || { echo "JAVA_HOME is $JAVA_HOME, where no java runs: point it at a JDK 17 or newer, or unset it" >&2; exit 1; }
  needs_jdk "java is missing"
}
property() { printf '%s\n' "$settings" | sed -n "s/^ *$1 = //p"; }

home=$(property java.home)
case $(property java.specification.version) in
  1.*|9|1[0-6]) needs_jdk "java is version $(property java.specification.version) ($home; JAVA_HOME can point at another)" ;;
esac
[ -x "$home/bin/javac" ] || needs_jdk "$home has no javac"
command -v mvn >/dev/null || missing "mvn (Apache Maven) is missing" maven maven
python3 -c '' 2>/dev/null || missing "python3 is missing" "python3 python3-venv" python
python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || missing "python3 is version $(python3 -V | cut -d ' ' -f 2), and JupyterLab needs 3.9 or newer" "python3 python3-venv" python

mkdir -p target
in_use="$home $(property java.runtime.version) for $PWD"   # a moved folder needs a new kernel.json too
[ "$in_use" = "$(cat target/java 2>/dev/null)" ] || echo "$in_use" > target/java
