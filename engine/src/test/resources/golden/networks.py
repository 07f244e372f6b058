"""Writes networks.txt: how a thousand random networks learn, in double precision. pip install torch==2.13.0 numpy==2.4.6

A line holds a network's settings as words, the loss of each step, and in the end the sum of all weights and that of their sizes. Weights and
batches are the numbers that SplitMix64 draws from the line's number: layer by layer, weights before biases; then for each step the inputs and
the targets. So no file has to hold them.
"""
import math
import pathlib
import random

import numpy as np
import torch
import torch.nn.functional as F

from splitmix import splitmix64

STEPS = 6
torch.set_num_threads(1)     # more would wait for each other: the networks are small
BOUNDS = {"pytorch": lambda i, o: 1 / math.sqrt(i), "kaiming": lambda i, o: math.sqrt(6 / i), "glorot": lambda i, o: math.sqrt(6 / (i + o))}
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


def settings(seed):
    """What line number `seed` says; a setting that is missing is not used."""
    draw = random.Random(seed)
    chosen = {"init": draw.choice(list(BOUNDS)), "activation": draw.choice(list(ACTIVATIONS)),
              "sizes": [draw.randint(1, 20)] + [draw.randint(1, 24) for _ in range(draw.randint(0, 4))] + [draw.randint(2, 10)],
              "batch": draw.randint(1, 9), "loss": draw.choice(["cross-entropy", "mse", "rmse", "margin"]),
              "optimizer": draw.choice(["sgd", "momentum", "nesterov", "adam", "adamw"])}
    adaptive = chosen["optimizer"].startswith("adam")
    chosen["rate"] = float(f"{10 ** draw.uniform(*((-4, -1.5) if adaptive else (-3, -0.5))):.3g}")
    if chosen["loss"] == "cross-entropy" and draw.random() < 0.5:
        chosen["smoothing"] = draw.choice([0.05, 0.1, 0.3])
    if chosen["optimizer"] in ("momentum", "nesterov"):
        chosen["momentum"] = draw.choice([0.5, 0.9, 0.99])
    if adaptive and draw.random() < 0.5:
        chosen |= {"beta1": draw.choice([0.0, 0.5, 0.8]), "beta2": draw.choice([0.9, 0.99]), "epsilon": draw.choice([1e-6, 1e-3])}
    if adaptive and chosen["loss"] == "margin":      # its gradients of ±1/n may cancel to 0 but for rounding, which a small epsilon magnifies
        chosen["epsilon"] = 1e-3
    if chosen["optimizer"] == "adamw" or draw.random() < 0.5:
        chosen["decay"] = draw.choice([1e-4, 0.01, 0.1])
    if draw.random() < 0.3:
        chosen |= {"every": draw.randint(1, 3), "factor": draw.choice([0.1, 0.5, 0.9])}
    elif draw.random() < 0.4:
        chosen |= {"warm-up": draw.randint(0, 3), "total": draw.randint(4, 8)}
    if draw.random() < 0.3:
        chosen["clip"] = draw.choice([0.01, 0.3, 2.0])
    return chosen


def uniform(numbers, bound, *shape):  # numbers that are floats, so that both sides start from the same
    draws = [-bound + (bound - -bound) * next(numbers) for _ in range(math.prod(shape))]
    return torch.tensor(np.float32(draws).reshape(shape), dtype=torch.float64)


def weights(numbers, init, sizes):
    for i, o in zip(sizes, sizes[1:]):
        bound = BOUNDS[init](i, o)
        yield uniform(numbers, bound, o, i)
        yield uniform(numbers, bound, o) if init == "pytorch" else torch.zeros(o, dtype=torch.float64)


def optimizer_of(p, s):
    rate, decay = s["rate"], s.get("decay", 0)
    if s["optimizer"].startswith("adam"):
        make = torch.optim.AdamW if s["optimizer"] == "adamw" else torch.optim.Adam
        return make(p, rate, betas=(s.get("beta1", 0.9), s.get("beta2", 0.999)), eps=s.get("epsilon", 1e-8), weight_decay=decay)
    return torch.optim.SGD(p, rate, momentum=s.get("momentum", 0), nesterov=s["optimizer"] == "nesterov", weight_decay=decay)


def schedule_of(optimizer, s):
    lr = torch.optim.lr_scheduler
    if "every" in s:
        return lr.StepLR(optimizer, s["every"], s["factor"])
    if "total" in s:
        up, total = s["warm-up"], s["total"]
        return lr.LambdaLR(optimizer, lambda k: (k + 1) / up if k < up else 0.5 * (1 + math.cos(math.pi * min(1, (k - up) / (total - up)))))
    return lr.ConstantLR(optimizer, factor=1)


def loss_of(numbers, y, s):
    n, classes = y.shape
    if s["loss"] == "cross-entropy":
        labels = torch.tensor([int(classes * next(numbers)) for _ in range(n)])
        return F.cross_entropy(y, labels, label_smoothing=s.get("smoothing", 0))
    target = uniform(numbers, 1, n, classes)
    if s["loss"] == "margin":
        return F.relu(1 - y * target.sign()).mean()
    mse = F.mse_loss(y, target)
    return mse if s["loss"] == "mse" else mse.sqrt()


def learn(seed, s):
    numbers = splitmix64(seed)
    p = [w.requires_grad_() for w in weights(numbers, s["init"], s["sizes"])]
    optimizer = optimizer_of(p, s)
    schedule = schedule_of(optimizer, s)
    losses = []
    for _ in range(STEPS):
        h = uniform(numbers, 2, s["batch"], s["sizes"][0])
        for k in range(0, len(p), 2):
            h = F.linear(h if k == 0 else ACTIVATIONS[s["activation"]](h), p[k], p[k + 1])
        loss = loss_of(numbers, h, s)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        if "clip" in s:
            torch.nn.utils.clip_grad_norm_(p, s["clip"])
        optimizer.step()
        schedule.step()
    return losses + [sum(q.sum().item() for q in p), sum(q.abs().sum().item() for q in p)]


def line(seed):
    s = settings(seed)
    words = [f"{name}={'-'.join(map(str, value)) if name == 'sizes' else value}" for name, value in s.items()]
    return " ".join(words + [f"{x:.10g}" for x in learn(seed, s)])


pathlib.Path(__file__).with_suffix(".txt").write_text("".join(line(seed) + "\n" for seed in range(1000)))
