#!/bin/sh
# The first of every make that runs a notebook: builds the jars and installs engine and plots into Maven's local repository, where %maven
# finds them; does nothing when no source has changed and what was installed is still there.
set -eu

record=target/installed   # one line per file: the built one, a tab, its copy in the local repository
log=target/install.log

up_to_date() {
  [ -s $record ] && [ -f notebooks/kernel/target/kernel.jar ] || return 1
  [ -z "$(find pom.xml */pom.xml */*/pom.xml engine/src/main notebooks/*/src/main -newer $record)" ] || return 1
  while IFS='	' read -r built copy; do cmp -s "$built" "$copy" || return 1; done < $record
}

up_to_date && exit
echo "building the jars (the first time Maven fetches what it needs) ..."
mkdir -p target
mvn -B -ntp install -Dmaven.test.skip=true > $log 2>&1 || {
  { grep '^\[ERROR\] .' $log || cat $log; } | sed -e 's/ -> \[Help.*//' -e '/\[Help/d' -e '/e-run Maven/d' -e '/For more information/d' >&2
  echo "Maven could not build the jars; $log has all it said" >&2
  exit 1
}
sed -n "s/.*Installing \(.*\) to \(.*\)/\1	\2/p" $log > $record

# Stock IJava would go on using the jars that it once copied into its own cache.
[ -z "${HOME:-}" ] || rm -rf "$HOME/.ivy2/cache/io.github.javagrad"
