#!/bin/sh
# Finds or gets Jupyter and writes target/jupyter/python: the Python that has it, told where the Java kernel is.
# In this order: the JupyterLab 4 of the `jupyter` on the PATH; a virtual environment in .venv; as root on Debian or Ubuntu, apt's Jupyter.
set -eu

log=target/jupyter/install.log
mkdir -p target/jupyter

# For the shell, whatever is in it.
quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

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
  grep -qF "exec $(quoted $python)" target/jupyter/python && has $python notebook nbconvert
} 2>/dev/null

as_root_on_debian() { command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; }

# Debian has the module in a package of its own.
get_venv_module() {
  has python3 ensurepip && return
  as_root_on_debian || {
    echo "JupyterLab needs Python's venv module: sudo apt-get install python3-venv" >&2
    exit 1
  }
  echo "getting python3-venv from the distribution ..."
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y python3-venv; } >"$log" 2>&1
}

get_venv() {
  get_venv_module || return 1
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
  as_root_on_debian || return 1
  echo "getting Jupyter from the distribution (about a minute) ..."
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y jupyter-notebook jupyter-nbconvert; } >>"$log" 2>&1
}

on_path || in_venv || chosen_before || get_venv || get_from_apt || {
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
