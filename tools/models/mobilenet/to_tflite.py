"""python to_tflite.py FOLDER writes mobilenet.tflite and large.tflite. Needs ai-edge-litert."""

import pathlib
import sys

import numpy as np
from ai_edge_litert import schema_py_generated as schema

sys.path.append(str(pathlib.Path(__file__).parents[1] / "shapes"))
from layers import classes, large, layers, side
from tflite_writer import ModelWriter


def network():
    writer = ModelWriter()
    relu6 = schema.ActivationFunctionType.RELU6
    width = side
    image = x = writer.tensor("image", [1, width, width, 3])
    *convolutions, (_, dense, dense_bias, _) = layers()
    for number, (kind, weights, bias, stride) in enumerate(convolutions):
        width //= stride
        y = writer.tensor(f"features{number}", [1, width, width, weights.shape[0]])
        settings = {"padding": schema.Padding.SAME, "strideW": stride, "strideH": stride}
        settings["fusedActivationFunction"] = relu6
        if kind == "depthwise":
            code, options, order = "DEPTHWISE_CONV_2D", "DepthwiseConv2DOptions", (1, 2, 3, 0)
            settings["depthMultiplier"] = 1
        else:
            code, options, order = "CONV_2D", "Conv2DOptions", (0, 2, 3, 1)
        kernel = writer.constant(f"kernel{number}", weights.transpose(order))
        offset = writer.constant(f"bias{number}", bias)
        writer.operator(code, [x, kernel, offset], y, options, **settings)
        x = y
    pooled = writer.tensor("pooled", [1, 1, 1, dense.shape[1]])
    size = {"strideW": 1, "strideH": 1, "filterWidth": width, "filterHeight": width}
    writer.operator("AVERAGE_POOL_2D", [x], pooled, "Pool2DOptions", padding=schema.Padding.VALID, **size)
    logits, scores = writer.tensor("logits", [1, classes]), writer.tensor("scores", [1, classes])
    inputs = [pooled, writer.constant("dense", dense), writer.constant("dense_bias", dense_bias)]
    writer.operator("FULLY_CONNECTED", inputs, logits, "FullyConnectedOptions")
    writer.operator("SOFTMAX", [logits], scores, "SoftmaxOptions", beta=1.0)
    return writer.write("mobilenet", [image], [scores])


def rectifier():
    writer = ModelWriter()
    x, y = writer.tensor("x", [large]), writer.tensor("y", [large])
    zero = writer.constant("zero", np.zeros(1, np.float32))
    writer.operator("MAXIMUM", [x, zero], y, "MaximumMinimumOptions")
    return writer.write("large", [x], [y])


folder = pathlib.Path(sys.argv[1])
(folder / "mobilenet.tflite").write_bytes(network())
(folder / "large.tflite").write_bytes(rectifier())
