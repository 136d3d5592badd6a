"""Writes a language model of random weights for the bench: 70 MB, of the architecture and vocabulary of the tests' one.

Needs gguf: python3 -B random_weights.py FILE
"""

import sys

import numpy as np

import vocabulary
from write import write

settings = {
    "width": 512,
    "hidden": 1408,
    "heads": 8,
    "key_heads": 4,
    "layers": 12,
    "context": 512,
    "rope_base": 10000.0,
    "epsilon": 1e-5,
}
random = np.random.default_rng(1)
width, hidden = settings["width"], settings["hidden"]
keys = width * settings["key_heads"] // settings["heads"]


def matrix(rows, columns):
    return random.normal(0, columns**-0.5, (rows, columns)).astype(np.float32)


weights = {
    "token_embd.weight": matrix(len(vocabulary.texts), width),
    "output_norm.weight": np.ones(width, np.float32),
}
for layer in range(settings["layers"]):
    weights |= {
        f"blk.{layer}.{name}.weight": values
        for name, values in {
            "attn_norm": np.ones(width, np.float32),
            "attn_q": matrix(width, width),
            "attn_k": matrix(keys, width),
            "attn_v": matrix(keys, width),
            "attn_output": matrix(width, width),
            "ffn_norm": np.ones(width, np.float32),
            "ffn_gate": matrix(hidden, width),
            "ffn_up": matrix(hidden, width),
            "ffn_down": matrix(width, hidden),
        }.items()
    }
write(sys.argv[1], "Random weights of the bench", weights, settings)
