"""Makes the ONNX models of the backend's suite, and records what another interpreter answers.

    python3 -m venv venv && venv/bin/pip install onnx==1.23.2 && venv/bin/python tools/models/onnx_models.py

Writes packages/wasi-nn-onnx/conformance/models: one .onnx file per model, the files of their external data, schema.json with
the messages that models are made of, and answers.json with inputs and outputs as bytes in hexadecimal, row-major and
little-endian. The answers are those of the reference evaluator of the package onnx, which computes with numpy; those of plain
arithmetic are compared with numpy's first.
"""

import json
import pathlib
import zlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

folder = pathlib.Path(__file__).parents[2] / "packages/wasi-nn-onnx/conformance/models"
types = {
    "f16": np.float16,
    "f32": np.float32,
    "f64": np.float64,
    "u8": np.uint8,
    "i8": np.int8,
    "i32": np.int32,
    "i64": np.int64,
    "bool": np.bool_,
    "i16": np.int16,
    "u16": np.uint16,
    "u32": np.uint32,
    "u64": np.uint64,
}


def number(kind):
    return helper.np_dtype_to_tensor_dtype(np.dtype(types[kind]))


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, number(kind), shape)


def constant(name, array):
    return numpy_helper.from_array(np.asarray(array), name)


def build(nodes, inputs, outputs, constants=(), opset=17):
    graph = helper.make_graph(nodes, "main", inputs, outputs, constants)
    made = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="tools/models/onnx_models.py"
    )
    made.ir_version = 8
    return made


def binary(operator, kind, shape, other=None):
    nodes = [helper.make_node(operator, ["a", "b"], ["result"])]
    return build(nodes, [value("a", kind, shape), value("b", kind, other or shape)], [value("result", kind, shape)])


def several():
    nodes = [helper.make_node("Sub", ["z", "a"], ["difference"]), helper.make_node("Mul", ["z", "a"], ["product"])]
    inputs = [value("z", "f32", [4]), value("a", "f32", [4])]
    return build(nodes, inputs, [value("product", "f32", [4]), value("difference", "f32", [4])])


def echo(kind):
    """Gives its input in another shape, whatever its type."""
    nodes = [helper.make_node("Reshape", ["x", "shape"], ["y"])]
    shape = constant("shape", np.array([2, 2], np.int64))
    return build(nodes, [value("x", kind, [4])], [value("y", kind, [2, 2])], [shape])


def dynamic(shape):
    nodes = [helper.make_node("Mul", ["x", "factor"], ["y"])]
    factor = constant("factor", np.array([2, -3], np.float32))
    return build(nodes, [value("x", "f32", shape)], [value("y", "f32", shape)], [factor])


def convolution():
    random = np.random.default_rng(7)
    weights = lambda name, *shape: constant(name, random.standard_normal(shape).astype(np.float32))
    nodes = [
        helper.make_node("Conv", ["image", "filter", "bias"], ["features"]),
        helper.make_node("Relu", ["features"], ["positive"]),
        helper.make_node("MaxPool", ["positive"], ["pooled"], kernel_shape=[2, 2], strides=[2, 2]),
        helper.make_node("Flatten", ["pooled"], ["flat"]),
        helper.make_node("Gemm", ["flat", "dense"], ["logits"], alpha=0.2),
        helper.make_node("Softmax", ["logits"], ["scores"]),
    ]
    constants = [weights("filter", 2, 1, 3, 3), weights("bias", 2), weights("dense", 18, 3)]
    return build(nodes, [value("image", "f32", [1, 1, 8, 8])], [value("scores", "f32", [1, 3])], constants)


def gather():
    """Fails when it computes with an index that the table does not have."""
    nodes = [helper.make_node("Gather", ["table", "indices"], ["picked"])]
    table = constant("table", np.array([10, 20, 30, 40], np.float32))
    return build(nodes, [value("indices", "i32", [2])], [value("picked", "f32", [2])], [table])


def expand():
    """Gives as many ones as its input says."""
    nodes = [helper.make_node("Expand", ["one", "shape"], ["ones"])]
    one = constant("one", np.array(1, np.float32))
    return build(nodes, [value("shape", "i64", [1])], [value("ones", "f32", ["count"])], [one])


