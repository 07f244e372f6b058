"""Writes widths.safetensors, with PyTorch's numbers of every width, and widths.txt, what they are as floats. pip install torch==2.13.0 safetensors==0.8.0"""
import math
import pathlib

import torch
from safetensors.torch import save_file

edges = [0.0, -0.0, 1.0, -2.5, 1 / 3, 6e-8, -3e-5, 65504.0, math.inf, -math.inf, math.nan]
tensors = {
    "net.0.weight": torch.tensor(edges, dtype=torch.float16),
    "net.1.bias": torch.tensor(edges, dtype=torch.bfloat16),
    "net.1.num_batches_tracked": torch.tensor(7),
    "net.1.running_mean": torch.tensor([*edges, 1e300, 1e-300, math.pi], dtype=torch.float64),
    "net.1.running_var": torch.tensor(edges, dtype=torch.float32),
}
here = pathlib.Path(__file__)
save_file(tensors, here.with_suffix(".safetensors"))
words = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
lines = [" ".join([name, *(words.get(repr(v), repr(v)) for v in x.float().tolist())]) for name, x in sorted(tensors.items()) if x.is_floating_point()]
here.with_suffix(".txt").write_text("\n".join(lines) + "\n")
