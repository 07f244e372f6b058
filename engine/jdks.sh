#!/bin/sh
# The folders of this machine's JDKs, each once, JAVA_HOME first. More than those in the usual places: JAVAGRAD_JDKS=/path/one:/path/two
set -eu
{
  printf '%s\n' "${JAVA_HOME:-}"
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  printf '%s\n' "${JAVAGRAD_JDKS:-}" | tr : '\n'
  ls -d /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null || true
} | while read -r home; do
  if [ -n "$home" ] && [ -x "$home/bin/java" ]; then (cd "$home" && pwd -P); fi
done | awk '!seen[$0]++'
