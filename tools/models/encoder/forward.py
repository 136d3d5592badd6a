"""What an encoder computes, by NumPy alone and in 64 bits, of the tensors of its file: the answers that llama.cpp's are compared with."""

import math

import gguf
import numpy as np


class Encoder:
    def __init__(self, path):
        reader = gguf.GGUFReader(str(path))
        self.weights = {tensor.name: np.array(tensor.data, dtype=np.float64) for tensor in reader.tensors}
        number = lambda name: reader.fields[f"bert.{name}"].contents()
        self.layers = number("block_count")
        self.heads = number("attention.head_count")
        self.epsilon = number("attention.layer_norm_epsilon")

    def hidden(self, tokens):
        """The last layer's output for each token."""
        weights = self.weights
        x = weights["token_embd.weight"][tokens] + weights["position_embd.weight"][: len(tokens)]
        # All tokens are of the first kind, as in llama.cpp.
        x = self.norm(x + weights["token_types.weight"][0], "token_embd_norm")
        for layer in range(self.layers):
            name = lambda part: f"blk.{layer}.{part}"
            mixed = self.attention(*(self.linear(x, name(f"attn_{part}")) for part in "qkv"))
            x = self.norm(x + self.linear(mixed, name("attn_output")), name("attn_output_norm"))
            y = self.linear(gelu(self.linear(x, name("ffn_up"))), name("ffn_down"))
            x = self.norm(x + y, name("layer_output_norm"))
        return x

    def embedding(self, tokens):
        """The mean of all tokens' vectors, of length 1."""
        return unit(self.hidden(tokens).mean(0))

    def last(self, tokens):
        """The last token's vector, of length 1."""
        return unit(self.hidden(tokens)[-1])

    def score(self, tokens):
        """What the classifier makes of the first token's vector."""
        first = np.tanh(self.linear(self.hidden(tokens)[:1], "cls"))
        return self.linear(first, "cls.output").item()

    def linear(self, x, name):
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def norm(self, x, name):
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt(np.mean(centred**2, -1, keepdims=True) + self.epsilon)
        return scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]

    def attention(self, query, key, value):
        length, width = query.shape
        parts = lambda x: x.reshape(length, self.heads, -1).swapaxes(0, 1)
        query, key, value = parts(query), parts(key), parts(value)
        scores = query @ key.swapaxes(1, 2) / np.sqrt(width // self.heads)
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = weights / weights.sum(-1, keepdims=True) @ value
        return mixed.swapaxes(0, 1).reshape(length, width)


def unit(vector):
    return vector / np.linalg.norm(vector)


gelu = np.vectorize(lambda x: x * (1 + math.erf(x / math.sqrt(2))) / 2)
