"""Writes the backend tests of the package onnx for single operators into a folder, as far as WASI-NN has their element types.

    python export_node_tests.py FOLDER

cases.json says of each test where its model, its inputs and the outputs that are right lie in data.bin, and how far an output may be
from them; and how many tests were left out, by the type that WASI-NN lacks.
"""

import collections
import json
import pathlib
import sys
import warnings

import numpy as np
import onnx
from onnx import numpy_helper
from onnx.backend.test.case.node import collect_testcases

# Some tests compute infinities, which numpy mentions.
warnings.filterwarnings("ignore")

# The newest version of the format that ONNX Runtime 1.30 reads.
newest_format = 13

types = {
    onnx.TensorProto.FLOAT: "f32",
    onnx.TensorProto.UINT8: "u8",
    onnx.TensorProto.INT8: "i8",
    onnx.TensorProto.INT32: "i32",
    onnx.TensorProto.INT64: "i64",
    onnx.TensorProto.BOOL: "bool",
    onnx.TensorProto.FLOAT16: "f16",
    onnx.TensorProto.DOUBLE: "f64",
}


def lacking(port):
    """The type of an input or output that WASI-NN lacks."""
    kind = port.type.WhichOneof("value")
    if kind != "tensor_type":
        return kind.removesuffix("_type")
    number = port.type.tensor_type.elem_type
    return None if number in types else onnx.TensorProto.DataType.Name(number).lower()


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    data = bytearray()

    def keep(content):
        data.extend(bytes(-len(data) % 8))
        place = [len(data), len(content)]
        data.extend(content)
        return place

    def tensor(port, value):
        array = numpy_helper.to_array(value) if isinstance(value, onnx.TensorProto) else np.asarray(value)
        kind = types[port.type.tensor_type.elem_type]
        return {"type": kind, "shape": list(array.shape), "data": keep(np.ascontiguousarray(array).tobytes())}

    cases, left_out = [], collections.Counter()
    for case in collect_testcases(None):
        graph = case.model.graph
        missing = [name for name in map(lacking, [*graph.input, *graph.output]) if name is not None]
        if missing:
            left_out[missing[0]] += 1
            continue
        # What runs models knows a version of the format later than its operators, which say for themselves what they need.
        case.model.ir_version = min(case.model.ir_version, newest_format)
        for inputs, outputs in case.data_sets:
            cases.append(
                {
                    "name": case.name,
                    "model": keep(case.model.SerializeToString()),
                    "inputs": [tensor(*each) for each in zip(graph.input, inputs, strict=True)],
                    "outputs": [tensor(*each) for each in zip(graph.output, outputs, strict=True)],
                    "rtol": case.rtol,
                    "atol": case.atol,
                }
            )
    (folder / "data.bin").write_bytes(data)
    text = json.dumps({"version": onnx.__version__, "cases": cases, "leftOut": left_out})
    (folder / "cases.json").write_text(text)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
