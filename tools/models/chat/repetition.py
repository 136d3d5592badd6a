"""DRY, by its author's description (text-generation-webui, pull request 5677): what tokens lose that would go on with a repetition."""

import vocabulary

# A repetition is not longer than what came after the last of these.
breakers = {vocabulary.first_byte + ord(character) for character in '\n:"*'}


def penalties(generated, multiplier, base=1.75, allowed=2, last=-1):
    """By token: `multiplier` times `base` to the power of how much longer than `allowed` the repetition is that it would go on with."""
    window = generated if last < 0 else generated[-last:] if last > 0 else []
    since = next((count for count, token in enumerate(reversed(window)) if token in breakers), len(window))
    longest = {}
    for end in range(len(window) - 1):
        length = 0
        while length < min(since, end + 1) and window[end - length] == window[-1 - length]:
            length += 1
        if length >= allowed:
            longest[window[end + 1]] = max(length, longest.get(window[end + 1], 0))
    return {token: multiplier * base ** (length - allowed) for token, length in longest.items()}
