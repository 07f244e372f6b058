"""make lab: opens the notebooks in JupyterLab, or in the classic notebook where only that can be had."""
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

FOLDER = Path("notebooks")
BESIDE_THE_NOTEBOOKS = ("kernel", "plots", "tools", "__pycache__", "*.gif")


def trust():
    """Marks the notebooks as trusted: Jupyter hides the graphs and animations of others until their cells have run."""
    notary = NotebookNotary()
    for path in FOLDER.glob("[0-9][0-9]-*.ipynb"):
        notary.sign(nbformat.read(path, as_version=4))


def command():
    always = ["-y", "--log-level=WARN",   # -y: Ctrl-C ends it without a question
              "--MultiKernelManager.default_kernel_name=java", "--KernelSpecManager.allowed_kernelspecs=java",
              *(f"--ContentsManager.hide_globs={name}" for name in BESIDE_THE_NOTEBOOKS)]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        always.append("--allow-root")
    if not find_spec("jupyterlab"):
        return ["notebook", f"--NotebookApp.notebook_dir={FOLDER}", *always]
    return ["jupyterlab", f"--ServerApp.root_dir={FOLDER}", *always,
            # nothing is asked of the network, nor npm of language servers
            "--LanguageServerManager.autodetect=False",
            "--LabApp.extension_manager=readonly", "--LabApp.news_url=None",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]


trust()
print("opening the notebooks in the browser; Ctrl-C here ends Jupyter", flush=True)
os.environ["JUPYTER_CONFIG_PATH"] = str(Path(__file__).parent.resolve())   # labconfig: no question about news, no debugger
os.execv(sys.executable, [sys.executable, "-m", *command(), *sys.argv[1:]])
