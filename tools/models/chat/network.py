"""The network to train: llama's architecture, small."""

import math

import torch
from torch import nn
from torch.nn import functional as F

import vocabulary

settings = {
    "width": 64,
    "layers": 3,
    "heads": 4,
    "key_heads": 2,
    "hidden": 176,
    "context": 256,
    "epsilon": 1e-5,
    "rope_base": 10000.0,
}


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(settings["width"]))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + settings["epsilon"]) * self.weight


def turn(x):
    """Turns each pair of neighbours by an angle that grows with the position."""
    length, size = x.shape[-2:]
    speeds = settings["rope_base"] ** (-torch.arange(0, size, 2) / size)
    angles = torch.arange(length)[:, None] * speeds
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = (even * angles.cos() - odd * angles.sin(), even * angles.sin() + odd * angles.cos())
    return torch.stack(turned, -1).flatten(-2)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        width, hidden = settings["width"], settings["hidden"]
        keys = width // settings["heads"] * settings["key_heads"]
        self.attention_norm, self.ffn_norm = Norm(), Norm()
        self.query, self.output = (nn.Linear(width, width, bias=False) for _ in range(2))
        self.key, self.value = (nn.Linear(width, keys, bias=False) for _ in range(2))
        self.gate, self.up = (nn.Linear(width, hidden, bias=False) for _ in range(2))
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x):
        batch, length, width = x.shape
        heads, key_heads = settings["heads"], settings["key_heads"]
        y = self.attention_norm(x)
        split = lambda z, count: z.view(batch, length, count, -1).transpose(1, 2)
        query = turn(split(self.query(y), heads))
        key = turn(split(self.key(y), key_heads)).repeat_interleave(heads // key_heads, 1)
        value = split(self.value(y), key_heads).repeat_interleave(heads // key_heads, 1)
        scores = query @ key.transpose(-2, -1) / math.sqrt(width // heads)
        later = torch.ones(length, length, dtype=torch.bool).triu(1)
        weights = scores.masked_fill(later, float("-inf")).softmax(-1)
        x = x + self.output((weights @ value).transpose(1, 2).reshape(batch, length, width))
        y = self.ffn_norm(x)
        return x + self.down(F.silu(self.gate(y)) * self.up(y))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(len(vocabulary.texts), settings["width"])
        nn.init.normal_(self.embedding.weight, std=0.05)
        self.layers = nn.ModuleList(Layer() for _ in range(settings["layers"]))
        self.norm = Norm()

    def forward(self, tokens):
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x)
        return self.norm(x) @ self.embedding.weight.T
