"""Makes the TensorFlow Lite models of the backend's suite, and records what another interpreter answers.

    python3 -m venv venv && venv/bin/pip install ai-edge-litert==2.3.0 && venv/bin/python tools/models/tflite_models.py

Writes packages/wasi-nn-tflite/conformance/models: one .tflite file per model, and answers.json with inputs and outputs as bytes in
hexadecimal, row-major and little-endian. The answers are those of ai-edge-litert's interpreter; those of plain arithmetic are
compared with numpy's first.
"""

import json
import pathlib
import zlib

import ai_edge_litert
import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

folder = pathlib.Path(__file__).parents[2] / "packages/wasi-nn-tflite/conformance/models"
types = {
    "f16": (schema.TensorType.FLOAT16, np.float16),
    "f32": (schema.TensorType.FLOAT32, np.float32),
    "f64": (schema.TensorType.FLOAT64, np.float64),
    "u8": (schema.TensorType.UINT8, np.uint8),
    "i8": (schema.TensorType.INT8, np.int8),
    "i16": (schema.TensorType.INT16, np.int16),
    "i32": (schema.TensorType.INT32, np.int32),
    "i64": (schema.TensorType.INT64, np.int64),
    "bool": (schema.TensorType.BOOL, np.bool_),
}


class ModelBuilder:
    """A model with one subgraph."""

    def __init__(self):
        self.buffers = [schema.BufferT()]
        self.tensors = []
        self.codes = []
        self.operators = []

    def tensor(self, name, kind, shape, data=None, scale=None, zero=None, signature=None, axis=0):
        made = schema.TensorT()
        made.name = name
        made.type = types[kind][0]
        made.shape = shape
        if signature is not None:
            made.shapeSignature = signature
        made.buffer = 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.asarray(data, types[kind][1]).tobytes(), np.uint8)
            self.buffers.append(buffer)
            made.buffer = len(self.buffers) - 1
        if scale is not None:
            made.quantization = schema.QuantizationParametersT()
            made.quantization.scale = np.atleast_1d(np.asarray(scale, np.float32))
            made.quantization.zeroPoint = np.atleast_1d(np.asarray(zero, np.int64))
            made.quantization.quantizedDimension = axis
        self.tensors.append(made)
        return len(self.tensors) - 1

    def operator(self, code, inputs, outputs, options=None, version=1, custom=None):
        kind = schema.OperatorCodeT()
        kind.builtinCode = getattr(schema.BuiltinOperator, code)
        kind.deprecatedBuiltinCode = min(kind.builtinCode, 127)
        kind.version = version
        kind.customCode = custom
        self.codes.append(kind)
        made = schema.OperatorT()
        made.opcodeIndex = len(self.codes) - 1
        made.inputs = inputs
        made.outputs = outputs
        if options is not None:
            made.builtinOptions = options
            made.builtinOptionsType = getattr(schema.BuiltinOptions, type(options).__name__[:-1])
        self.operators.append(made)

    def build(self, inputs, outputs, signature=None):
        graph = schema.SubGraphT()
        graph.tensors = self.tensors
        graph.operators = self.operators
        graph.inputs = inputs
        graph.outputs = outputs
        graph.name = "main"
        model = schema.ModelT()
        model.version = 3
        model.description = "made by tools/models/tflite_models.py"
        model.operatorCodes = self.codes
        model.subgraphs = [graph]
        model.buffers = self.buffers
        if signature is not None:
            made = schema.SignatureDefT()
            made.signatureKey = "serving_default"
            made.subgraphIndex = 0
            made.inputs = [self.named(*entry) for entry in signature[0]]
            made.outputs = [self.named(*entry) for entry in signature[1]]
            model.signatureDefs = [made]
        builder = flatbuffers.Builder(1024)
        builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
        return bytes(builder.Output())

    @staticmethod
    def named(name, index):
        made = schema.TensorMapT()
        made.name = name
        made.tensorIndex = index
        return made


def options(kind, **values):
    made = kind()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def add():
    model = ModelBuilder()
    a, b, out = (model.tensor(name, "f32", [2, 3]) for name in ("a", "b", "sum"))
    model.operator("ADD", [a, b], [out], schema.AddOptionsT())
    return model.build([a, b], [out])


def add_quantized(kind, zeros):
    model = ModelBuilder()
    a = model.tensor("a", kind, [2, 3], scale=0.5, zero=zeros[0])
    b = model.tensor("b", kind, [2, 3], scale=0.25, zero=zeros[1])
    out = model.tensor("sum", kind, [2, 3], scale=1.0, zero=zeros[2])
    model.operator("ADD", [a, b], [out], schema.AddOptionsT(), version=2)
    return model.build([a, b], [out])


