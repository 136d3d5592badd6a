"""Trains the network of the sample "digits", and writes its model and the pictures that come with it.

Needs torch and Pillow with numpy and ai-edge-litert; on Debian 12, with python3-torch 1.13.1:

    python3 -m venv --system-site-packages venv
    venv/bin/pip install ai-edge-litert==2.3.0 pillow==12.0.0
    venv/bin/python tools/models/digits/make.py

Writes packages/wasi-nn-tflite/samples. Fails when the written model is less than 95 % right on drawings that it was not trained on.
"""

import pathlib
import sys

import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter
from PIL import Image

sys.path.append(str(pathlib.Path(__file__).parents[1] / "shapes"))
from strokes import draw, drawings, side
from tflite_writer import ModelWriter
from training import to_numpy, train

folder = pathlib.Path(__file__).parents[3] / "packages/wasi-nn-tflite/samples"

# Seeds of the drawings to train on, to test with, and to commit.
trained, tested, committed = 1, 2, 5


def export(model, path):
    """The trained network as a model of TensorFlow Lite, whose channels come last."""
    writer = ModelWriter()
    relu = schema.ActivationFunctionType.RELU
    size, channels = side, 1
    image = x = writer.tensor("image", [1, size, size, channels])
    for name in ("first", "second", "third"):
        layer = getattr(model, name)
        weights = writer.constant(f"{name}/weights", to_numpy(layer.weight).transpose(0, 2, 3, 1))
        bias = writer.constant(f"{name}/bias", to_numpy(layer.bias))
        channels = layer.out_channels
        y = writer.tensor(name, [1, size, size, channels])
        same = {"padding": schema.Padding.SAME, "strideW": 1, "strideH": 1}
        writer.operator("CONV_2D", [x, weights, bias], y, "Conv2DOptions", **same, fusedActivationFunction=relu)
        size //= 2
        x = writer.tensor(f"{name}/pooled", [1, size, size, channels])
        window = {"strideW": 2, "strideH": 2, "filterWidth": 2, "filterHeight": 2}
        writer.operator("MAX_POOL_2D", [y], x, "Pool2DOptions", padding=schema.Padding.VALID, **window)
    # The values before this layer lie with the channels last here.
    dense = to_numpy(model.dense.weight).reshape(10, channels, size, size).transpose(0, 2, 3, 1)
    weights = writer.constant("dense/weights", dense.reshape(10, -1))
    bias = writer.constant("dense/bias", to_numpy(model.dense.bias))
    logits, scores = writer.tensor("logits", [1, 10]), writer.tensor("scores", [1, 10])
    writer.operator("FULLY_CONNECTED", [x, weights, bias], logits, "FullyConnectedOptions")
    writer.operator("SOFTMAX", [logits], scores, "SoftmaxOptions", beta=1.0)
    path.write_bytes(writer.write("digits", [image], [scores]))


def reader(path):
    """What gives the scores of a picture, by ai-edge-litert from the written file."""
    lite = Interpreter(str(path))
    lite.allocate_tensors()

    def read(pixels):
        lite.set_tensor(lite.get_input_details()[0]["index"], pixels[None, :, :, None].astype(np.float32) / 255)
        lite.invoke()
        return lite.get_tensor(lite.get_output_details()[0]["index"])[0]

    return read


def main():
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "digits.tflite"
    export(train(*drawings(20000, trained), epochs=20, seed=0), path)
    read = reader(path)
    images, digits = drawings(2000, tested)
    right = np.mean([read(image).argmax() == digit for image, digit in zip(images, digits)])
    print(f"{right:.2%} of {len(digits)} unseen drawings right")
    assert right >= 0.95
    random = np.random.default_rng(committed)
    for digit in (3, 7):
        pixels = draw(digit, random)
        scores = read(pixels)
        assert scores.argmax() == digit and scores.max() > 0.9, scores
        Image.fromarray(pixels).save(folder / f"digit-{digit}.png", optimize=True)
        # The same without a decoder: a line of text, and then a byte for each pixel.
        (folder / f"digit-{digit}.pgm").write_bytes(b"P5 %d %d 255\n" % (side, side) + pixels.tobytes())
        print(f"digit-{digit}: {scores.max():.3f}")


main()
