#!/bin/sh
# Finds or gets Jupyter, as the first thing of make lab, notebooks, test, outputs, soak and audit. It writes target/jupyter/python: the
# Python that has it, told where the Java kernel is.
# In this order: the JupyterLab 4 of the `jupyter` on the PATH; a virtual environment in .venv; as root on Debian or Ubuntu, apt's Jupyter.
set -eu
. notebooks/tools/shared.sh

log=target/jupyter/install.log
venv=$PWD/.venv/bin/python3
system=/usr/bin/python3
mkdir -p target/jupyter

# For the shell, whatever is in it.
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

has_lab() {
  "$1" -c 'from importlib.metadata import version as v; v("nbconvert"); exit(v("jupyterlab").split(".")[0] != "4")' 2>/dev/null
}

on_path() {
  jupyter=$(command -v jupyter) || return 1
  for python in "$(sed -n '1s/^#! *//p' "$jupyter")" "$(dirname "$jupyter")/python3"; do
    has_lab "$python" && echo "$python" && return
  done
  return 1
}

in_venv() { has_lab "$venv" && echo "$venv"; }

chosen_before() { grep -qsF "exec $(quoted $system)" target/jupyter/python && has $system notebook nbconvert && echo $system; }

# Debian has the module in a package of its own.
get_venv_module() { has python3 ensurepip || get_packages "$log" python3-venv python3-venv; }

get_venv() {
  get_venv_module || { echo "JupyterLab needs Python's venv module: sudo apt-get install python3-venv" >&2; return 1; }
  echo "getting JupyterLab into .venv (about a minute) ..." >&2
  rm -rf .venv
  python3 -m venv .venv >"$log" 2>&1 &&
    notebooks/tools/pip-install.sh "$venv" 'jupyterlab>=4.5,<5' 'nbconvert>=7.16,<8' >>"$log" 2>&1 && echo "$venv" && return
  rm -rf .venv
  return 1
}

get_from_apt() {
  has $system notebook nbconvert || get_packages "$log" "Jupyter (about a minute)" jupyter-notebook jupyter-nbconvert || return 1
  echo $system
}

# Each prints the Python that has Jupyter, or fails.
python=$(on_path || in_venv || chosen_before || get_venv || get_from_apt) || {
  echo "JupyterLab could not be fetched ($log says why): make the Python package index reachable, then run make again" >&2
  exit 1
}

# A Java kernel that this Jupyter already has (conda's ijava) is used, and needs its flags from the environment; else ours is.
if JUPYTER_PATH= "$python" -c 'from jupyter_client.kernelspec import find_kernel_specs as all; exit("java" not in all())'
then setting='JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:--Djava.awt.headless=true --add-modules=jdk.incubator.vector}"'
else setting=JUPYTER_PATH=$(quoted "$PWD/target/jupyter")
fi
wrapper=$(printf '#!/bin/sh\nexport %s\nexec %s "$@"\n' "$setting" "$(quoted "$python")")
[ "$wrapper" = "$(cat target/jupyter/python 2>/dev/null)" ] || {
  printf '%s\n' "$wrapper" > target/jupyter/python.part
  chmod +x target/jupyter/python.part
  mv target/jupyter/python.part target/jupyter/python
}
