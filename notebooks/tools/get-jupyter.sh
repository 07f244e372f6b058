#!/bin/sh
# Finds or gets Jupyter and writes target/jupyter/python: the Python that has it, told where the Java kernel is.
# In this order: the JupyterLab 4 of the `jupyter` on the PATH; a virtual environment in .venv; as root on Debian or Ubuntu, apt's Jupyter.
set -eu

log=target/jupyter/install.log
mkdir -p target/jupyter

has() { # a Python, modules
  python=$1; shift
  for module; do "$python" -c "import $module" || return 1; done >/dev/null 2>&1
}

has_lab() {
  "$1" -c 'from importlib.metadata import version as v; v("nbconvert"); exit(v("jupyterlab").split(".")[0] != "4")' 2>/dev/null
}

on_path() {
  jupyter=$(command -v jupyter) || return 1
  for python in "$(sed -n '1s/^#! *//p' "$jupyter")" "$(dirname "$jupyter")/python3"; do
    has_lab "$python" && return
  done
}

in_venv() {
  python=$PWD/.venv/bin/python3
  has_lab "$python"
}

chosen_before() {
  python=/usr/bin/python3
  grep -q "exec \"$python\"" target/jupyter/python && has $python notebook nbconvert
} 2>/dev/null

get_venv() {
  python=$PWD/.venv/bin/python3
  echo "getting JupyterLab into .venv (about a minute) ..."
  rm -rf .venv
  python3 -m venv .venv >"$log" 2>&1 &&
    notebooks/tools/pip-install.sh "$python" 'jupyterlab>=4.5,<5' 'nbconvert>=7.16,<8' >>"$log" 2>&1 && return
  rm -rf .venv
  return 1
}

get_from_apt() {
  python=/usr/bin/python3
  has $python notebook nbconvert && return
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
  echo "getting Jupyter from the distribution (about a minute) ..."
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y jupyter-notebook jupyter-nbconvert; } >>"$log" 2>&1
}

on_path || in_venv || chosen_before || get_venv || get_from_apt || {
  if has python3 ensurepip
  then echo "JupyterLab could not be fetched ($log says why): make the Python package index reachable, then run make again"
  else echo "JupyterLab needs Python's venv module: sudo apt-get install python3-venv"
  fi >&2
  exit 1
}

# A Java kernel that this Jupyter already has (conda's ijava) is used, and needs its flags from the environment; else ours is.
if JUPYTER_PATH= "$python" -c 'from jupyter_client.kernelspec import find_kernel_specs as all; exit("java" not in all())'
then setting='JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:--Djava.awt.headless=true --add-modules=jdk.incubator.vector}"'
else setting="JUPYTER_PATH=\"$PWD/target/jupyter\""
fi
wrapper=$(printf '#!/bin/sh\nexport %s\nexec "%s" "$@"\n' "$setting" "$python")
[ "$wrapper" = "$(cat target/jupyter/python 2>/dev/null)" ] || {
  printf '%s\n' "$wrapper" > target/jupyter/python.part
  chmod +x target/jupyter/python.part
  mv target/jupyter/python.part target/jupyter/python
}
