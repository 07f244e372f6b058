"""Writes special.txt: the elementwise operations and their gradients at the edges, in PyTorch's floats. pip install torch==2.13.0

Lines are: name value value ...   Operations of two operands run over all pairs, the first operand changing slowest.
"""
import pathlib

import torch

torch.set_num_threads(1)
inf, nan = float("inf"), float("nan")
numbers = torch.tensor([nan, inf, -inf, 0.0, -0.0, 1e-45, -1e-45, 1e-39, 2.0**-126, 3.4028235e38, -3.4028235e38, 200.0, -200.0, 1.0, -1.0, 2.5])
lines = []


def write(name, values):
    words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    lines.append(" ".join([name, *(words.get(repr(v), repr(v)) for v in values.tolist())]))


def case(name, f, *operands):
    operands = [x.clone().requires_grad_() for x in operands]
    y = f(*operands)
    write(f"{name}.y", y.detach())
    for word, upstream in ("grad", 1.0), ("grad.of.infinity", inf):
        gradients = torch.autograd.grad(y, operands, torch.full_like(y, upstream), retain_graph=True)
        for letter, gradient in zip("ab", gradients):
            write(f"{name}.{letter}.{word}", gradient)


ONE = {
    "NEG": torch.neg,
    "EXP": torch.exp,
    "LOG": torch.log,
    "SQRT": torch.sqrt,
    "ABS": torch.abs,
    "TANH": torch.tanh,
    "RELU": torch.relu,
    "SIGMOID": torch.sigmoid,
    "RSQRT": torch.rsqrt,
    "SIN": torch.sin,
    "COS": torch.cos,
    "clamp": lambda x: x.clamp(-0.5, 0.75),
    "POW(3)": lambda x: x**3,
    "maximum(0.75)": lambda x: torch.maximum(x, torch.tensor(0.75)),
}
TWO = {"ADD": torch.add, "SUB": torch.sub, "MUL": torch.mul, "DIV": torch.div, "POW": torch.pow, "MAX": torch.maximum, "MIN": torch.minimum}
write("numbers", numbers)
for name, f in ONE.items():
    case(name, f, numbers)
for name, f in TWO.items():
    case(name, f, numbers.repeat_interleave(len(numbers)), numbers.repeat(len(numbers)))

pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
