"""What the model computes, by NumPy alone and in 64 bits: the answers that llama.cpp's are compared with."""

import gguf
import numpy as np

import vocabulary


class Forward:
    def __init__(self, path):
        reader = gguf.GGUFReader(str(path))
        self.weights = {tensor.name: np.array(tensor.data, dtype=np.float64) for tensor in reader.tensors}
        number = lambda name: reader.fields[name].contents()
        self.layers = number("llama.block_count")
        self.heads = number("llama.attention.head_count")
        self.key_heads = number("llama.attention.head_count_kv")
        self.epsilon = number("llama.attention.layer_norm_rms_epsilon")
        self.base = number("llama.rope.freq_base")

    def hidden(self, tokens):
        """The last layer's output for each token, after the last norm."""
        x = self.weights["token_embd.weight"][tokens]
        for index in range(self.layers):
            weight = lambda name: self.weights[f"blk.{index}.{name}.weight"]
            y = self.norm(x, weight("attn_norm"))
            x = x + self.attention(*(y @ weight(f"attn_{part}").T for part in "qkv")) @ weight("attn_output").T
            y = self.norm(x, weight("ffn_norm"))
            gate = y @ weight("ffn_gate").T
            x = x + (gate / (1 + np.exp(-gate)) * (y @ weight("ffn_up").T)) @ weight("ffn_down").T
        return self.norm(x, self.weights["output_norm.weight"])

    def logits(self, tokens):
        """What follows the last token: a number for each token of the vocabulary."""
        return self.weights["token_embd.weight"] @ self.hidden(tokens)[-1]

    def embedding(self, tokens):
        """The last token's vector, of length 1."""
        vector = self.hidden(tokens)[-1]
        return vector / np.linalg.norm(vector)

    def greedy(self, tokens, count, narrowest=0.05):
        """The likeliest tokens, one after another, up to one that ends a text; fails where two are so near that rounding would decide."""
        tokens, generated = list(tokens), []
        while len(generated) < count:
            logits = self.logits(tokens)
            second, first = np.partition(logits, -2)[-2:]
            assert first - second > narrowest, f"two tokens are within {first - second}"
            generated.append(int(np.argmax(logits)))
            tokens.append(generated[-1])
            if generated[-1] in (vocabulary.end, vocabulary.turn_end):
                break
        return generated

    def norm(self, x, weight):
        return x / np.sqrt(np.mean(x * x, -1, keepdims=True) + self.epsilon) * weight

    def attention(self, query, key, value):
        length, width = query.shape
        size = width // self.heads
        query = self.turn(query.reshape(length, self.heads, size))
        key = self.turn(key.reshape(length, self.key_heads, size))
        value = value.reshape(length, self.key_heads, size)
        mixed = np.empty((length, self.heads, size))
        for head in range(self.heads):
            shared = head * self.key_heads // self.heads
            scores = query[:, head] @ key[:, shared].T / np.sqrt(size)
            scores[np.triu_indices(length, 1)] = -np.inf
            weights = np.exp(scores - scores.max(-1, keepdims=True))
            mixed[:, head] = weights / weights.sum(-1, keepdims=True) @ value[:, shared]
        return mixed.reshape(length, width)

    def turn(self, x):
        """Rotary positions: neighbours are the parts of a complex number."""
        length, _, size = x.shape
        angles = np.arange(length)[:, None, None] * self.base ** (-np.arange(0, size, 2) / size)
        turned = (x[..., 0::2] + 1j * x[..., 1::2]) * np.exp(1j * angles)
        return np.stack([turned.real, turned.imag], -1).reshape(x.shape)