def fully_connected_quantized():
    model = ModelBuilder()
    x = model.tensor("x", "i8", [1, 4], scale=0.5, zero=-1)
    weights = np.array([[10, -20, 30, 40], [-50, 60, 70, -80], [1, 2, 3, 4]])
    w = model.tensor("w", "i8", [3, 4], weights, scale=0.1, zero=0)
    b = model.tensor("b", "i32", [3], [100, -200, 300], scale=0.05, zero=0)
    out = model.tensor("y", "i8", [1, 3], scale=2.0, zero=3)
    model.operator("FULLY_CONNECTED", [x, w, b], [out], schema.FullyConnectedOptionsT(), version=4)
    return model.build([x], [out])


def several():
    """Its signature names inputs and outputs in another order than the graph has them."""
    model = ModelBuilder()
    z, a = model.tensor("z", "f32", [4]), model.tensor("a", "f32", [4])
    difference, product = model.tensor("difference", "f32", [4]), model.tensor("product", "f32", [4])
    model.operator("SUB", [z, a], [difference], schema.SubOptionsT())
    model.operator("MUL", [z, a], [product], schema.MulOptionsT())
    return model.build(
        [z, a],
        [product, difference],
        ([("first", a), ("second", z)], [("minus", difference), ("times", product)]),
    )


def echo(kind):
    """Gives its input in another shape, whatever its type."""
    model = ModelBuilder()
    x = model.tensor("x", kind, [4])
    shape = model.tensor("shape", "i32", [2], [2, 2])
    out = model.tensor("y", kind, [2, 2])
    model.operator("RESHAPE", [x, shape], [out], options(schema.ReshapeOptionsT, newShape=[2, 2]))
    return model.build([x], [out])


def add_i64():
    model = ModelBuilder()
    a, b, out = (model.tensor(name, "i64", [3]) for name in ("a", "b", "sum"))
    model.operator("ADD", [a, b], [out], schema.AddOptionsT(), version=4)
    return model.build([a, b], [out])


def logical_and():
    model = ModelBuilder()
    a, b, out = (model.tensor(name, "bool", [4]) for name in ("a", "b", "both"))
    model.operator("LOGICAL_AND", [a, b], [out], schema.LogicalAndOptionsT())
    return model.build([a, b], [out])


def resizable():
    model = ModelBuilder()
    x = model.tensor("x", "f32", [1, 2], signature=[-1, 2])
    factor = model.tensor("factor", "f32", [2], [2.0, -3.0])
    out = model.tensor("y", "f32", [1, 2], signature=[-1, 2])
    model.operator("MUL", [x, factor], [out], schema.MulOptionsT())
    return model.build([x], [out])


def convolution():
    random = np.random.default_rng(7)
    model = ModelBuilder()
    x = model.tensor("image", "f32", [1, 8, 8, 1])
    w = model.tensor("filter", "f32", [2, 3, 3, 1], random.standard_normal((2, 3, 3, 1)))
    b = model.tensor("bias", "f32", [2], random.standard_normal(2))
    features = model.tensor("features", "f32", [1, 6, 6, 2])
    pooled = model.tensor("pooled", "f32", [1, 3, 3, 2])
    dense = model.tensor("dense", "f32", [3, 18], random.standard_normal((3, 18)) * 0.2)
    logits, scores = model.tensor("logits", "f32", [1, 3]), model.tensor("scores", "f32", [1, 3])
    relu = schema.ActivationFunctionType.RELU
    valid = schema.Padding.VALID
    model.operator(
        "CONV_2D",
        [x, w, b],
        [features],
        options(schema.Conv2DOptionsT, padding=valid, strideW=1, strideH=1, fusedActivationFunction=relu),
    )
    model.operator(
        "MAX_POOL_2D",
        [features],
        [pooled],
        options(schema.Pool2DOptionsT, padding=valid, strideW=2, strideH=2, filterWidth=2, filterHeight=2),
    )
    model.operator("FULLY_CONNECTED", [pooled, dense, -1], [logits], schema.FullyConnectedOptionsT())
    model.operator("SOFTMAX", [logits], [scores], options(schema.SoftmaxOptionsT, beta=1.0))
    return model.build([x], [scores])


def gather():
    """Fails when it computes with an index that the table does not have."""
    model = ModelBuilder()
    table = model.tensor("table", "f32", [4], [10.0, 20.0, 30.0, 40.0])
    indices = model.tensor("indices", "i32", [2])
    out = model.tensor("picked", "f32", [2])
    model.operator("GATHER", [table, indices], [out], schema.GatherOptionsT())
    return model.build([indices], [out])


def custom():
    """Wants an operator that no runtime has."""
    model = ModelBuilder()
    x, out = model.tensor("x", "f32", [4]), model.tensor("y", "f32", [4])
    model.operator("CUSTOM", [x], [out], custom="NoSuchOperator")
    return model.build([x], [out])


