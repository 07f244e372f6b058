"""Writes optim.txt: five steps of every optimiser, clipped gradients and learning rates. pip install torch==2.13.0

Each parameter step follows a gradient that does not depend on the parameters. Lines are: name value value ...; numbers in double precision.
"""
import math
import pathlib

import torch

torch.set_default_dtype(torch.float64)
STEPS, RATE = 5, 0.1
random = torch.Generator().manual_seed(7)


def uniform(low, high, *shape):  # numbers that are floats, so that both sides start from the same
    return (low + (high - low) * torch.rand(*shape, generator=random)).float().double()


# away from 0 and far enough that no step crosses it: a relative error means something. 19 and 2: vectors of 4, 8, 16 and what is left over
start = [uniform(2, 3, 19), -uniform(2, 3, 2)]
gradients = [[uniform(-1, 1, 19), uniform(-1, 1, 2)] for _ in range(STEPS)]
gradients[1][0][3] = 0.0
gradients[2][1][0] = 1e-5
lines = []


def write(name, *values):
    lines.append(" ".join([name, *(repr(torch.as_tensor(v).item()) for v in values)]))


def run(name, make, schedule=None, missing=()):
    p = [x.clone().requires_grad_() for x in start]
    optimizer = make(p)
    scheduler = schedule(optimizer) if schedule else None
    for step, gradient in enumerate(gradients):
        for i, (x, g) in enumerate(zip(p, gradient)):
            x.grad = None if (step + 1, i) in missing else g.clone()
        optimizer.step()
        if scheduler:
            scheduler.step()
        write(f"{name}.{step + 1}", *p[0], *p[1])


for i, x in enumerate(start):
    write(f"start.{i}", *x)
for step, gradient in enumerate(gradients):
    for i, g in enumerate(gradient):
        write(f"gradient.{step + 1}.{i}", *g)

run("sgd", lambda p: torch.optim.SGD(p, RATE))
run("sgd-decay", lambda p: torch.optim.SGD(p, RATE, weight_decay=0.1))
run("momentum", lambda p: torch.optim.SGD(p, RATE, momentum=0.9))
run("nesterov", lambda p: torch.optim.SGD(p, RATE, momentum=0.9, nesterov=True))
run("nesterov-decay", lambda p: torch.optim.SGD(p, RATE, momentum=0.8, nesterov=True, weight_decay=0.1))
run("adam", lambda p: torch.optim.Adam(p, RATE))
run("adam-betas", lambda p: torch.optim.Adam(p, RATE, betas=(0.8, 0.95), eps=1e-2))
run("adam-decay", lambda p: torch.optim.Adam(p, RATE, weight_decay=0.1))
run("adamw", lambda p: torch.optim.AdamW(p, RATE, weight_decay=0.1))
run("adam-steps", lambda p: torch.optim.Adam(p, RATE), lambda o: torch.optim.lr_scheduler.StepLR(o, 2, 0.5))
MISSING = ((2, 1), (3, 1), (4, 0))        # these steps bring no gradient for that parameter
run("sgd-missing", lambda p: torch.optim.SGD(p, RATE, weight_decay=0.1), missing=MISSING)
run("momentum-missing", lambda p: torch.optim.SGD(p, RATE, momentum=0.9), missing=MISSING)
run("adam-missing", lambda p: torch.optim.Adam(p, RATE), missing=MISSING)
run("adamw-missing", lambda p: torch.optim.AdamW(p, RATE, weight_decay=0.1), missing=MISSING)


def tiny(gradient, epsilon):
    """One step in floats from 1 along a gradient whose square is denormal or nothing."""
    p = torch.ones(1, dtype=torch.float32, requires_grad=True)
    p.grad = torch.full_like(p, gradient)
    torch.optim.Adam([p], 0.01, eps=epsilon).step()
    return p


for gradient, epsilon in (1e-20, 1e-30), (1e-20, 0.0), (1e-20, 1e-12), (1e-20, 1e-8):
    write(f"adam-tiny.{gradient}.{epsilon}", tiny(gradient, epsilon))

for most in (1.5, 100.0):
    p = [x.clone().requires_grad_() for x in start]
    for x, g in zip(p, gradients[0]):
        x.grad = g.clone()
    norm = torch.nn.utils.clip_grad_norm_(p, most)
    write(f"clip-{most:g}.norm", norm)
    write(f"clip-{most:g}.gradient", *p[0].grad, *p[1].grad)


def rates(name, steps, schedule):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.3)
    scheduler = schedule(optimizer)
    values = []
    for _ in range(steps):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    write(name, *values)


lr = torch.optim.lr_scheduler
rates("step-lr", 8, lambda o: lr.StepLR(o, 3, 0.1))
rates("cosine-lr", 11, lambda o: lr.CosineAnnealingLR(o, 10))
rates("warm-up-lr", 13, lambda o: lr.SequentialLR(o, [
    lr.LinearLR(o, start_factor=1 / 4, total_iters=3), lr.CosineAnnealingLR(o, 8)], milestones=[4]))
rates("warm-up-lambda-lr", 13, lambda o: lr.LambdaLR(o, lambda k: (k + 1) / 4 if k < 4 else 0.5 * (1 + math.cos(math.pi * min(1, (k - 4) / 8)))))

pathlib.Path(__file__).with_suffix(".txt").write_text("\n".join(lines) + "\n")
