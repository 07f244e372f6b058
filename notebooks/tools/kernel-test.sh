#!/bin/sh
# Runs our kernel, as installed under target/jupyter, before the outside judge, jupyter_kernel_test (got where it is missing),
# from end to end through nbconvert and a Jupyter server, and with a training that is disturbed.
set -eu

has_judge() { "$1" -c 'import jupyter_kernel_test' 2>/dev/null; }

find_judge() {
  for python in target/jupyter/python /usr/bin/python3; do
    has_judge "$python" && return
  done
  return 1
}

get_judge() {
  log=target/jupyter/install.log
  if [ -x .venv/bin/python3 ]; then
    notebooks/tools/pip-install.sh .venv/bin/python3 'jupyter_kernel_test>=0.7,<1' >"$log" 2>&1 && return
  fi
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  echo "getting jupyter_kernel_test from the distribution ..."
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y python3-jupyter-kernel-test; } >>"$log" 2>&1
}

find_judge || { get_judge && find_judge; } || {
  if command -v apt-get >/dev/null; then how="sudo apt-get install python3-jupyter-kernel-test"
  else how="conda env create -f environment.yml && conda activate javagrad"
  fi
  echo "jupyter_kernel_test is missing: $how" >&2
  exit 1
}
unset JDK_JAVA_OPTIONS   # our kernel brings its own flags
export JUPYTER_PATH=$PWD/target/jupyter
"$python" notebooks/kernel/src/test/python/test_java_kernel.py
target/jupyter/python notebooks/kernel/src/test/python/test_end_to_end.py
target/jupyter/python notebooks/kernel/src/test/python/test_training.py
