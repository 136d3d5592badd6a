"""Trains the language model of the tests, writes it as a GGUF file, and computes the answers that it must give.

Needs torch and gguf; on Debian 12, with python3-torch 1.13.1 (a few minutes, with a BLAS that is not the generic one):

    python3 -m venv --system-site-packages venv
    venv/bin/pip install gguf==0.19.0
    venv/bin/python tools/models/chat/make.py

Writes packages/wasi-nn-ggml/conformance/models: chat.gguf, and answers.json, which NumPy alone computes of that file. With the argument
`answers`, the file stays as it is and only the answers are computed; that needs no torch.
"""

import json
import pathlib
import sys

import numpy as np

import vocabulary
from forward import Forward
from repetition import penalties

folder = pathlib.Path(__file__).parents[3] / "packages/wasi-nn-ggml/conformance/models"
model = folder / "chat.gguf"

tensor_names = {
    "attention_norm": "attn_norm",
    "query": "attn_q",
    "key": "attn_k",
    "value": "attn_v",
    "output": "attn_output",
    "ffn_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def export():
    from network import settings
    from train import train
    from write import write

    network = train()
    weights = {"token_embd.weight": network.embedding.weight, "output_norm.weight": network.norm.weight}
    for index, layer in enumerate(network.layers):
        for ours, theirs in tensor_names.items():
            weights[f"blk.{index}.{theirs}.weight"] = getattr(layer, ours).weight
    arrays = {name: weight.detach().numpy() for name, weight in weights.items()}
    write(model, "Chat of the tests", arrays, settings)


def text_answer(forward, prompt, tokens, count=200):
    generated = forward.greedy(tokens, count)
    return {
        "prompt": prompt,
        "inputTokens": len(tokens),
        "tokens": generated,
        "text": vocabulary.decode(generated).decode(),
        "pieces": [vocabulary.bytes_of(token).hex() for token in generated],
    }


def answers():
    forward = Forward(model)
    dialogues = {}
    for line in (pathlib.Path(__file__).parent / "dialogues.txt").read_text().splitlines():
        question = line.split("|")[0]
        tokens = vocabulary.encode_turns(question)
        dialogues[question] = text_answer(forward, vocabulary.decode(tokens[1:]).decode(), tokens)
    texts = ["Once upon a time", "The sea", "In the morning"]
    continued = {
        text: text_answer(forward, text, [vocabulary.begin, *vocabulary.encode(text)]) for text in texts
    }
    embedded = {
        text: forward.embedding([vocabulary.begin, *vocabulary.encode(text)]).round(7).tolist()
        for text in ["The sea", "Once upon a time", "Grüße"]
    }
    return {
        "dialogues": dialogues,
        "texts": continued,
        "embeddings": embedded,
        "options": {"vectors": vectors_with_options(), "texts": texts_with_options(forward)},
    }


def vectors_with_options():
    """The vector of a text with options of contexts, whose numbers are llama.cpp's."""
    text = "Once upon a time, by the sea"
    yarn = {"scale": 0.25, "yarn": True}
    asked = [
        ({"pooling-type": 0}, {}),
        ({"pooling-type": 1}, {"pooling": "mean"}),
        ({"pooling-type": 2}, {"pooling": "first"}),
        ({"pooling-type": 3}, {"pooling": "last"}),
        ({"pooling-type": 1, "attention-type": 1}, {"pooling": "mean", "causal": False}),
        ({"attention-type": 0}, {}),
        ({"rope-freq-base": 500}, {"rotation": {"base": 500.0}}),
        ({"rope-freq-base": 777.5}, {"rotation": {"base": 777.5}}),
        ({"rope-freq-scale": 0.5}, {"rotation": {"scale": 0.5}}),
        ({"rope-freq-scale": 0.25, "rope-scaling-type": 1}, {"rotation": {"scale": 0.25}}),
        ({"rope-freq-scale": 0.25, "rope-scaling-type": 0}, {}),
        ({"rope-freq-scale": 0.25, "rope-scaling-type": 2}, {"rotation": {**yarn, "trained": 256}}),
        (
            {"rope-freq-scale": 0.25, "rope-scaling-type": 2, "yarn-orig-ctx": 64},
            {"rotation": {**yarn, "trained": 64}},
        ),
        (
            {"rope-freq-scale": 0.25, "rope-scaling-type": 2, "yarn-attn-factor": 2},
            {"rotation": {**yarn, "trained": 256, "attention": 2}},
        ),
    ]
    tokens = [vocabulary.begin, *vocabulary.encode(text)]
    return [
        {
            "options": options,
            "text": text,
            "vector": Forward(model, **given).embedding(tokens).round(7).tolist(),
        }
        for options, given in asked
    ]


def texts_with_options(forward):
    """Texts that options of sampling change; those that rounding or the model's own choice would decide are left out."""
    asked = [
        ({"dry-multipier": 5}, {"multiplier": 5}),
        ({"dry-multipier": 2, "dry-base": 3}, {"multiplier": 2, "base": 3}),
        ({"dry-multipier": 5, "dry-allowed-length": 4}, {"multiplier": 5, "allowed": 4}),
        ({"dry-multipier": 5, "dry-last-n-penalty": 12}, {"multiplier": 5, "last": 12}),
        ({"dry-multipier": 5, "dry-last-n-penalty": 6}, {"multiplier": 5, "last": 6}),
    ]
    found = []
    for options, given in asked:
        for text in ["The sea", "At noon", "tick tock tick", "no no no no"]:
            tokens = [vocabulary.begin, *vocabulary.encode(text)]
            punish = lambda generated: penalties(generated, **given)
            generated = forward.greedy(tokens, 60, penalties=punish)
            if generated != forward.greedy(tokens, len(generated), narrowest=0):
                text_found = vocabulary.decode(generated).decode()
                found.append({"options": options, "prompt": text, "count": len(generated), "text": text_found})
    return found


if __name__ == "__main__":
    if "answers" not in sys.argv:
        export()
    text = json.dumps(answers(), ensure_ascii=False, indent=1)
    (folder / "answers.json").write_text(text + "\n")
    assert model.stat().st_size < 500_000, model.stat().st_size
