"""For bench.py and growth.py, what follows from measured times: medians, ratios, whether two sides did the same work, what became worse."""
import math
import statistics

WORSE = 0.85       # of the ratio before


class UnequalWork(Exception):
    """Two sides came to different results, so their times say nothing about each other."""


def median(rounds):
    return statistics.median(times(rounds))


def spread(rounds):
    """The distance from the fastest to the slowest round, as a share of the median."""
    return (max(times(rounds)) - min(times(rounds))) / median(rounds)


def times(rounds):
    return [answer["seconds"] for answer in rounds]


def check_equal(workload, ours, theirs, names):
    """Compares what both sides computed in the last round, number by number, as far as both have it."""
    a, b = ours[-1]["result"], theirs[-1]["result"]
    common = a.keys() & b.keys()
    if not common:
        raise UnequalWork(f"{workload.name}: {names[0]} computed {a}, {names[1]} {b}: nothing to compare")
    for name in sorted(common):
        if not math.isclose(a[name], b[name], rel_tol=0, abs_tol=workload.tolerance[name]):
            raise UnequalWork(f"{workload.name}: {name} is {a[name]:.6g} after {names[0]} and {b[name]:.6g} after {names[1]}, "
                              f"more than {workload.tolerance[name]:g} apart: no ratio is given")


def row(workload, peer, jdk, cores, ours, theirs):
    """One line of the table; the peer's rounds may be missing for a quoted time."""
    mine = median(ours) / workload.runs
    if theirs is None:
        yours = workload.quoted[peer]
    else:
        check_equal(workload, ours, theirs, (f"JDK {jdk}", peer))
        yours = median(theirs) / workload.runs * workload.scaled.get(peer, 1)
    ratio = yours / mine
    target = workload.targets.get(peer)
    return {
        "workload": workload.name, "peer": peer, "jdk": jdk, "cores": cores, "ours": mine, "theirs": yours, "ratio": ratio,
        "rounds": len(ours), "ours_spread": spread(ours), "theirs_spread": None if theirs is None else spread(theirs),
        "quoted": theirs is None, "target": target, "met": None if target is None else ratio >= target,
        "ours_result": ours[-1]["result"], "theirs_result": None if theirs is None else theirs[-1]["result"],
    }


def key(row):
    return row["workload"], row["peer"], row["jdk"], row["cores"]


def worse(rows, before):
    """One sentence for each ratio to a measured peer that fell by more than 15 %."""
    known = {key(row): row for row in before}
    found = []
    for row in rows:
        old = known.get(key(row))
        if old and not row["quoted"] and row["ratio"] < WORSE * old["ratio"]:
            found.append(f"{row['workload']}, JDK {row['jdk']}, cores {row['cores']}: {row['ratio']:.3g} times as fast as {row['peer']}, "
                         f"it was {old['ratio']:.3g} ({1 - row['ratio'] / old['ratio']:.0%} worse)")
    return found


def renewed(rows, before):
    """The table to remember: what was measured now in place of what it was."""
    hasty = [row for row in rows if row["rounds"] < 5]
    if hasty:
        raise SystemExit(f"{hasty[0]['workload']} was measured in {hasty[0]['rounds']} rounds, and only 5 or more are kept: measure again without --quick")
    return list(({key(row): row for row in before} | {key(row): row for row in rows}).values())


def cliffs(points):
    """Steps of a growth curve, [(size, seconds)], that cost more than in proportion (and a tenth, for noise)."""
    return [(n, m) for (n, s), (m, t) in zip(points, points[1:]) if t / s > 1.1 * m / n]
