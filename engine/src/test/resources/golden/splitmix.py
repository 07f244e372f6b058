"""The numbers that grad.Rng draws: SplitMix64 (Steele, Lea and Flood 2014)."""
MASK = (1 << 64) - 1


def splitmix64(state):
    """The doubles in [0, 1) that follow from a seed, as nextDouble() gives them."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield ((z ^ (z >> 31)) >> 11) * 2.0**-53