def loop():
    """Counts as far as its input says."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["go_on"], ["still"]), helper.make_node("Add", ["count", "one"], ["next"])],
        "body",
        [value("step", "i64", []), value("go_on", "bool", []), value("count", "i64", [])],
        [value("still", "bool", []), value("next", "i64", [])],
    )
    nodes = [helper.make_node("Loop", ["steps", "always", "zero"], ["counted"], body=body)]
    constants = [constant("always", np.array(True)), constant("zero", np.array(0)), constant("one", np.array(1))]
    return build(nodes, [value("steps", "i64", [])], [value("counted", "i64", [])], constants)


def negative(input_name, output_name):
    nodes = [helper.make_node("Neg", [input_name], [output_name])]
    return build(nodes, [value(input_name, "f32", [2])], [value(output_name, "f32", [2])])


def of_type(kind):
    """Makes f32 of an input of a type that numpy does not have."""
    nodes = [helper.make_node("Cast", ["x"], ["y"], to=TensorProto.FLOAT)]
    return build(nodes, [helper.make_tensor_value_info("x", kind, [2])], [value("y", "f32", [2])], opset=20)


def old_style():
    """Its constant stands among the inputs too, as in the format's first versions."""
    made = dynamic([1, 2])
    made.graph.input.append(value("factor", "f32", [2]))
    return made


def unknown():
    """Wants an operator that no runtime has."""
    return build([helper.make_node("NoSuchOperator", ["x"], ["y"])], [value("x", "f32", [4])], [value("y", "f32", [4])])


def strings(what):
    text = helper.make_tensor_value_info("text", TensorProto.STRING, [1])
    if what == "input":
        return build([helper.make_node("Identity", ["text"], ["copy"])], [text], [
            helper.make_tensor_value_info("copy", TensorProto.STRING, [1])
        ])
    constants = [constant("table", np.array(["no", "yes"], dtype=object))]
    nodes = [helper.make_node("Gather", ["table", "index"], ["text"])]
    return build(nodes, [value("index", "i64", [1])], [text], constants)


def sequence():
    nodes = [helper.make_node("SplitToSequence", ["x"], ["pieces"])]
    output = helper.make_tensor_sequence_value_info("pieces", TensorProto.FLOAT, None)
    return build(nodes, [value("x", "f32", [4])], [output])


def external(location, within_a_branch=False):
    """Its constant lies in another file."""
    made = dynamic([1, 2])
    tensor = made.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, text in (("location", location), ("offset", "0"), ("length", "8")):
        tensor.external_data.add(key=key, value=text)
    if not within_a_branch:
        return made
    # The same constant, in a branch of a condition.
    branch = helper.make_graph(
        [helper.make_node("Constant", [], ["branch_result"], value=tensor)], "branch", [], [value("branch_result", "f32", [2])]
    )
    nodes = [helper.make_node("If", ["condition"], ["y"], then_branch=branch, else_branch=branch)]
    return build(nodes, [value("condition", "bool", [])], [value("y", "f32", [2])])


def varint(value):
    """A number as Protocol Buffers write it."""
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + varint(rest) if rest else bytes([low])


