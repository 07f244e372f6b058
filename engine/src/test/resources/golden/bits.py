"""Writes bits.safetensors, numbers of any 32 bits, with Python's own library: pip install safetensors==0.8.0 numpy==2.4.6"""
import pathlib

import numpy as np
from safetensors.numpy import save_file

rng = np.random.default_rng(0)
shapes = [rng.integers(0, 9, size=rng.integers(0, 5)) for _ in range(60)]
tensors = {f"{i}.weight": rng.integers(0, 2**32, size=shape, dtype=np.uint32).view(np.float32) for i, shape in enumerate(shapes)}
save_file(tensors, pathlib.Path(__file__).with_name("bits.safetensors"))
print(sum(x.size for x in tensors.values()), "numbers, not a number:", sum(np.isnan(x).sum() for x in tensors.values()))
