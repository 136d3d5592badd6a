"""What the models of the test servers compute, with numpy alone. Each takes its inputs by name, in order, and gives its outputs by name."""

import os
import pathlib
import time
import xml.etree.ElementTree as ElementTree

import numpy as np

folder = pathlib.Path(__file__).parent
# Files in which models count, for all processes of a server.
state = pathlib.Path(os.environ["KSERVE_TEST_STATE"])


def add(inputs, outputs, is_cancelled):
    a, b = inputs.values()
    return {outputs[0]: a + b}


def echo(inputs, outputs, is_cancelled):
    return dict(zip(outputs, inputs.values()))


def fail(inputs, outputs, is_cancelled):
    raise ValueError("this model always fails")


def count(name):
    with open(state / name, "ab") as file:
        file.write(b".")


def counted(name):
    file = state / name
    return np.array([file.stat().st_size if file.exists() else 0], np.int64)


def slow(inputs, outputs, is_cancelled):
    """Takes so many milliseconds and tells how often it has begun and been cancelled; if they are negative, it only tells."""
    (ms,) = inputs.values()
    duration = int(ms.flat[0]) / 1000
    if duration >= 0:
        count("begun")
        end = time.monotonic() + duration
        while time.monotonic() < end:
            if is_cancelled():
                count("cancelled")
                break
            time.sleep(0.005)
    shape = ms.shape
    return {"begun": counted("begun").reshape(shape), "cancelled": counted("cancelled").reshape(shape)}


class Shapes:
    """The network that tells five drawn shapes apart, with the weights of OpenVINO's files."""

    def __init__(self, channels_last):
        self.channels_last = channels_last
        weights = (folder / "shapes.bin").read_bytes()
        constants = []
        for layer in ElementTree.parse(folder / "shapes.xml").iter("layer"):
            data = layer.find("data")
            if layer.get("type") == "Const" and data.get("element_type") == "f32":
                start, size = int(data.get("offset")), int(data.get("size"))
                shape = [int(length) for length in data.get("shape").split(",")]
                constants.append(np.frombuffer(weights[start : start + size], np.float32).reshape(shape))
        *convolutions, self.dense, self.bias = constants
        self.convolutions = list(zip(convolutions[::2], convolutions[1::2]))

    def __call__(self, inputs, outputs, is_cancelled):
        (x,) = inputs.values()
        if self.channels_last:
            x = x.transpose(0, 3, 1, 2)
        for weight, bias in self.convolutions:
            x = np.maximum(convolve(x, weight) + bias, 0)
            batch, channels, height, width = x.shape
            x = x.reshape(batch, channels, height // 2, 2, width // 2, 2).max((3, 5))
        logits = x.reshape(len(x), -1) @ self.dense.T + self.bias
        exponents = np.exp(logits - logits.max(1, keepdims=True))
        return {outputs[0]: (exponents / exponents.sum(1, keepdims=True)).astype(np.float32)}


def convolve(x, weight):
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), (2, 3))
    return np.tensordot(windows, weight, ([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)


def wait_for_release():
    """Holds up a model that becomes ready late, until the file is there."""
    while not (state / "released").exists():
        time.sleep(0.02)


def load(program):
    """What computes a model."""
    if program == "late":
        wait_for_release()
    made = {
        "shapes": lambda: Shapes(channels_last=False),
        "shapes-channels-last": lambda: Shapes(channels_last=True),
    }
    functions = {"add": add, "late": add, "echo": echo, "fail": fail, "slow": slow}
    return made[program]() if program in made else functions[program]
