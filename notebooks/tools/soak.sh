#!/bin/sh
# The hours of make soak: trains in our kernel as installed under target/jupyter, interrupted a thousand times and then undisturbed for an
# hour. Meanwhile hostile input for the engine and the kernel takes what the machine has to spare.
set -u
. notebooks/tools/shared.sh

nice notebooks/tools/fuzz.sh & fuzz=$!

with_our_kernel
tests=notebooks/kernel/src/test/python
failed=0
INTERRUPTS=1000 target/jupyter/python $tests/test_training.py || failed=1
target/jupyter/python $tests/soak.py || failed=1
wait $fuzz || failed=1
exit $failed
