"""The tokens of the encoder that ranks: pieces with a probability each, as XLM-RoBERTa has them."""

mark = "\u2581"
controls = ["<s>", "<pad>", "</s>", "<unk>"]
begin, padding, end, unknown = range(4)
letters = "abcdefghijklmnopqrstuvwxyz.,!?"
words = "the a sea sky is was calm blue red boat boats sail and on under near night moon what how cold fish".split()

# Logarithms of probabilities: a letter is less probable than a word, and a word less if it is longer.
normal = {mark: -4.0, **{letter: -5.0 - 0.01 * place for place, letter in enumerate(letters)}}
normal |= {mark + word: -3.0 - 0.05 * len(word) - 0.001 * place for place, word in enumerate(words)}

texts = [*controls, *normal, "<mask>"]
scores = [0.0] * len(controls) + [*normal.values(), 0.0]

# As GGUF numbers the kinds of tokens.
normal_kind, unknown_kind, control_kind = 1, 2, 3
kinds = [normal_kind if text in normal else control_kind for text in texts]
kinds[unknown] = unknown_kind

numbers = {text: number for number, text in enumerate(texts)}


def encode(text):
    """The tokens of a text, with those at its ends."""
    return [begin, *pieces(text), end]


def encode_pair(query, document):
    """A query and a document, with the tokens between and around them."""
    return [begin, *pieces(query), end, end, *pieces(document), end]


def pieces(text):
    """The most probable pieces that make up a text; characters without one are unknown, several in a row once."""
    whole = "".join(mark + word for word in text.split())
    best = [(0.0, [])]
    for stop in range(1, len(whole) + 1):
        ways = [
            (best[start][0] + normal[whole[start:stop]], [*best[start][1], numbers[whole[start:stop]]])
            for start in range(stop)
            if whole[start:stop] in normal
        ]
        if whole[stop - 1] not in normal:
            ways.append((best[stop - 1][0] + min(normal.values()) - 10, [*best[stop - 1][1], unknown]))
        best.append(max(ways))
    tokens = best[-1][1]
    return [token for place, token in enumerate(tokens) if token != unknown or tokens[place - 1 : place] != [unknown]]
