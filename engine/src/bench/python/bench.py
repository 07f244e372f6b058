"""make bench: measures the engine beside its peers, in turns, and writes target/bench.json. bench.py [--quick] [--only W5] [--cores 1 2]

bench.py --keep makes the last table and picture the committed ones, with which later runs compare themselves.
"""
import argparse
import json
import platform
import shutil
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import processes
import results
from workloads import QUOTED_ON, WORKLOADS

TABLE = processes.BENCH.parent / "bench.json"
PICTURE = processes.BENCH.parent / "growth.svg"
KEPT_TABLE = processes.PYTHON.parent / "last.json"
KEPT_PICTURE = processes.PYTHON.parent / "growth.svg"
ROUNDS, SECONDS = 5, 0.3
WARM_UP, ALONE = 3.0, 8.0                   # a JVM that has one core compiles beside its work: after 3 s it is not warm


def main():
    options = arguments()
    if options.keep:
        return keep()
    homes = processes.jdks()
    processes.prepare(next(iter(homes.values())))
    rows, refused, conditions = measure(homes, options)
    TABLE.write_text(json.dumps(rows, indent=1) + "\n")
    say(rows, conditions)
    for sentence in results.worse(rows, kept()):
        print("worse than before:", sentence)
    for reason in refused:
        print("unequal work:", reason)
    print(f"written to {TABLE}")
    sys.exit(1 if refused else 0)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one short round, to try things")
    parser.add_argument("--only", default="", metavar="NAME", help="the workloads whose name begins so")
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2], help="how many cores, one after the other (1 2)")
    parser.add_argument("--keep", action="store_true", help="make what was measured last the committed table and picture")
    options = parser.parse_args()
    options.cores = [n for n in options.cores if n <= len(processes.available())]
    options.rounds, options.seconds = (1, 0.05) if options.quick else (ROUNDS, SECONDS)
    options.workloads = [w for w in WORKLOADS if w.name.startswith(options.only)]
    if not options.workloads:
        parser.error(f"no workload begins with \"{options.only}\": there are {', '.join(w.name for w in WORKLOADS)}")
    return options


def measure(homes, options):
    """The rows, what was refused, and what every program said of itself."""
    rows, refused, conditions = [], [], set()
    for cores in options.cores:
        for workload in options.workloads:
            print(f"{workload.name}, cores {cores} ...", file=sys.stderr, flush=True)
            answers = alternate(workload, sides(workload, homes, cores), options, {jdk: ALONE for jdk in homes if cores == 1})
            conditions |= {answer["conditions"] for rounds in answers.values() for answer in rounds}
            for jdk in homes:
                for peer in [*peers(workload, cores), *workload.quoted]:
                    try:
                        rows.append(results.row(workload, peer, jdk, cores, answers[jdk], answers.get(peer)))
                    except results.UnequalWork as reason:
                        refused.append(str(reason))
    return rows, refused, sorted(conditions)


def peers(workload, cores):
    """The post's way has one image or one small batch at a time, nothing for a second core."""
    return [peer for peer in workload.peers if peer != "post" or cores == 1]


def sides(workload, homes, cores):
    """{JDK or peer: how to start it}, in the order of their turns."""
    ours = {jdk: lambda jdk=jdk: processes.java(homes[jdk], jdk, cores) for jdk in homes}
    return ours | {peer: lambda peer=peer: processes.peer(peer, cores) for peer in peers(workload, cores)}


def alternate(workload, sides, options, warm_up):
    """The answers of each side, round by round: A B C A B C … after the seconds a side needs to get warm."""
    answers = {side: [] for side in sides}
    request = {side: workload.theirs or workload.request if side in workload.peers else workload.request for side in sides}
    with ExitStack() as stack:
        if workload.fresh:
            turns = {side: lambda side=side: processes.timed(sides[side], f"0 {request[side]}") for side in sides}
        else:
            running = {side: stack.enter_context(start()) for side, start in sides.items()}
            for side, process in running.items():
                process.ask(f"{0.2 if options.quick else warm_up.get(side, WARM_UP)} {request[side]}")
            turns = {side: lambda side=side: running[side].ask(f"{options.seconds} {request[side]}") for side in sides}
        for _ in range(options.rounds):
            for side, turn in turns.items():
                answers[side].append(turn())
    return answers


def say(rows, conditions):
    print(f"\n{'workload':19} {'JDK':>3} {'cores':>5} {'ours':>9} {'±':>5}  {'peer':10} {'theirs':>9} {'±':>5} {'ratio':>9} {'target':>7}       results")
    for row in rows:
        target = "" if row["target"] is None else f"{row['target']:g}"
        verdict = {None: "", True: "met", False: "MISSED"}[row["met"]]
        print(f"{row['workload']:19} {row['jdk']:3} {row['cores']:5} {duration(row['ours']):>9} {share(row['ours_spread']):>5}  "
              f"{row['peer']:10} {duration(row['theirs']):>9} {share(row['theirs_spread']):>5} {row['ratio']:9.3g} {target:>7} {verdict:6} "
              f"{numbers(row['ours_result'])} | {numbers(row['theirs_result'])}")
    for sentence in [*per_unit(rows), *two_cores(rows)]:
        print(sentence)
    print(f"\n{cpu()}, {date.today()}; ±: from the fastest to the slowest of {rows[0]['rounds'] if rows else 0} rounds; "
          f"without ± theirs is quoted, from {QUOTED_ON}")
    for line in conditions:
        print(" ", line)


def per_unit(rows):
    """Times per node and GF/s, where these are what one knows by heart."""
    ours = {(row["workload"], row["jdk"], row["cores"]): row["ours"] for row in rows}
    for workload in WORKLOADS:
        for (name, jdk, cores), seconds in ours.items():
            if name != workload.name:
                continue
            if workload.nodes:
                ns = 1e9 * seconds / workload.nodes
                yield f"{name}, JDK {jdk}, cores {cores}: {ns:.3g} ns per node, target {workload.most_per_node:g}: {'met' if ns <= workload.most_per_node else 'MISSED'}"
            if workload.flops:
                yield f"{name}, JDK {jdk}, cores {cores}: {workload.flops / seconds / 1e9:.3g} GF/s"


def two_cores(rows):
    ours = {(row["jdk"], row["cores"]): row["ours"] for row in rows if row["workload"] == "W4 dream"}
    for (jdk, cores), seconds in ours.items():
        if cores == 2 and (jdk, 1) in ours:
            gain = ours[jdk, 1] / seconds
            yield f"W4 dream, JDK {jdk}: two cores are {gain:.3g} times as fast as one, target 1.7: {'met' if gain >= 1.7 else 'MISSED'}"


def duration(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"


def share(x):
    return "" if x is None else f"{x:.0%}"


def numbers(result):
    return "quoted" if result is None else ", ".join(f"{name} {value:.4g}" for name, value in sorted(result.items()))


def cpu():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        model = platform.processor() or platform.machine()
    return f"{model}, {len(processes.available())} cores"


def kept():
    return json.loads(KEPT_TABLE.read_text()) if KEPT_TABLE.exists() else []


def keep():
    if not TABLE.exists():
        raise SystemExit("nothing to keep yet: run make bench first")
    KEPT_TABLE.write_text(json.dumps(results.renewed(json.loads(TABLE.read_text()), kept()), indent=1) + "\n")
    if PICTURE.exists():
        shutil.copy(PICTURE, KEPT_PICTURE)
    print(f"kept in {KEPT_TABLE.parent}")


if __name__ == "__main__":
    main()
