"""Writes sums.txt: how far PyTorch's long float32 sums, and the gradients that add up, are off. pip install torch==2.13.0

Lines are: name largest-relative-error   Numbers follow from a formula (see numbers); the exact results are those of doubles.
"""
import pathlib

import torch

torch.set_num_threads(1)
lines = []


def numbers(kind, rows, columns):
    """All 0.1, or multiples of 2^-24 spread over [0, 1) by Knuth's multiplicative hash."""
    if kind == "constant":
        return torch.full((rows, columns), 0.1)
    hashed = torch.arange(rows * columns, dtype=torch.int64) * 2654435761 % 2**32
    return ((hashed >> 8).double() / 2**24).float().reshape(rows, columns)


def write(name, actual, exact):
    lines.append(f"{name} {((actual.double() - exact) / exact).abs().max().item()!r}")


def gradient(f, x, *shape):
    w = torch.zeros(shape, requires_grad=True)
    f(w).backward(x)
    return w.grad


for elements in (1_000_000, 20_000_000):
    for kind in ("constant", "spread"):
        rows, name = elements // 2, f"{elements}.{kind}"
        x = numbers(kind, rows, 2)
        columns, every = x.double().sum(0), x.double().sum()
        write(f"{name}.sum", x.sum(), every)
        write(f"{name}.mean", x.mean(), every / elements)
        write(f"{name}.sum0", x.sum(0), columns)
        write(f"{name}.mean0", x.mean(0), columns / rows)
        write(f"{name}.sum1", x.t().contiguous().sum(1), columns)
        write(f"{name}.broadcast", gradient(lambda w: x + w, x, 2), columns)
        write(f"{name}.scalar", gradient(lambda w: x + w, x), every)
        write(f"{name}.bias", gradient(lambda w: torch.nn.functional.linear(x, torch.zeros(2, 2), w), x, 2), columns)
        write(f"{name}.rows", gradient(lambda w: w[torch.arange(rows) % 3], x, 3, 2), torch.stack([x[i::3].double().sum(0) for i in range(3)]))
        write(f"{name}.weights", gradient(lambda w: torch.nn.functional.linear(x, w), x, 2, 2), x.double().t() @ x.double())
        write(f"{name}.product", x.t() @ x, x.double().t() @ x.double())
pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
