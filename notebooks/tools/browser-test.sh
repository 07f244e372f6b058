#!/bin/sh
# Tries the notebooks and the site in a real browser, near the end of make test: Chrome, or the distribution's Chromium, got where that is
# allowed, two tests at a time. Selenium goes to target/selenium.
set -eu
. notebooks/tools/shared.sh

log=target/browser-install.log
python=target/selenium/bin/python3

skip() { echo "the notebooks were not tried in a browser: $1"; exit; }

get_selenium() {
  echo "getting Selenium into target/selenium ..."
  { python3 -m venv target/selenium && notebooks/tools/pip-install.sh "$python" 'selenium>=4.30,<5'; } >"$log" 2>&1
}

major() { "$1" --version 2>/dev/null | sed -n '1s/[^0-9]*\([0-9]*\).*/\1/p'; }

find_chrome() {
  for name in google-chrome chromium "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    CHROME=$(command -v "$name") && return
  done
}

# A driver drives its own version only; without it Selenium looks for one.
find_driver() {
  SE_CHROMEDRIVER=$(command -v chromedriver) && [ "$(major "$CHROME")" = "$(major "$SE_CHROMEDRIVER")" ] && export SE_CHROMEDRIVER
}

has target/jupyter/python jupyterlab || skip "there is no JupyterLab, only the classic notebook"
has "$python" selenium || get_selenium || skip "Selenium could not be fetched ($log says why)"
find_chrome && find_driver || get_packages "$log" Chromium chromium chromium-driver || true
find_chrome || skip "there is no Chrome or Chromium; on Debian: sudo apt-get install chromium chromium-driver"
find_driver || unset SE_CHROMEDRIVER
with_our_kernel
export CHROME SE_CACHE_PATH="$PWD/target/selenium/cache" SE_AVOID_STATS=true

run() { test=$1; shift; "$python" "notebooks/tools/${test}_test.py" "$@"; }

others=target/browser/others.log
rm -rf target/browser
mkdir -p target/browser
{
  failed=0
  for name in browser drawing phone; do run $name || failed=1; done
  run notebooks AgainFromTheStart FirstThree || failed=1      # in this order: JupyterLab saves what a notebook printed last
  exit $failed
} >$others 2>&1 &
trap 'kill $! 2>/dev/null' INT TERM
failed=0
run notebooks Rest || failed=1
wait $! || failed=1
cat $others
exit $failed