def field(number, content):
    """A field of a message, a number or bytes. Bits of `number` above the 29 of a field are lost on those who read it."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


# Present in the folder that the tests run in, so that a model which reads it is noticed.
disguised_location = b"package.json"
location = field(1, b"location") + field(2, disguised_location)
# A tensor of two f32, without its data: `dims`, `data_type`, `name`.
bare = field(1, 2) + field(2, 1) + field(8, b"hidden")
above_32_bits = 2**32


def disguised(initializer=b"", attribute=None, default=None):
    """A model whose one tensor lies in another file, which readers that differ from Protocol Buffers overlook: an initializer,
    the fields of a node's attribute, or those of the default value of a function's attribute."""
    nodes = [helper.make_node("Concat", ["x", "hidden"], ["y"], axis=0)]
    made = build(nodes, [value("x", "f32", [2])], [value("y", "f32", [4])], opset=20)
    graph = made.graph.SerializeToString(deterministic=True)
    made.ClearField("graph")
    if initializer:
        graph += field(5, initializer)
    if attribute is not None:
        constant_node = field(2, b"hidden") + field(4, b"Constant") + field(5, attribute)
        graph = field(1, constant_node) + graph
    functions = b""
    if default is not None:
        made.opset_import.add(domain="own", version=1)
        reference = field(1, b"value") + field(21, b"content") + field(20, 4)
        body = field(2, b"out") + field(4, b"Constant") + field(5, reference)
        operators = field(1, b"") + field(2, 20)
        function = field(1, b"Content") + field(5, b"out") + field(7, body) + field(9, operators) + field(10, b"own")
        functions = field(25, function + field(11, default))
        call = field(2, b"hidden") + field(4, b"Content") + field(7, b"own")
        graph = field(1, call) + graph
    return made.SerializeToString(deterministic=True) + field(7, graph) + functions


def disguises():
    is_external, entry = field(14, 1), field(13, location)
    attribute = field(1, b"value") + field(20, 4)
    return {
        "disguised-default": disguised(default=field(1, b"content") + field(20, 4) + field(5, bare + entry + is_external)),
        "disguised-number": disguised(bare + entry + field(14, above_32_bits + 1)),
        "disguised-field": disguised(bare + entry + field(14 + above_32_bits // 8, 1)),
        "disguised-entries": disguised(bare + is_external + field(13 + above_32_bits // 8, location)),
        "disguised-merge": disguised(attribute=attribute + field(5, bare + is_external) + field(5, entry)),
        "disguised-merge-back": disguised(attribute=attribute + field(5, bare + entry) + field(5, is_external)),
    }


def other_format():
    """Has the mark of ONNX Runtime's own format at its place, the fifth byte, within the name of its producer."""
    made = binary("Add", "f32", [2, 3])
    made.ClearField("producer_name")
    return field(2, b"ssORTM") + made.SerializeToString(deterministic=True)


def cycle():
    nodes = [helper.make_node("Add", ["x", "second"], ["first"]), helper.make_node("Add", ["first", "x"], ["second"])]
    return build(nodes, [value("x", "f32", [4])], [value("second", "f32", [4])])


def huge(*dims):
    """A constant that says it is larger than any memory."""
    made = build([helper.make_node("Add", ["x", "huge"], ["y"])], [value("x", "f32", [1])], [value("y", "f32", ["n"])])
    tensor = made.graph.initializer.add(name="huge", data_type=TensorProto.FLOAT)
    tensor.dims.extend(dims)
    tensor.raw_data = bytes(16)
    return made


def overflow():
    """Shapes whose product does not fit 64 bits."""
    nodes = [
        helper.make_node("ConstantOfShape", ["shape"], ["large"]),
        helper.make_node("ReduceSum", ["large"], ["sum"], keepdims=0),
        helper.make_node("Add", ["x", "sum"], ["y"]),
    ]
    shape = constant("shape", np.array([2**33, 2**33, 3], np.int64))
    return build(nodes, [value("x", "f32", [1])], [value("y", "f32", [1])], [shape])


def name_of(dtype):
    return next(name for name, each in types.items() if np.dtype(each) == dtype)


def record(array):
    return {"type": name_of(array.dtype), "shape": list(array.shape), "hex": array.tobytes().hex()}


def random_values(kind, shape, seed):
    random = np.random.default_rng(seed)
    dtype = np.dtype(types[kind])
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
image = random_values("f32", (1, 1, 8, 8), 3)
row = f32(1, 2).reshape(1, 2)
rows = f32(1, 2, 3, 4, 5, 6).reshape(3, 2)
factor = f32(2, -3)

