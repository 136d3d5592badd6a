"""A network of MobileNet's size (version 1, 224 × 224, 4.2 million weights) with random weights: it tells nothing, and computes as long."""

import numpy as np

side = 224
classes = 1000
# Number of floats of the model with one large input: 1 MiB.
large = 262_144

# Output channels and stride of each pair of a depthwise and a pointwise convolution.
blocks = [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), *[(512, 1)] * 5, (1024, 2), (1024, 1)]


def layers():
    """(kind, weights, bias, stride) of each layer: the same numbers every time, on every version of numpy."""
    random = np.random.RandomState(1)

    def weights(outputs, inputs, size):
        scale = np.sqrt(2 / (inputs * size * size))
        return (random.standard_normal((outputs, inputs, size, size)) * scale).astype(np.float32)

    def bias(outputs):
        return (random.standard_normal(outputs) * 0.05).astype(np.float32)

    made = [("full", weights(32, 3, 3), bias(32), 2)]
    channels = 32
    for outputs, stride in blocks:
        made.append(("depthwise", weights(channels, 1, 3), bias(channels), stride))
        made.append(("full", weights(outputs, channels, 1), bias(outputs), 1))
        channels = outputs
    made.append(("dense", weights(classes, channels, 1)[:, :, 0, 0], bias(classes), 1))
    return made
