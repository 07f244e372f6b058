"""For bench.py and growth.py: the programs that are measured, where they are found, how they are started and asked."""
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

PYTHON = Path(__file__).resolve().parent
ENGINE = PYTHON.parents[2]
BENCH = ENGINE.parent / "target/bench"
VENV = BENCH / "venv"
PACKAGES = ["torch==2.13.0", "jax==0.10.2", "numpy==2.4.6", "safetensors==0.8.0", "matplotlib==3.11.2"]

ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in ("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS")}


class Process:
    """A program that answers requests, on a number of cores."""

    def __init__(self, name, command, cores):
        self.name = name
        self.log = BENCH / f"{name.replace(' ', '-')}.log"
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(pinned(command, cores), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, env=ENVIRONMENT)

    def ask(self, request):
        try:
            print(request, file=self.process.stdin, flush=True)
            return json.loads(self.process.stdout.readline())
        except (BrokenPipeError, ValueError):
            raise SystemExit(f"{self.name} gave no answer to \"{request}\": {self.log} says why") from None

    def peak(self):
        """The most memory it ever had, in bytes; None where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return None
        return 1024 * int(status.split("VmHWM:")[1].split()[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()


def available():
    return sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else list(range(os.cpu_count()))


def pinned(command, cores):
    """On the last cores: the first one serves interrupts."""
    if not shutil.which("taskset"):
        return command
    return ["taskset", "-c", ",".join(map(str, available()[-cores:])), *command]


def java(home, version, cores):
    """Our side, with the flags of the notebooks' kernel."""
    command = [f"{home}/bin/java", "-XX:+UseSerialGC", f"-XX:ActiveProcessorCount={cores}", "--add-modules=jdk.incubator.vector",
               "-cp", f"{ENGINE}/target/classes:{ENGINE}/target/test-classes", "grad.bench.Workloads", str(BENCH)]
    return Process(f"JDK {version}", command, cores)


def peer(name, cores):
    """A peer's side: torch, jax, or post, which is torch in the words of the post."""
    script = "jax_peer.py" if name == "jax" else "torch_peer.py"
    return Process(name, [str(VENV / "bin/python"), str(PYTHON / script), str(BENCH), str(cores), *(["post"] if name == "post" else [])], cores)


def jdks():
    """{version: home} of the oldest and the newest JDK of this machine, from 17 on."""
    found = {}
    for home in subprocess.run([ENGINE / "jdks.sh"], check=True, capture_output=True, text=True).stdout.splitlines():
        settings = subprocess.run([f"{home}/bin/java", "-XshowSettings:properties", "-version"], capture_output=True, text=True).stderr
        version = settings.split("java.specification.version = ")[1].split()[0]
        if version.isdecimal() and int(version) >= 17:
            found.setdefault(int(version), home)
    if not found:
        raise SystemExit("no JDK 17 or newer found: point JAVA_HOME at one")
    return {version: found[version] for version in sorted({min(found), max(found)})}


def prepare(home):
    """Makes the peers' virtual environment, once, and writes the numbers that all start from."""
    BENCH.mkdir(parents=True, exist_ok=True)
    done = VENV / "packages"
    if not done.is_file() or done.read_text() != "\n".join(PACKAGES):
        print("getting the peers into target/bench/venv (some minutes) ...", flush=True)
        shutil.rmtree(VENV, ignore_errors=True)
        log = BENCH / "install.log"
        with open(log, "w") as output:
            for command in ([sys.executable, "-m", "venv", VENV],
                            [VENV / "bin/python", "-m", "pip", "install", "--disable-pip-version-check", *PACKAGES]):
                if subprocess.run(command, env=os.environ | {"PIP_RETRIES": "0"}, stdout=output, stderr=output).returncode:
                    raise SystemExit(f"the peers could not be installed: {log} says why; make the Python package index reachable, then try again")
        done.write_text("\n".join(PACKAGES))
    with java(home, "inputs", 1) as process:
        process.ask("inputs")


def timed(start, request):
    """Starts a process and asks it once: the answer, with the time from nothing to it."""
    begin = time.perf_counter()
    with start() as process:
        answer = process.ask(request)
        return answer | {"seconds": time.perf_counter() - begin}
