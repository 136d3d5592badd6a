"""python to_onnx.py FOLDER writes mobilenet.onnx and large.onnx. Needs onnx."""

import pathlib
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from layers import classes, large, layers, side


def write(path, nodes, name, shape, result, constants):
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)]
    outputs = [helper.make_tensor_value_info(*result)]
    graph = helper.make_graph(nodes, "bench", inputs, outputs, constants)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])
    made.ir_version = 8
    path.write_bytes(made.SerializeToString())


def network(path):
    constants, nodes, x = [], [], "image"

    def constant(name, array):
        constants.append(numpy_helper.from_array(np.ascontiguousarray(array, np.float32), name))
        return name

    constant("zero", np.array(0))
    constant("six", np.array(6))
    *convolutions, (_, dense, dense_bias, _) = layers()
    for number, (kind, weights, bias, stride) in enumerate(convolutions):
        size = weights.shape[2]
        # With a stride of 2, what is added stands behind, as in TensorFlow.
        pads = [0, 0, 0, 0] if size == 1 else [0, 0, 1, 1] if stride == 2 else [1, 1, 1, 1]
        group = weights.shape[0] if kind == "depthwise" else 1
        inputs = [x, constant(f"kernel{number}", weights), constant(f"bias{number}", bias)]
        settings = {"strides": [stride, stride], "pads": pads, "group": group}
        nodes.append(helper.make_node("Conv", inputs, [f"features{number}"], **settings))
        x = f"clipped{number}"
        nodes.append(helper.make_node("Clip", [f"features{number}", "zero", "six"], [x]))
    nodes.append(helper.make_node("GlobalAveragePool", [x], ["pooled"]))
    nodes.append(helper.make_node("Flatten", ["pooled"], ["flat"]))
    inputs = ["flat", constant("dense", dense), constant("dense_bias", dense_bias)]
    nodes.append(helper.make_node("Gemm", inputs, ["logits"], transB=1))
    nodes.append(helper.make_node("Softmax", ["logits"], ["scores"]))
    write(path, nodes, "image", [1, 3, side, side], ("scores", TensorProto.FLOAT, [1, classes]), constants)


def rectifier(path):
    write(path, [helper.make_node("Relu", ["x"], ["y"])], "x", [large], ("y", TensorProto.FLOAT, [large]), [])


folder = pathlib.Path(sys.argv[1])
network(folder / "mobilenet.onnx")
rectifier(folder / "large.onnx")
