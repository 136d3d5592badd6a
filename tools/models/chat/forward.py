"""What the model computes, by NumPy alone and in 64 bits: the answers that llama.cpp's are compared with."""

import gguf
import numpy as np

import vocabulary


class Forward:
    def __init__(self, path, causal=True, pooling="last", rotation=None):
        """The rest are options of contexts: whether tokens see later ones, how their vectors become one, and what `Rotation` takes."""
        reader = gguf.GGUFReader(str(path))
        self.weights = {tensor.name: np.array(tensor.data, dtype=np.float64) for tensor in reader.tensors}
        number = lambda name: reader.fields[name].contents()
        self.layers = number("llama.block_count")
        self.heads = number("llama.attention.head_count")
        self.key_heads = number("llama.attention.head_count_kv")
        self.epsilon = number("llama.attention.layer_norm_rms_epsilon")
        self.causal = causal
        self.pooling = pooling
        head_size = self.weights["token_embd.weight"].shape[1] // self.heads
        self.rotation = Rotation(head_size, **{"base": number("llama.rope.freq_base"), **(rotation or {})})

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
        """The vector of a text, of length 1."""
        hidden = self.hidden(tokens)
        vector = {"last": hidden[-1], "first": hidden[0], "mean": hidden.mean(0)}[self.pooling]
        return vector / np.linalg.norm(vector)

    def greedy(self, tokens, count, narrowest=0.05, penalties=None):
        """The likeliest tokens, one after another, up to one that ends a text.

        Fails where two are so near that rounding would decide, or, with penalties, ends before them.
        """
        tokens, generated = list(tokens), []
        while len(generated) < count:
            logits = self.logits(tokens)
            for token, penalty in penalties(generated).items() if penalties else ():
                logits[token] -= penalty
            second, first = np.partition(logits, -2)[-2:]
            if penalties and first - second <= narrowest:
                break
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
        query = self.rotation.turn(query.reshape(length, self.heads, size))
        key = self.rotation.turn(key.reshape(length, self.key_heads, size))
        value = value.reshape(length, self.key_heads, size)
        mixed = np.empty((length, self.heads, size))
        for head in range(self.heads):
            shared = head * self.key_heads // self.heads
            scores = query[:, head] @ key[:, shared].T / np.sqrt(size)
            if self.causal:
                scores[np.triu_indices(length, 1)] = -np.inf
            weights = np.exp(scores - scores.max(-1, keepdims=True))
            mixed[:, head] = weights / weights.sum(-1, keepdims=True) @ value[:, shared]
        return mixed.reshape(length, width)


class Rotation:
    """Rotary positions, with their two ways to reach further than a model was trained for: positions that are multiplied by `scale`, and YaRN (arXiv 2309.00071, 3.2 to 3.4), which
    leaves fast rotations as they are and multiplies attention by a factor."""

    fast, slow = 32, 1

    def __init__(self, head_size, base, scale=1.0, yarn=False, trained=None, attention=1.0):
        pairs = np.arange(head_size // 2)
        speeds = base ** (-2 * pairs / head_size)
        self.length = 1.0
        self.speeds = speeds * scale
        if not yarn:
            return
        pair_of = lambda turns: head_size * np.log(trained / (turns * 2 * np.pi)) / (2 * np.log(base))
        low = max(0, np.floor(pair_of(self.fast)))
        high = min(head_size - 1, np.ceil(pair_of(self.slow)))
        scaled = np.clip((pairs - low) / max(0.001, high - low), 0, 1)
        self.speeds = speeds * (scale * scaled + 1 - scaled)
        self.length = attention * (1 + 0.1 * np.log(1 / scale))

    def turn(self, x):
        """Neighbours are the parts of a complex number."""
        angles = np.arange(len(x))[:, None, None] * self.speeds
        turned = (x[..., 0::2] + 1j * x[..., 1::2]) * np.exp(1j * angles) * self.length
        return np.stack([turned.real, turned.imag], -1).reshape(x.shape)
