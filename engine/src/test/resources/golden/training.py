"""Writes training.txt: the loss of every step while the digits network learns, in double precision. pip install torch==2.13.0 numpy==2.4.6

The network 64-32-16-10 starts from the numbers that SplitMix64 draws from seed 3, layer by layer, weights before biases, uniform in
±1/√inputs; they are drawn here again, so that no file has to hold them. Three epochs over the first 1437 digits in order, in batches of 32.
Lines are: name value value ... The last is the sum of absolute values of each parameter in the end.
"""
import gzip
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from splitmix import splitmix64

HERE = pathlib.Path(__file__)
DIGITS = HERE.parents[3] / "main/resources/grad/data/digits.csv.gz"

random = splitmix64(3)


def uniform(bound, *shape):
    draws = [-bound + (bound - -bound) * next(random) for _ in range(math.prod(shape))]
    return torch.tensor(np.float32(draws).reshape(shape), dtype=torch.float64, requires_grad=True)


sizes = [64, 32, 16, 10]
p = []
for i, o in zip(sizes, sizes[1:]):
    p += [uniform(1 / math.sqrt(i), o, i), uniform(1 / math.sqrt(i), o)]

table = np.loadtxt(gzip.open(DIGITS), delimiter=",")[:1437]
x, y = torch.tensor(table[:, :64]), torch.tensor(table[:, 64].astype(int))
optimizer = torch.optim.Adam(p, lr=2e-4, weight_decay=1e-4)
losses = []
for epoch in range(3):
    for k in range(0, len(x), 32):
        h = F.relu(F.linear(x[k:k + 32], p[0], p[1]))
        h = F.relu(F.linear(h, p[2], p[3]))
        loss = F.cross_entropy(F.linear(h, p[4], p[5]), y[k:k + 32])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())

weights = " ".join(repr(q.abs().sum().item()) for q in p)
HERE.with_suffix(".txt").write_text("losses " + " ".join(repr(v) for v in losses) + "\nweights " + weights + "\n")
