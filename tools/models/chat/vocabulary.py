"""The tokens of the model: a few that control it, one for each byte, and the mark of a blank."""

unknown, begin, end, turn_begin, turn_end = range(5)
controls = ["<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"]
first_byte = len(controls)
blank = first_byte + 256

texts = [*controls, *(f"<0x{byte:02X}>" for byte in range(256)), "\u2581"]

# As GGUF numbers the kinds of tokens.
normal_kind, unknown_kind, control_kind, byte_kind = 1, 2, 3, 6
kinds = [unknown_kind, *[control_kind] * 4, *[byte_kind] * 256, normal_kind]

chat_template = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def encode(text):
    """The tokens of a text without control tokens."""
    return [blank if byte == 0x20 else first_byte + byte for byte in text.encode()]


def decode(tokens):
    """The bytes of tokens, with the texts of those that control."""
    return b"".join(bytes_of(token) for token in tokens)


def bytes_of(token):
    if token < first_byte:
        return controls[token].encode()
    return b" " if token == blank else bytes([token - first_byte])


def encode_turns(question, answer=None):
    """A dialogue as the chat template writes it; without an answer, up to where it begins."""
    tokens = [begin, turn_begin, *encode(f"user\n{question}"), turn_end, *encode("\n")]
    tokens += [turn_begin, *encode("assistant\n")]
    return tokens if answer is None else [*tokens, *encode(answer), turn_end, *encode("\n"), end]
