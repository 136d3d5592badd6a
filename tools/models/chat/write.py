"""Writes a network as a GGUF file of llama's architecture."""

import gguf
import numpy as np

import vocabulary


def write(path, name, weights, settings, precision=np.float16):
    """`weights`: arrays by the names that GGUF gives the tensors of this architecture."""
    head_size = settings["width"] // settings["heads"]
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name(name)
    writer.add_vocab_size(len(vocabulary.texts))
    writer.add_context_length(settings["context"])
    writer.add_embedding_length(settings["width"])
    writer.add_block_count(settings["layers"])
    writer.add_feed_forward_length(settings["hidden"])
    writer.add_head_count(settings["heads"])
    writer.add_head_count_kv(settings["key_heads"])
    writer.add_rope_dimension_count(head_size)
    writer.add_rope_freq_base(settings["rope_base"])
    writer.add_layer_norm_rms_eps(settings["epsilon"])
    is_half = precision == np.float16
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16 if is_half else gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(vocabulary.texts)
    writer.add_token_scores([0.0] * len(vocabulary.texts))
    writer.add_token_types(vocabulary.kinds)
    writer.add_unk_token_id(vocabulary.unknown)
    writer.add_bos_token_id(vocabulary.begin)
    writer.add_eos_token_id(vocabulary.end)
    writer.add_eot_token_id(vocabulary.turn_end)
    writer.add_add_bos_token(True)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(vocabulary.chat_template)
    for tensor, values in weights.items():
        # llama.cpp wants vectors with all their digits.
        writer.add_tensor(tensor, values.astype(np.float32 if values.ndim == 1 else precision))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
