#!/bin/sh
# Installs Python packages for the scripts that get Jupyter, its judge and Selenium: pip-install.sh PYTHON PACKAGE…, in the versions of
# constraints.txt, or, where another Python cannot have these, the newest that fit.
set -eu

python=$1
shift

install() { PIP_RETRIES=0 "$python" -m pip install --quiet --no-cache-dir --disable-pip-version-check "$@"; }

install -c "$(dirname "$0")/constraints.txt" "$@" || {
  echo "not to be had in the pinned versions, so in the newest that fit: $*"
  install "$@"
}
