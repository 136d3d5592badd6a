"""Writes two encoders of random weights as GGUF files, and computes the answers that they must give.

Needs gguf:

    python3 -m venv venv
    venv/bin/pip install gguf==0.19.0
    venv/bin/python tools/models/encoder/make.py

Writes packages/wasi-nn-ggml/conformance/models: encoder.gguf, which gives vectors; reranker.gguf, which tells how well a document answers a query;
and encoder-answers.json, which NumPy alone computes of these files. The files are the same each time. With the argument `answers`, they stay as they are.
"""

import json
import pathlib
import sys

import gguf

import unigrams
import word_pieces
from forward import Encoder
from weights import random_weights, settings
from write import write

folder = pathlib.Path(__file__).parents[3] / "packages/wasi-nn-ggml/conformance/models"
embedder, ranker = folder / "encoder.gguf", folder / "reranker.gguf"

# The embedder takes texts that are longer than the batches in which generated text is computed.
positions = {"embedder": 640, "ranker": 128}


def write_word_pieces(writer):
    writer.add_token_type_count(2)
    writer.add_tokenizer_model("bert")
    writer.add_token_list(word_pieces.texts)
    writer.add_token_types(word_pieces.kinds)
    writer.add_bos_token_id(word_pieces.begin)
    writer.add_sep_token_id(word_pieces.separator)
    writer.add_unk_token_id(word_pieces.unknown)
    writer.add_pad_token_id(word_pieces.padding)
    writer.add_mask_token_id(word_pieces.mask)


def write_unigrams(writer):
    writer.add_token_type_count(1)
    writer.add_tokenizer_model("t5")
    writer.add_token_list(unigrams.texts)
    writer.add_token_scores(unigrams.scores)
    writer.add_token_types(unigrams.kinds)
    writer.add_bos_token_id(unigrams.begin)
    writer.add_eos_token_id(unigrams.end)
    writer.add_sep_token_id(unigrams.end)
    writer.add_unk_token_id(unigrams.unknown)
    writer.add_pad_token_id(unigrams.padding)
    writer.add_mask_token_id(len(unigrams.texts) - 1)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(True)
    writer.add_add_space_prefix(True)
    writer.add_remove_extra_whitespaces(True)


def export():
    count = positions["embedder"]
    weights = random_weights(len(word_pieces.texts), count)
    mean = gguf.PoolingType.MEAN
    write(embedder, "Encoder of the tests", weights, settings, count, write_word_pieces, mean)
    count = positions["ranker"]
    weights = random_weights(len(unigrams.texts), count, has_classifier=True, seed=2)
    weights["token_types.weight"] = weights["token_types.weight"][:1]
    # As bge-reranker's file, it does not say how its vectors are pooled.
    write(ranker, "Reranker of the tests", weights, settings, count, write_unigrams)


def answers():
    encoder = Encoder(embedder)
    embedded = [
        "The sea was calm.",
        "Calm was the sea.",
        "Sailing, under a blue sky!",
        "Le caf\u00e9 est ferm\u00e9?",
        "\u4e2d \u03b1\u03b2 boat",
        "",
        # As many tokens as there are positions.
        "fish and boats " * 212 + "is 9",
    ]
    embeddings = {}
    for text in embedded:
        tokens = word_pieces.encode(text)
        embeddings[text] = {"tokens": len(tokens), "vector": encoder.embedding(tokens).round(7).tolist()}
    assert max(each["tokens"] for each in embeddings.values()) == positions["embedder"]
    encoder = Encoder(ranker)
    query = "what is under the sea?"
    documents = ["fish and boats", "the sky is blue.", "a red boat on the cold sea", "night, moon!", "\u4e2d"]
    rankings = []
    for document in documents:
        tokens = unigrams.encode_pair(query, document)
        rankings.append({"document": document, "tokens": len(tokens), "score": round(encoder.score(tokens), 6)})
    tokens = unigrams.encode(query)
    unpooled = {"text": query, "tokens": len(tokens), "vector": encoder.last(tokens).round(7).tolist()}
    return {"embeddings": embeddings, "unpooled": unpooled, "query": query, "rankings": rankings}


if __name__ == "__main__":
    if "answers" not in sys.argv:
        export()
    text = json.dumps(answers(), ensure_ascii=False, indent=1)
    (folder / "encoder-answers.json").write_text(text + "\n")
