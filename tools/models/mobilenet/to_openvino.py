"""python to_openvino.py FOLDER writes mobilenet.xml, mobilenet.bin, large.xml and large.bin. Needs openvino."""

import pathlib
import sys

import numpy as np
import openvino as ov
from openvino import opset13 as ops

from layers import large, layers, side


def network():
    image = ops.parameter([1, 3, side, side], np.float32, name="image")
    x = image
    for kind, weights, bias, stride in layers():
        if kind == "dense":
            x = ops.reduce_mean(x, ops.constant(np.array([2, 3], np.int64)), False)
            x = ops.add(ops.matmul(x, ops.constant(weights), False, True), ops.constant(bias.reshape(1, -1)))
            continue
        # TensorFlow's padding for an even side and stride 2: nothing before, one behind.
        pads = ([0, 0], [0, 0]) if weights.shape[2] == 1 else ([0, 0], [1, 1]) if stride == 2 else ([1, 1], [1, 1])
        places = ([stride, stride], *pads, [1, 1])
        if kind == "depthwise":
            x = ops.group_convolution(x, ops.constant(weights[:, None]), *places)
        else:
            x = ops.convolution(x, ops.constant(weights), *places)
        x = ops.clamp(ops.add(x, ops.constant(bias.reshape(1, -1, 1, 1))), 0, 6)
    return ov.Model([ops.softmax(x, 1)], [image], "mobilenet")


def rectifier():
    x = ops.parameter([large], np.float32, name="x")
    return ov.Model([ops.relu(x)], [x], "large")


folder = pathlib.Path(sys.argv[1])
for model in (network(), rectifier()):
    name = model.get_friendly_name()
    ov.serialize(model, str(folder / f"{name}.xml"), str(folder / f"{name}.bin"))
