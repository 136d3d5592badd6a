"""Makes the small models of the OpenVINO suite, and their answers by OpenVINO's Python API.

Run with a Python that has the package openvino:  python tools/models/openvino_models.py
"""
import json
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import opset13 as ops

folder = Path(__file__).parents[2] / "packages/wasi-nn-openvino/conformance/models"


def parameter(name, shape, kind):
    made = ops.parameter(shape, kind, name=name)
    made.output(0).get_tensor().set_names({name})
    return made


def result(name, node):
    node.output(0).get_tensor().set_names({name})
    return node


def add():
    a, b = parameter("a", [2, 3], np.float32), parameter("b", [2, 3], np.float32)
    inputs = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.full((2, 3), 0.5, np.float32)}
    return ov.Model([result("sum", ops.add(a, b))], [a, b], "add"), inputs


def linear():
    x = parameter("x", [1, 4], np.float32)
    weights = np.linspace(-1, 1, 12, dtype=np.float32).reshape(4, 3)
    bias = np.array([0.25, -0.5, 1], np.float32)
    y = ops.add(ops.matmul(x, ops.constant(weights), False, False), ops.constant(bias))
    return ov.Model([result("y", y)], [x], "linear"), {"x": np.array([[1, -2, 3, 0.5]], np.float32)}


kinds_of_guests = {"f16": np.float16, "f32": np.float32, "f64": np.float64}
kinds_of_guests |= {"u8": np.uint8, "i32": np.int32, "i64": np.int64}


def echo(kind):
    """Gives its input back."""
    x = parameter("x", [4], kind)
    model = ov.Model([x], [x], "echo")
    # Else it has a number that changes.
    model.get_results()[0].set_friendly_name("result")
    return model


def types():
    kinds = {
        "f16": np.float16,
        "f32": np.float32,
        "f64": np.float64,
        "u8": np.uint8,
        "i8": np.int8,
        "i32": np.int32,
        "i64": np.int64,
        "bool": bool,
    }
    parameters = [parameter(f"in_{name}", [3], kind) for name, kind in kinds.items()]
    outputs = [
        result(f"out_{name}", ops.logical_not(each) if name == "bool" else ops.add(each, each))
        for name, each in zip(kinds, parameters)
    ]
    values = {"f16": [0.5, -2, 100], "f32": [0.1, -2.5, 1e10], "f64": [0.1, -2.5, 1e20], "u8": [1, 2, 127]}
    values |= {"i8": [-3, 4, 63], "i32": [-5, 6, 2**29], "i64": [-7, 8, 2**40], "bool": [True, False, True]}
    inputs = {f"in_{name}": np.array(values[name], kind) for name, kind in kinds.items()}
    return ov.Model(outputs, parameters, "types"), inputs


def rows():
    x = parameter("x", [-1, 2], np.float32)
    total = ops.reduce_sum(x, ops.constant(np.array([1], np.int64)), False)
    return ov.Model([result("total", total)], [x], "rows"), {"x": np.array([[1, 2], [3, 4], [5, 6]], np.float32)}


def plain(array):
    # Bytes tell every type to the last bit.
    return {"shape": list(array.shape), "bytes": np.ascontiguousarray(array).tobytes().hex()}


def main():
    folder.mkdir(parents=True, exist_ok=True)
    core = ov.Core()
    answers = {"openvino": ov.__version__}
    for make in (add, linear, types, rows):
        model, inputs = make()
        name = make.__name__
        ov.serialize(model, str(folder / f"{name}.xml"), str(folder / f"{name}.bin"))
        # The same precision as the model says, also where the processor could take a shorter one.
        compiled = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
        outputs = compiled(inputs)
        answers[name] = {
            "inputs": {key: plain(value) for key, value in inputs.items()},
            "outputs": {port.get_any_name(): plain(value) for port, value in outputs.items()},
        }
    for name, kind in kinds_of_guests.items():
        weights = folder / f"echo-{name}.bin"
        ov.serialize(echo(kind), str(folder / f"echo-{name}.xml"), str(weights))
        # It has none.
        weights.unlink()
    (folder / "answers.json").write_text(json.dumps(answers, indent=1) + "\n")


main()
