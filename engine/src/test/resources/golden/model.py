"""Writes model.safetensors with Python's own library: pip install safetensors==0.8.0 numpy==2.4.6"""
import pathlib

import numpy as np
from safetensors.numpy import save_file

tensors = {
    "2.weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 7,
    "0.bias": np.array([0.0, -0.0, np.nan, np.inf, -np.inf, 1e-45, 3.4028235e38], dtype=np.float32),
    "scalar": np.array(2.5, dtype=np.float32),
    "nothing": np.zeros((0, 3), dtype=np.float32),
    'q"b\\s/n\nu\x01é😀': np.array([[1], [2]], dtype=np.float32),
    "q\uffee": np.array([3], dtype=np.float32),
    "q😀": np.array([4], dtype=np.float32),
}
save_file(tensors, pathlib.Path(__file__).with_name("model.safetensors"), {"trained on": "digits, 200 epochs"})
