#!/bin/sh
# The kernel's tests from outside, a part of make test: as installed under target/jupyter, before the outside judge, jupyter_kernel_test
# (got where it is missing), from end to end through nbconvert and a Jupyter server, and with a training that is disturbed.
set -eu
. notebooks/tools/shared.sh

# Prints the Python that has the judge.
find_judge() {
  for python in target/jupyter/python /usr/bin/python3; do
    has "$python" jupyter_kernel_test && echo "$python" && return
  done
  return 1
}

get_judge() {
  log=target/jupyter/install.log
  if [ -x .venv/bin/python3 ]; then
    notebooks/tools/pip-install.sh .venv/bin/python3 'jupyter_kernel_test>=0.7,<1' >"$log" 2>&1 && return
  fi
  get_packages "$log" jupyter_kernel_test python3-jupyter-kernel-test
}

python=$(find_judge || { get_judge && find_judge; }) || {
  if command -v apt-get >/dev/null; then how="sudo apt-get install python3-jupyter-kernel-test"
  else how="conda env create -f environment.yml && conda activate javagrad"
  fi
  echo "jupyter_kernel_test is missing: $how" >&2
  exit 1
}
with_our_kernel
"$python" notebooks/kernel/src/test/python/test_java_kernel.py
target/jupyter/python notebooks/kernel/src/test/python/test_end_to_end.py
target/jupyter/python notebooks/kernel/src/test/python/test_training.py