# Name: the model, and lists of inputs; with each what numpy says of the outputs, where that is plain arithmetic.
models = {
    "add": (binary("Add", "f32", [2, 3]), [([small, small * 10], [small * 11])]),
    "several": (several(), [(list(pair), [pair[0] * pair[1], pair[0] - pair[1]])]),
    "add-i64": (binary("Add", "i64", [3]), [(list(i64s), [i64s[0] + i64s[1]])]),
    "and": (binary("And", "bool", [4]), [(list(flags), [flags[0] & flags[1]])]),
    "dynamic": (dynamic(["batch", 2]), [([row], [row * factor]), ([rows], [rows * factor])]),
    "shapeless": (dynamic(None), [([row], [row * factor]), ([rows], [rows * factor])]),
    "old-style": (old_style(), [([row], [row * factor])]),
    "convolution": (convolution(), [([image], None)]),
    "gather": (gather(), [([np.array([3, 0], np.int32)], [f32(40, 10)])]),
    "expand": (expand(), [([np.array([3], np.int64)], [f32(1, 1, 1)])]),
    "loop": (loop(), [([np.array(7, np.int64)], [np.array(7, np.int64)])]),
    "external": (external("external.bin"), []),
    **{
        f"echo-{kind}": (echo(kind), [([given], [given.reshape(2, 2)])])
        for kind in types
        for given in [random_values(kind, (4,), zlib.crc32(kind.encode()))]
    },
    "external-outside": (external("../external.bin"), []),
    "external-absolute": (external("/etc/hostname"), []),
    "external-branch": (external("external.bin", within_a_branch=True), []),
    "external-memory": (external("*/_ORT_MEM_ADDR_/*"), []),
    "unknown": (unknown(), []),
    "strings-in": (strings("input"), []),
    "strings-out": (strings("output"), []),
    "sequence": (sequence(), []),
    "wrong-shape": (binary("Add", "f32", [2, 3], [2, 4]), []),
    "cycle": (cycle(), []),
    "huge": (huge(2**40), []),
    "huge-overflow": (huge(2**33, 2**33, 3), []),
    "shape-overflow": (overflow(), []),
    "other-format": (other_format(), [([small, small * 10], [small * 11])]),
    "no-outputs": (build([helper.make_node("Neg", ["x"], ["y"])], [value("x", "f32", [2])], []), []),
    # Names that objects of JavaScript have from their prototype.
    "prototype-output": (negative("x", "__proto__"), []),
    "prototype-names": (negative("__proto__", "constructor"), [([f32(1, -2)], [f32(-1, 2)])]),
    "input-bf16": (of_type(TensorProto.BFLOAT16), []),
    "input-f8": (of_type(TensorProto.FLOAT8E4M3FN), []),
    **{name: (model, []) for name, model in disguises().items()},
}


def schema():
    """All messages of a model, with the type of each field by its number; those that exclude each other begin with `|`."""
    scalars = {2: "float", 1: "double", 9: "bytes", 12: "bytes", 3: "int64", 4: "int64", 5: "int32", 13: "int32", 14: "int32"}
    messages, waiting = {}, [onnx.ModelProto.DESCRIPTOR]
    while waiting:
        message = waiting.pop()
        name = message.full_name.removeprefix("onnx.")
        if name in messages:
            continue
        messages[name] = {}
        for each in message.fields:
            of = each.message_type and each.message_type.full_name.removeprefix("onnx.")
            written = ("|" if each.containing_oneof else "") + (of or scalars[each.type]) + ("[]" if each.is_repeated else "")
            messages[name][each.number] = written
            waiting += [each.message_type] if of else []
    return messages


def main():
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "external.bin").write_bytes(factor.tobytes())
    (folder / "schema.json").write_text(json.dumps(schema(), indent=2, sort_keys=True) + "\n")
    answers = {}
    for name, (model, examples) in models.items():
        written = model if isinstance(model, bytes) else model.SerializeToString(deterministic=True)
        (folder / f"{name}.onnx").write_bytes(written)
        for inputs, expected in examples:
            model = onnx.load_model_from_string(written)
            names = [each.name for each in model.graph.input]
            outputs = ReferenceEvaluator(model).run(None, dict(zip(names, inputs)))
            if expected is not None:
                for output, wanted in zip(outputs, expected, strict=True):
                    np.testing.assert_array_equal(output, wanted)
            answers.setdefault(name, []).append(
                {"inputs": [record(each) for each in inputs], "outputs": [record(each) for each in outputs]}
            )
    made_by = f"the reference evaluator of onnx {onnx.__version__}"
    text = json.dumps({"madeBy": made_by, "answers": answers}, indent=2)
    (folder / "answers.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
