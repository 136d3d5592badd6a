"""The trained network as OpenVINO's intermediate representation."""

import numpy as np
import openvino as ov
from openvino import opset13 as ops

from drawings import taken
from training import to_numpy


def convolve(x, layer):
    bias = to_numpy(layer.bias).reshape(1, -1, 1, 1)
    y = ops.convolution(x, ops.constant(to_numpy(layer.weight)), [1, 1], [1, 1], [1, 1], [1, 1])
    y = ops.relu(ops.add(y, ops.constant(bias)))
    return ops.max_pool(y, [2, 2], [1, 1], [0, 0], [0, 0], [2, 2]).output(0)


def export(model, xml, weights):
    image = ops.parameter([1, 3, taken, taken], np.float32, name="image")
    image.output(0).get_tensor().set_names({"image"})
    x = image
    for layer in (model.first, model.second, model.third):
        x = convolve(x, layer)
    flat = ops.reshape(x, ops.constant(np.array([1, -1], np.int64)), False)
    logits = ops.matmul(flat, ops.constant(to_numpy(model.dense.weight)), False, True)
    scores = ops.softmax(ops.add(logits, ops.constant(to_numpy(model.dense.bias).reshape(1, -1))), 1)
    scores.output(0).get_tensor().set_names({"scores"})
    ov.serialize(ov.Model([scores], [image], "shapes"), str(xml), str(weights))
