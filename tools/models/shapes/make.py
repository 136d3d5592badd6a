"""Trains the network that tells five drawn shapes apart, and writes the same weights in four formats.

Needs torch and Pillow with numpy, openvino, ai-edge-litert and onnx; on Debian 12, with python3-torch 1.13.1:

    python3 -m venv --system-site-packages venv
    venv/bin/pip install openvino==2026.4.1 ai-edge-litert==2.3.0 onnx==1.23.2 pillow==12.0.0
    venv/bin/python tools/models/shapes/make.py

Writes examples/image-classification/models and examples/image-classification/pictures. Fails when a format is less than 95 % right on
drawings that were not trained on, or when two formats differ.
"""

import pathlib

import numpy as np
import openvino as ov
import torch
from ai_edge_litert.interpreter import Interpreter
from onnx.reference import ReferenceEvaluator

import export_onnx
import export_openvino
import export_tflite
import export_torchscript
from drawings import draw, drawings, labels, pixels
from training import to_torch, train

folder = pathlib.Path(__file__).parents[3] / "examples/image-classification"
models, pictures = folder / "models", folder / "pictures"

# Seeds of the drawings to train on, to test with, and to commit.
trained, tested, committed = 1, 2, 3


def readers():
    """For each format, what gives the scores of an image, by its own library from the written file."""
    core = ov.Core()
    exact = {"INFERENCE_PRECISION_HINT": "f32"}
    compiled = core.compile_model(str(models / "shapes.xml"), "CPU", exact)
    script = torch.jit.load(str(models / "shapes.pt"))
    lite = Interpreter(str(models / "shapes.tflite"))
    lite.allocate_tensors()
    onnx = ReferenceEvaluator(str(models / "shapes.onnx"))

    def by_lite(image):
        lite.set_tensor(lite.get_input_details()[0]["index"], image[None])
        lite.invoke()
        return lite.get_tensor(lite.get_output_details()[0]["index"])[0]

    return {
        "OpenVINO": lambda image: compiled([image.transpose(2, 0, 1)[None]])[0][0],
        "TorchScript": lambda image: np.array(script(to_torch(image.transpose(2, 0, 1)[None]))[0].tolist()),
        "TensorFlow Lite": by_lite,
        "ONNX": lambda image: onnx.run(None, {"image": image.transpose(2, 0, 1)[None].astype(np.float32)})[0][0],
    }


def check(images, classes):
    scores = {name: np.stack([read(image) for image in images]) for name, read in readers().items()}
    reference = scores["TorchScript"]
    for name, given in scores.items():
        right = np.mean(given.argmax(1) == classes)
        difference = np.abs(given - reference).max()
        print(f"{name}: {right:.2%} of {len(classes)} unseen drawings right, scores within {difference:.1e} of TorchScript's")
        assert right >= 0.95 and difference < 1e-4, name


def draw_pictures():
    random = np.random.default_rng(committed)
    for number in (1, 2):
        for label in labels:
            jpeg = draw(label, random)
            (pictures / f"{label}-{number}.jpg").write_bytes(jpeg)
            for name, read in readers().items():
                told = labels[int(read(pixels(jpeg)).argmax())]
                assert told == label, f"{name} takes {label}-{number}.jpg for a {told}"


def main():
    models.mkdir(parents=True, exist_ok=True)
    pictures.mkdir(parents=True, exist_ok=True)
    model = train(*drawings(8000, trained), epochs=12, seed=0)
    with torch.no_grad():
        export_torchscript.export(model, models / "shapes.pt")
        export_openvino.export(model, models / "shapes.xml", models / "shapes.bin")
        export_tflite.export(model, models / "shapes.tflite")
        export_onnx.export(model, models / "shapes.onnx")
        (models / "labels.txt").write_text("\n".join(labels) + "\n")
        check(*drawings(2000, tested))
        draw_pictures()


main()
