"""The tokens of the encoder for vectors: pieces of words, as BERT has them. A piece that begins a word has the mark of a blank, as in GGUF files."""

import unicodedata

mark = "\u2581"
controls = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
padding, unknown, begin, separator, mask = range(5)
letters = "abcdefghijklmnopqrstuvwxyz0123456789"
endings = ["ing", "er", "ed", "es"]
words = "the a sea sky is was calm blue red boat boats sail and on under near night moon what how cold fish".split()
marks = ".,!?-"

texts = [
    *controls,
    *(mark + sign for sign in marks + letters),
    *letters,
    *endings,
    *(mark + word for word in words if len(word) > 1),
]

# As GGUF numbers the kinds of tokens.
normal_kind, unknown_kind, control_kind = 1, 2, 3
kinds = [control_kind if text in controls else normal_kind for text in texts]
kinds[unknown] = unknown_kind

numbers = {text: number for number, text in enumerate(texts)}


def encode(text):
    """The tokens of a text, with those at its ends."""
    return [begin, *(token for word in split(text) for token in pieces(word)), separator]


def split(text):
    """Words in lower case and without accents; signs are words of their own."""
    plain = [each for each in unicodedata.normalize("NFD", text) if unicodedata.category(each) != "Mn"]
    spaced = "".join(f" {each} " if unicodedata.category(each)[0] == "P" else each for each in plain)
    return spaced.lower().split()


def pieces(word):
    """The longest piece, then the longest of what is left; one unknown token if something has no piece."""
    rest, found = mark + word, []
    while rest:
        length = next((length for length in range(len(rest), 0, -1) if rest[:length] in numbers), None)
        if length is None:
            return [unknown]
        found.append(numbers[rest[:length]])
        rest = rest[length:]
    return found
