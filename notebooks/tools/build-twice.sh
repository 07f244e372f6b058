#!/bin/sh
# The end of make audit: builds the jars from two fresh copies of the sources, in other folders, time zones and languages,
# and compares every byte.
set -eu

work=target/audit

build() { # copy, time zone, language
  echo "building the jars in $work/$1 ..."
  rm -rf "$work/$1"
  mkdir -p "$work/$1"
  tar -cf - --exclude target .mvn pom.xml engine notebooks | tar -xf - -C "$work/$1"
  TZ=$2 MAVEN_OPTS=-Duser.language=$3 mvn -B -ntp -q -f "$work/$1/pom.xml" package -Dmaven.test.skip=true
}

build first UTC en
build a/second Asia/Kathmandu tr
for first in $(find "$work/first" -path '*/target/*.jar' ! -name 'original-*'); do
  cmp "$first" "$work/a/second/${first#"$work/first/"}"
  echo "the same bytes twice: ${first##*/}, $(wc -c < "$first" | tr -d ' ') bytes"
done
