"""Random weights of small encoders, always the same ones."""

import numpy as np

settings = {"width": 32, "layers": 2, "heads": 4, "hidden": 64, "epsilon": 1e-12}


def random_weights(tokens, positions, has_classifier=False, seed=1):
    """Arrays by the names that GGUF gives the tensors of this architecture."""
    random = np.random.default_rng(seed)
    width, hidden = settings["width"], settings["hidden"]
    # Larger than trained ones, so that each part changes the answer.
    matrix = lambda rows, columns: random.normal(0, 1.5 * columns**-0.5, (rows, columns))
    rows = lambda count, scale: random.normal(0, scale, (count, width))
    bias = lambda length: random.normal(0, 0.2, length)
    norm = lambda name: {f"{name}.weight": 1 + bias(width), f"{name}.bias": bias(width)}
    linear = lambda name, to, of: {f"{name}.weight": matrix(to, of), f"{name}.bias": bias(to)}
    weights = {
        "token_embd.weight": rows(tokens, 1),
        "position_embd.weight": rows(positions, 0.5),
        "token_types.weight": rows(2, 0.5),
        **norm("token_embd_norm"),
    }
    for layer in range(settings["layers"]):
        name = lambda part: f"blk.{layer}.{part}"
        for part in ["attn_q", "attn_k", "attn_v", "attn_output"]:
            weights |= linear(name(part), width, width)
        weights |= norm(name("attn_output_norm"))
        weights |= linear(name("ffn_up"), hidden, width) | linear(name("ffn_down"), width, hidden)
        weights |= norm(name("layer_output_norm"))
    if has_classifier:
        weights |= linear("cls", width, width) | linear("cls.output", 1, width)
    return weights
