#!/bin/sh
# Tries the notebooks in a real browser. Selenium goes to target/selenium; Chromium is the distribution's, got where that is allowed.
set -eu

log=target/browser-install.log
python=target/selenium/bin/python3

skip() { echo "the notebooks were not tried in a browser: $1"; exit; }

has_selenium() { "$python" -c 'import selenium'; } 2>/dev/null

get_selenium() {
  echo "getting Selenium into target/selenium ..."
  { python3 -m venv target/selenium &&
    PIP_RETRIES=0 "$python" -m pip install --quiet --no-cache-dir --disable-pip-version-check 'selenium>=4.30,<5'; } >"$log" 2>&1
}

major() { "$1" --version 2>/dev/null | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p'; }

find_chrome() {
  driver=$(command -v chromedriver) || driver=
  for name in google-chrome chromium "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    CHROME=$(command -v "$name") && [ -n "$driver" ] && [ "$(major "$CHROME")" = "$(major "$driver")" ] && return
  done
  return 1
}

get_chromium() {
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  echo "getting Chromium from the distribution ..."
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y chromium chromium-driver; } >>"$log" 2>&1
}
