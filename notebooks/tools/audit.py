"""make audit: lists everything the project is built and run with, its version, size and licence; fails where no licence is stated."""
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = {"engine": ROOT / "engine", "plots": ROOT / "notebooks/plots", "kernel": ROOT / "notebooks/kernel"}
ENVIRONMENTS = [ROOT / ".venv", ROOT / "target/selenium", ROOT / "target/bench/venv"]
PINNED = dict(line.split("==") for line in Path(__file__).with_name("constraints.txt").read_text().split() if "==" in line)
MAVEN = "{*}"        # some POMs name the namespace, some do not
SHORT = {r"classpath exception": "GPL-2.0 with Classpath exception", r"apache|asl": "Apache-2.0", r"(epl|eclipse public)\D*2": "EPL-2.0", r"(epl|eclipse public)\D*1": "EPL-1.0", r"mozilla|mpl": "MPL-2.0",
         r"\bmit\b|expat": "MIT", r"bsd": "BSD", r"python software|psf": "PSF-2.0", r"isc": "ISC"}


def main():
    maven("dependency:list", "dependencies.txt")
    maven("dependency:resolve-plugins", "plugins.txt")
    rows = []
    for module, folder in MODULES.items():
        rows += section(f"{module}: libraries", libraries(folder / "target/dependencies.txt"))
    rows += section("Maven plugins, with what they bring along", plugins(folder / "target/plugins.txt" for folder in [ROOT, *MODULES.values()]))
    for environment in filter(Path.is_dir, ENVIRONMENTS):
        rows += section(f"Python packages in {environment.relative_to(ROOT)}", packages(environment))
    unstated = [name for name, _, _, licence in rows if not licence]
    if unstated:
        sys.exit(f"no licence is stated by {', '.join(unstated)}")
    print(f"\n{len(rows)} in all, each with a licence; the engine's jar needs none of them")


def maven(goal, output):
    subprocess.run(["mvn", "-B", "-ntp", "-q", "-Pbench", goal, f"-DoutputFile=target/{output}", "-DoutputAbsoluteArtifactFilename=true"], cwd=ROOT, check=True)


def section(title, rows):
    rows = sorted(rows)
    print(f"\n{title}")
    for name, version, size, licence in rows:
        print(f"  {name:<58} {version:<16} {size / 1e6:7.2f} MB  {licence or 'NOT STATED'}")
    if not rows:
        print("  none")
    return rows


def libraries(listing):
    """One row for each line group:artifact:jar:version:scope:file, except for the project's own jars."""
    lines = [line.split(" -- ")[0].strip() for line in listing.read_text().splitlines() if line.count(":") >= 5]
    for group, artifact, *_, version, scope, file in (line.split(":") for line in lines):
        if not group.startswith("io.github.javagrad"):
            yield f"{group}:{artifact}" + (f" ({scope})" if scope == "test" else ""), version, Path(file).stat().st_size, licence_of_jar(Path(file), group)


def plugins(listings):
    """One row for each plugin: its own line is indented by three, those of its jars by six."""
    found = {}
    for listing in listings:
        plugin = None
        for line in listing.read_text().splitlines():
            words = line.strip().split(":")
            if len(words) < 5:
                continue
            file = Path(words[-1])
            if not line.startswith("      "):
                plugin = (words[1], words[3], licence_of_jar(file, words[0]))
            found.setdefault(plugin, set()).add(file)
    return [(name, version, sum(jar.stat().st_size for jar in jars), licence) for (name, version, licence), jars in found.items()]


def licence_of_jar(jar, group):
    """What the POM beside the jar says, or the nearest of its parents."""
    repository = jar.parents[len(group.split(".")) + 2]
    pom = jar.with_name(f"{jar.parents[1].name}-{jar.parents[0].name}.pom")
    while pom and pom.is_file():
        project = xml.parse(pom).getroot()
        names = [name.text for name in project.findall(f"{MAVEN}licenses/{MAVEN}license/{MAVEN}name") if name.text]
        if names:
            return " or ".join(dict.fromkeys(map(short, names)))
        parent = project.find(f"{MAVEN}parent")
        pom = parent is not None and parent_pom(repository, *(parent.find(MAVEN + tag).text.strip() for tag in ("groupId", "artifactId", "version")))
    return ""


def parent_pom(repository, group, artifact, version):
    return repository.joinpath(*group.split("."), artifact, version, f"{artifact}-{version}.pom")


def packages(environment):
    for package in distributions(path=[str(folder) for folder in environment.glob("lib/python*/site-packages")]):
        name = package.metadata["Name"]
        size = sum(file.locate().stat().st_size for file in package.files or [] if file.locate().is_file())
        unpinned = name in PINNED and PINNED[name] != package.version
        yield name, package.version + (" (not pinned)" if unpinned else ""), size, licence_of_package(package.metadata)


def licence_of_package(metadata):
    if metadata["License-Expression"]:
        return metadata["License-Expression"]
    classifiers = [value.split(" :: ")[-1] for value in metadata.get_all("Classifier", []) if value.startswith("License :: OSI Approved :: ")]
    return " or ".join(map(short, classifiers)) or short((metadata["License"] or "").split("\n")[0])


def short(licence):
    return next((name for pattern, name in SHORT.items() if re.search(pattern, licence, re.IGNORECASE)), licence)


if __name__ == "__main__":
    main()
