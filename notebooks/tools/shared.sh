# What the scripts of this folder share; each reads it (. notebooks/tools/shared.sh), no command runs it alone.

# Whether a Python has modules: has PYTHON MODULE...
has() (
  python=$1; shift
  for module; do "$python" -c "import $module" || exit 1; done
) >/dev/null 2>&1

# Gets packages as root on Debian or Ubuntu, elsewhere fails: get_packages LOG WHAT PACKAGE...
get_packages() (
  log=$1 what=$2; shift 2
  command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || exit 1
  echo "getting $what from the distribution ..." >&2
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y "$@"; } >>"$log" 2>&1
)

# Lets Jupyter find our kernel, which brings its own flags.
with_our_kernel() {
  unset JDK_JAVA_OPTIONS
  export JUPYTER_PATH="$PWD/target/jupyter"
}