def wrong_shape():
    """Adds tensors whose shapes do not fit each other."""
    model = ModelBuilder()
    a, b = model.tensor("a", "f32", [2, 3]), model.tensor("b", "f32", [2, 4])
    out = model.tensor("sum", "f32", [2, 3])
    model.operator("ADD", [a, b], [out], schema.AddOptionsT())
    return model.build([a, b], [out])


def name_of(dtype):
    return next(name for name, (_, each) in types.items() if np.dtype(each) == dtype)


def record(array):
    return {"type": name_of(array.dtype), "shape": list(array.shape), "hex": array.tobytes().hex()}


def answer(content, inputs):
    # Without delegates: the reference for every runtime.
    resolver = OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES
    interpreter = Interpreter(model_content=content, experimental_op_resolver_type=resolver)
    details = interpreter.get_input_details()
    for detail, value in zip(details, inputs):
        if list(detail["shape"]) != list(value.shape):
            interpreter.resize_tensor_input(detail["index"], value.shape)
    interpreter.allocate_tensors()
    for detail, value in zip(details, inputs):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return [interpreter.get_tensor(detail["index"]) for detail in interpreter.get_output_details()]


def random_values(kind, shape, seed):
    random = np.random.default_rng(seed)
    dtype = np.dtype(types[kind][1])
    if kind == "bool":
        return random.integers(0, 2, shape).astype(dtype)
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return random.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)
    return random.standard_normal(shape).astype(dtype)


def f32(*values):
    return np.array(values, np.float32)


small = f32(1, 2, 3, 4, 5, 6).reshape(2, 3)
i64s = np.array([2**53 + 1, -5, 2**62], np.int64), np.array([1, 7, -1], np.int64)
pair = f32(1, 2, 3, 4), f32(10, 20, 0.5, -4)
flags = np.array([1, 1, 0, 0], np.bool_), np.array([1, 0, 1, 0], np.bool_)
image = random_values("f32", (1, 8, 8, 1), 3)
row = f32(1, 2).reshape(1, 2)
rows = f32(1, 2, 3, 4, 5, 6).reshape(3, 2)
factor = f32(2, -3)
quantized_u8 = random_values("u8", (2, 3), 1), random_values("u8", (2, 3), 2)
quantized_i8 = random_values("i8", (2, 3), 1), random_values("i8", (2, 3), 2)

# Name: its bytes, and lists of inputs; with each what numpy says of the outputs, where that is plain arithmetic.
models = {
    "add": (add(), [([small, small * 10], [small * 11])]),
    "add-u8": (add_quantized("u8", [10, 20, 128]), [(list(quantized_u8), None)]),
    "add-i8": (add_quantized("i8", [-3, 5, 0]), [(list(quantized_i8), None)]),
    "fully-connected-i8": (
        fully_connected_quantized(),
        [([np.array([[1, -2, 3, 100]], np.int8)], None), ([np.array([[127, -128, 0, 7]], np.int8)], None)],
    ),
    "several": (several(), [(list(pair), [pair[0] * pair[1], pair[0] - pair[1]])]),
    "add-i64": (add_i64(), [(list(i64s), [i64s[0] + i64s[1]])]),
    "logical-and": (logical_and(), [(list(flags), [flags[0] & flags[1]])]),
    "resizable": (resizable(), [([row], [row * factor]), ([rows], [rows * factor])]),
    "convolution": (convolution(), [([image], None)]),
    "gather": (gather(), [([np.array([3, 0], np.int32)], [f32(40, 10)])]),
    **{
        f"echo-{kind}": (echo(kind), [([value], [value.reshape(2, 2)])])
        for kind in types
        for value in [random_values(kind, (4,), zlib.crc32(kind.encode()))]
    },
    "custom": (custom(), []),
    "wrong-shape": (wrong_shape(), []),
}


def main():
    folder.mkdir(parents=True, exist_ok=True)
    answers = {}
    for name, (content, examples) in models.items():
        (folder / f"{name}.tflite").write_bytes(content)
        for inputs, expected in examples:
            outputs = answer(content, inputs)
            if expected is not None:
                for output, value in zip(outputs, expected, strict=True):
                    assert output.dtype == value.dtype and np.array_equal(output, value), name
            entry = {"inputs": [record(each) for each in inputs], "outputs": [record(each) for each in outputs]}
            answers.setdefault(name, []).append(entry)
    made_by = f"ai-edge-litert {ai_edge_litert.__version__}"
    text = json.dumps({"madeBy": made_by, "answers": answers}, indent=1)
    (folder / "answers.json").write_text(text + "\n")


main()
