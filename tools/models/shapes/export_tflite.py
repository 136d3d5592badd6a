"""The trained network as a model of TensorFlow Lite, whose channels come last."""

from ai_edge_litert import schema_py_generated as schema

from drawings import labels, taken
from tflite_writer import ModelWriter
from training import to_numpy


def export(model, path):
    writer = ModelWriter()
    relu = schema.ActivationFunctionType.RELU
    side = taken
    image = x = writer.tensor("image", [1, side, side, 3])
    for name in ("first", "second", "third"):
        layer = getattr(model, name)
        # Output channels, height, width, input channels.
        weights = writer.constant(f"{name}/weights", to_numpy(layer.weight).transpose(0, 2, 3, 1))
        bias = writer.constant(f"{name}/bias", to_numpy(layer.bias))
        y = writer.tensor(name, [1, side, side, layer.out_channels])
        stride = {"strideW": 1, "strideH": 1}
        same = {"padding": schema.Padding.SAME}
        writer.operator("CONV_2D", [x, weights, bias], y, "Conv2DOptions", **same, **stride, fusedActivationFunction=relu)
        side //= 2
        x = writer.tensor(f"{name}/pooled", [1, side, side, layer.out_channels])
        size = {"strideW": 2, "strideH": 2, "filterWidth": 2, "filterHeight": 2}
        writer.operator("MAX_POOL_2D", [y], x, "Pool2DOptions", padding=schema.Padding.VALID, **size)
    # The values before this layer lie with the channels last here.
    dense = to_numpy(model.dense.weight).reshape(len(labels), -1, side, side).transpose(0, 2, 3, 1)
    weights = writer.constant("dense/weights", dense.reshape(len(labels), -1))
    bias = writer.constant("dense/bias", to_numpy(model.dense.bias))
    logits, scores = writer.tensor("logits", [1, len(labels)]), writer.tensor("scores", [1, len(labels)])
    writer.operator("FULLY_CONNECTED", [x, weights, bias], logits, "FullyConnectedOptions")
    writer.operator("SOFTMAX", [logits], scores, "SoftmaxOptions", beta=1.0)
    path.write_bytes(writer.write("shapes", [image], [scores]))
