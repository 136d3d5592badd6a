"""Writes an encoder as a GGUF file of the architecture BERT."""

import gguf
import numpy as np


def write(path, name, weights, settings, positions, vocabulary, pooling=None):
    """`vocabulary` writes what tells of the tokens."""
    writer = gguf.GGUFWriter(str(path), "bert")
    writer.add_name(name)
    writer.add_context_length(positions)
    writer.add_embedding_length(settings["width"])
    writer.add_block_count(settings["layers"])
    writer.add_feed_forward_length(settings["hidden"])
    writer.add_head_count(settings["heads"])
    writer.add_layer_norm_eps(settings["epsilon"])
    writer.add_causal_attention(False)
    if pooling is not None:
        writer.add_pooling_type(pooling)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    vocabulary(writer)
    for tensor, values in weights.items():
        # As others write it: llama.cpp adds these to vectors of 32 bits.
        is_whole = values.ndim == 1 or tensor in ["position_embd.weight", "token_types.weight"]
        writer.add_tensor(tensor, values.astype(np.float32 if is_whole else np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
