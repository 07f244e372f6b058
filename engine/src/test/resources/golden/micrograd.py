"""Writes micrograd.txt: what PyTorch in float64 makes of the two expressions that micrograd is tested with.

    python micrograd.py > micrograd.txt        (torch 2.13.0)

The expressions are those of test_sanity_check and test_more_ops in https://github.com/karpathy/micrograd (MIT licence).
"""
import torch


def leaf(number):
    return torch.tensor(number, dtype=torch.float64, requires_grad=True)


def one_input(x):
    z = 2 * x + 2 + x
    q = z.relu() + z * x
    h = (z * z).relu()
    return h + q + q * x


def two_inputs(a, b):
    c = a + b
    d = a * b + b**3
    c = c + c + 1
    c = c + 1 + c + (-a)
    d = d + d * 2 + (b + a).relu()
    d = d + 3 * d + (b - a).relu()
    f = (c - d) ** 2
    return f / 2.0 + 10.0 / f


def show(name, result, **leaves):
    result.backward()
    print(name, repr(result.item()))
    for letter, value in leaves.items():
        print(f"{name}.{letter}.grad", repr(value.grad.item()))


x = leaf(-4.0)
show("oneInput", one_input(x), x=x)
a, b = leaf(-4.0), leaf(2.0)
show("twoInputs", two_inputs(a, b), a=a, b=b)
