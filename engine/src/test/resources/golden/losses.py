"""Writes losses.txt: every loss and its gradient in double precision. pip install torch==2.13.0

Lines are: name value value ...
"""
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
random = torch.Generator().manual_seed(11)
lines = []


def write(name, *values):
    lines.append(" ".join([name, *(repr(torch.as_tensor(v).item()) for v in values)]))


def normal(*shape):  # numbers that are floats, so that both sides start from the same
    return torch.randn(*shape, generator=random).float().double()


def loss(name, x, f):
    x = x.clone().requires_grad_()
    y = f(x)
    y.backward()
    write(f"{name}.loss", y)
    write(f"{name}.gradient", *x.grad.flatten())


# 19 rows: vectors of 4, 8 and 16 rows, and what is left over
scores = 3 * normal(19, 5)
scores = scores.float().double()
labels = torch.randint(0, 5, (19,), generator=random)
write("scores", *scores.flatten())
write("labels", *labels)
loss("cross-entropy", scores, lambda x: F.cross_entropy(x, labels))
loss("cross-entropy-smooth", scores, lambda x: F.cross_entropy(x, labels, label_smoothing=0.1))
loss("cross-entropy-even", scores, lambda x: F.cross_entropy(x, labels, label_smoothing=1.0))

y, target = normal(7, 3), normal(7, 3)
sign = torch.where(normal(7, 3) > 0, 1.0, -1.0)
write("y", *y.flatten())
write("target", *target.flatten())
write("sign", *sign.flatten())
loss("mse", y, lambda x: F.mse_loss(x, target))
loss("rmse", y, lambda x: F.mse_loss(x, target).sqrt())
loss("max-margin", y, lambda x: F.relu(1 - sign * x).mean())

pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
