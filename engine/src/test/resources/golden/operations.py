"""Writes operations.txt: every tensor operation and its gradients in double precision. pip install torch==2.13.0

Lines are: name value value ...   The operands a, b, c follow from a formula (see operand) and so do the weights of the result.
"""
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
lines = []


def write(name, values):
    lines.append(" ".join([name, *(repr(v) for v in values)]))


def operand(j, shape, positive):
    """Multiples of 1/64 that are never 0 and never twice the same in a hundred."""
    size = torch.Size(shape).numel()
    x = torch.tensor([((37 * i + 17 * j + 11) % 101 - 50.5) / 32 for i in range(size)]).reshape(shape)
    return (x.abs() + 0.25 if positive else x).requires_grad_()


def case(name, f, *shapes):
    operands = [operand(j, shape, name.startswith(("LOG", "SQRT", "RSQRT", "POW"))) for j, shape in enumerate(shapes)]
    y = f(*operands)
    weights = torch.tensor([0.5 + (29 * i + 7) % 64 / 64 for i in range(y.numel())]).reshape(y.shape)
    y.backward(weights)
    write(f"{name}.operands", [len(operands)])
    write(f"{name}.y", y.detach().flatten().tolist())
    for letter, x in zip("abc", operands):
        write(f"{name}.{letter}.shape", x.shape)
        write(f"{name}.{letter}.grad", (torch.zeros_like(x) if x.grad is None else x.grad).flatten().tolist())


def labels(x):
    return torch.tensor([(7 * i + 3) % x.shape[1] for i in range(x.shape[0])])


def mask(condition):  # a constant, which must hang on something to go backward from
    return condition.double() + torch.zeros(1, requires_grad=True)


ONE = {
    "NEG": lambda x: -x,
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
    "add(1.5)": lambda x: x + 1.5,
    "sub(1.5)": lambda x: x - 1.5,
    "mul(-1.5)": lambda x: x * -1.5,
    "div(-1.5)": lambda x: x / -1.5,
    "POW(3)": lambda x: x**3,
    "POW(-0.5)": lambda x: x**-0.5,
    "maximum(0.75)": lambda x: torch.maximum(x, torch.tensor(0.75)),
    "clamp": lambda x: x.clamp(-0.5, 0.75),
    "sum": torch.sum,
    "mean": torch.mean,
    "max": torch.max,
    "min": torch.min,
    "reshape": lambda x: x.reshape(1, -1, 1),
}
TWO = {
    "ADD": torch.add,
    "SUB": torch.sub,
    "MUL": torch.mul,
    "DIV": torch.div,
    "POW": torch.pow,
    "MAX": torch.maximum,
    "MIN": torch.minimum,
    "GT": lambda a, b: mask(a > b),
    "LT": lambda a, b: mask(a < b),
    "EQ": lambda a, b: mask(a == b),
    "DOT": torch.mul,
    "where": lambda a, b: torch.where(b > 1, a, b),
}
MATRIX = {
    "t": torch.t,
    "pick": lambda x: x.gather(1, labels(x)[:, None])[:, 0],
    "crossEntropy(0.0)": lambda x: F.cross_entropy(x, labels(x)),
    "crossEntropy(0.1)": lambda x: F.cross_entropy(x, labels(x), label_smoothing=0.1),
}
for name, f in ONE.items():
    case(name, f, [3, 7])
for name, f in TWO.items():
    case(name, f, [2, 1, 5], [3, 1])
for name, f in MATRIX.items():
    case(name, f, [5, 7])
for axis in range(3):
    for dims, keep in [("KEEP", True), ("DROP", False)]:
        case(f"sum({axis},{dims})", lambda x: x.sum(axis, keep), [2, 3, 4])
        case(f"mean({axis},{dims})", lambda x: x.mean(axis, keep), [2, 3, 4])
        case(f"max({axis},{dims})", lambda x: x.max(axis, keep).values, [2, 3, 4])
        case(f"min({axis},{dims})", lambda x: x.min(axis, keep).values, [2, 3, 4])
        case(f"variance({axis},{dims})", lambda x: x.var(axis, correction=0, keepdim=keep), [2, 3, 4])
        case(f"logSumExp({axis},{dims})", lambda x: x.logsumexp(axis, keep), [2, 3, 4])
    case(f"softmax({axis})", lambda x: x.softmax(axis), [2, 3, 4])
    case(f"select({axis})", lambda x: x.select(axis, -1), [2, 3, 4])
    case(f"slice({axis})", lambda x: x.narrow(axis, x.shape[axis] // 3, x.shape[axis] - x.shape[axis] // 3), [2, 3, 4])
    case(f"take({axis})", lambda x: x.index_select(axis, torch.tensor([x.shape[axis] - 1, 0, x.shape[axis] - 1])), [2, 3, 4])
    case(f"concat({axis})", lambda x: torch.cat([x, x.exp(), x], axis), [2, 3, 4])
case("rows", lambda x: x[[len(x) - 1, 0, len(x) - 1]], [3, 4])
case("matmul", torch.matmul, [3, 5], [5, 4])
case("linear", F.linear, [3, 5], [4, 5], [4])
for axes in (0, 2, 1), (2, 0, 1), (1, 0, 2), (2, 1, 0), (0, 1, 2):
    case(f"permute[{','.join(map(str, axes))}]", lambda x: x.permute(axes), [2, 3, 4])
case("matmul.stack", torch.matmul, [2, 3, 4], [2, 4, 5])
case("matmul.matrix", torch.matmul, [2, 3, 4], [4, 5])
case("matmul.repeated", torch.matmul, [2, 1, 3, 4], [3, 4, 2])
case("matmul.repeated.first", torch.matmul, [3, 4], [2, 4, 1])
case("linear.stack", F.linear, [2, 3, 5], [4, 5], [4])

pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
