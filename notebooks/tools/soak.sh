#!/bin/sh
# Hostile input for the engine and the kernel, then training in our kernel as installed under target/jupyter: interrupted a thousand times,
# and undisturbed for an hour.
set -eu

notebooks/tools/fuzz.sh

unset JDK_JAVA_OPTIONS   # our kernel brings its own flags
export JUPYTER_PATH=$PWD/target/jupyter
tests=notebooks/kernel/src/test/python
INTERRUPTS=1000 target/jupyter/python $tests/test_training.py
target/jupyter/python $tests/soak.py
