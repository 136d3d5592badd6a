"""The trained network as a model of ONNX."""

from onnx import TensorProto, checker, helper, numpy_helper

from drawings import labels, taken
from training import to_numpy


def export(model, path):
    constants, nodes, x = [], [], "image"

    def constant(name, tensor):
        constants.append(numpy_helper.from_array(to_numpy(tensor), name))
        return name

    for name in ("first", "second", "third"):
        layer = getattr(model, name)
        inputs = [x, constant(f"{name}/weights", layer.weight), constant(f"{name}/bias", layer.bias)]
        nodes.append(helper.make_node("Conv", inputs, [name], pads=[1, 1, 1, 1]))
        nodes.append(helper.make_node("Relu", [name], [f"{name}/positive"]))
        x = f"{name}/pooled"
        nodes.append(helper.make_node("MaxPool", [f"{name}/positive"], [x], kernel_shape=[2, 2], strides=[2, 2]))
    dense = [constant("dense/weights", model.dense.weight), constant("dense/bias", model.dense.bias)]
    nodes.append(helper.make_node("Flatten", [x], ["flat"]))
    nodes.append(helper.make_node("Gemm", ["flat", *dense], ["logits"], transB=1))
    nodes.append(helper.make_node("Softmax", ["logits"], ["scores"]))
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, taken, taken])
    scores = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, len(labels)])
    made = helper.make_model(
        helper.make_graph(nodes, "shapes", [image], [scores], constants), opset_imports=[helper.make_opsetid("", 17)]
    )
    made.ir_version = 8
    checker.check_model(made, full_check=True)
    path.write_bytes(made.SerializeToString(deterministic=True))
