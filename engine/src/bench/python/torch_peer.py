"""Started by bench.py and growth.py: the workloads in PyTorch as one writes them there. torch_peer.py FOLDER CORES [post]

With `post`, W4 is done as the post that the notebooks follow does it: images one by one, sums of losses read at every step, Adam as it comes.
"""
import re
import sys

import torch
import torch.nn.functional as F
from torch import nn

import peer
from peer import BATCH, EPOCHS, STEPS, load


def network(weights, *sizes, dropout=0.0):
    layers = []
    for inputs, outputs in zip(sizes, sizes[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()] + ([nn.Dropout(dropout)] if dropout else [])
    net = nn.Sequential(*layers[:-2 if dropout else -1])
    net.load_state_dict(tensors(weights))
    return net


def tensors(name):
    return {key: torch.from_numpy(array) for key, array in load(name).items()}


def images(name, part):
    saved = tensors(name)
    return saved[part + "x"], saved[part + "y"].long()


def moons():
    x, y = images("moons", "")
    sign = 2 * y.float().unsqueeze(1) - 1

    def run():
        net = network("moons-weights", 2, 16, 16, 1)
        sgd = torch.optim.SGD(net.parameters(), lr=1.0, fused=True)
        for k in range(STEPS):
            loss = F.relu(1 - sign * net(x)).mean() + 1e-4 * sum((p * p).sum() for p in net.parameters())
            sgd.zero_grad()
            loss.backward()
            sgd.param_groups[0]["lr"] = 1 - 0.9 * k / STEPS
            sgd.step()
        return lambda: {"loss": loss.item()}
    return run


def nodes(count):
    """Single numbers are tensors without axes here."""
    saved = {key: torch.from_numpy(array).double() for key, array in load("nodes").items()}
    w, x, b = ([number.clone().requires_grad_() for number in saved[key].flatten()] for key in "wxb")

    def run():
        for number in w:
            number.grad = None
        total = None
        for n in range(max(1, int(count) // 34)):
            neuron = b[n % 16]
            for i in range(16):
                neuron = neuron + w[n % 16 * 16 + i] * x[i]
            total = F.relu(neuron) if total is None else total + F.relu(neuron)
        total.backward()
        return lambda: {"gradient": sum(number.grad.abs().item() for number in w if number.grad is not None)}
    return run


def rmse():
    x, y = images("digits", "train.")
    x, target = x[:20] / 16, F.one_hot(y[:20], 10).float()

    def run():
        net = network("digits-weights", 64, 32, 16, 10)
        sgd = torch.optim.SGD(net.parameters(), lr=0.02, fused=True)
        for _ in range(STEPS):
            loss = ((net(x) - target) ** 2).mean(1).sqrt().sum()
            sgd.zero_grad()
            loss.backward()
            sgd.step()
        return lambda: {"loss": loss.item()}
    return run


def train():
    x, y = images("digits", "train.")
    order = tensors("digits")["order"].long()

    def run():
        net = network("dropout-weights", 64, 32, 16, 10, dropout=0.2)
        adam = torch.optim.Adam(net.parameters(), lr=2e-4, weight_decay=1e-4, fused=True)
        for epoch in range(EPOCHS):
            xs, ys = x[order[epoch]], y[order[epoch]]
            for i in range(0, len(x), BATCH):
                loss = F.cross_entropy(net(xs[i:i + BATCH]), ys[i:i + BATCH])
                adam.zero_grad()
                loss.backward()
                adam.step()
        return lambda: read(net)
    return run


def train_as_the_post():
    x, y = images("digits", "train.")
    test_x, test_y = images("digits", "test.")
    order = tensors("digits")["order"].long()

    class Digits(torch.utils.data.Dataset):
        def __len__(self):
            return len(x)

        def __getitem__(self, i):
            return x[i], y[i]

    def run():
        net = network("dropout-weights", 64, 32, 16, 10, dropout=0.2)
        adam = torch.optim.Adam(net.parameters(), lr=2e-4, weight_decay=1e-4)
        for epoch in range(EPOCHS):
            net.train()
            total, right = 0.0, 0
            for batch, labels in torch.utils.data.DataLoader(Digits(), batch_size=BATCH, sampler=order[epoch].tolist()):
                adam.zero_grad()
                scores = net(batch)
                loss = F.cross_entropy(scores, labels)
                loss.backward()
                adam.step()
                total += loss.item()
                right += (scores.argmax(1) == labels).sum().item()
            net.eval()
            with torch.no_grad():
                scores = net(test_x)
                F.cross_entropy(scores, test_y).item(), (scores.argmax(1) == test_y).float().mean().item()
        return lambda: read(net)
    return run


@torch.no_grad()
def read(net):
    """How well it reads once trained."""
    net.eval()
    x, y = images("digits", "train.")
    test_x, test_y = images("digits", "test.")
    return {"accuracy": scored(net(test_x), test_y)["accuracy"], "loss": scored(net(x), y)["loss"]}


def scored(scores, labels):
    return {"accuracy": (scores.argmax(1) == labels).float().mean().item(), "loss": F.cross_entropy(scores, labels).item()}


def dream():
    noise = tensors("digits")["noise"]
    target = torch.arange(10).repeat_interleave(1000)
    net = network("dreamer", 64, 32, 16, 10).requires_grad_(False)

    def run():
        dreams = noise.clone().requires_grad_()
        adam = torch.optim.Adam([dreams], lr=0.1, fused=True)
        for _ in range(STEPS):
            loss = F.cross_entropy(net(dreams.clamp(0, 16)), target, reduction="sum")
            adam.zero_grad()
            loss.backward()
            adam.step()
        dreams = dreams.detach().clamp(0, 16)
        return lambda: scored(net(dreams), target)
    return run


def dream_as_the_post():
    """Twenty dreams of the 10,000, two of each digit."""
    noise = tensors("digits")["noise"]
    net = network("dreamer", 64, 32, 16, 10)

    def dream(start, digit):
        image = start.clone().requires_grad_()
        adam = torch.optim.Adam([image], lr=0.1)
        for _ in range(STEPS):
            loss = F.cross_entropy(net(image.clamp(0, 16)), digit)
            adam.zero_grad()
            loss.backward()
            adam.step()
        return image.detach().clamp(0, 16)

    def run():
        dreams = [(net(dream(noise[i], torch.tensor(i // 1000))).argmax().item(), i // 1000) for i in range(0, 10_000, 500)]
        return lambda: {"accuracy": sum(read == meant for read, meant in dreams) / len(dreams)}
    return run


def epoch(hidden, batch):
    x, y = images("images", "")
    sizes, batch = [784, *map(int, hidden.split("-")), 10], int(batch)

    def run():
        net = network(f"images-weights-{hidden}", *sizes)
        sgd = torch.optim.SGD(net.parameters(), lr=0.01, fused=True)
        for i in range(0, len(x) - batch + 1, batch):
            loss = F.cross_entropy(net(x[i:i + batch]), y[i:i + batch])
            sgd.zero_grad()
            loss.backward()
            sgd.step()
        return lambda: {"loss": loss.item()}
    return run


def products(m, k, n, times):
    m, k, n = int(m), int(k), int(n)
    saved = tensors("matrices")
    a, b = saved["a"][:m * k].reshape(m, k), saved["b"][:k * n].reshape(k, n)

    def run():
        for _ in range(int(times)):
            product = a @ b
        return lambda: {"mean square": (product * product).mean().item()}
    return run


def step(batch, width):
    x, y = torch.randn(int(batch), 784), torch.arange(int(batch)) % 10
    net = nn.Sequential(nn.Linear(784, int(width)), nn.ReLU(), nn.Linear(int(width), 10))
    sgd = torch.optim.SGD(net.parameters(), lr=0.01, fused=True)

    def run():
        loss = F.cross_entropy(net(x), y)
        sgd.zero_grad()
        loss.backward()
        sgd.step()
        return lambda: {"loss": loss.item()}
    return run


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(int(sys.argv[2]))
    as_the_post = sys.argv[3:] == ["post"]
    blas = re.search(r"BLAS_INFO=(\w+)", torch.__config__.show())
    peer.serve({
        "moons": moons, "nodes": nodes, "rmse": rmse, "epoch": epoch, "products": products, "step": step,
        "train": train_as_the_post if as_the_post else train,
        "dream": dream_as_the_post if as_the_post else dream,
    }, f"torch {torch.__version__}, BLAS {blas[1] if blas else 'unknown'}, {torch.backends.cpu.get_cpu_capability()}, threads {torch.get_num_threads()}")
