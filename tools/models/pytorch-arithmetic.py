"""Makes the TorchScript models of the PyTorch backend's suite, and records what Python's torch answers.

    /usr/bin/python3 tools/models/pytorch-arithmetic.py

Needs torch (Debian: python3-torch). Writes packages/wasi-nn-pytorch/conformance/models: one .pt file per model, and answers.json with
inputs and outputs as bytes in hexadecimal, row-major and little-endian.
"""

import io
import json
import pathlib
from typing import Dict, List, NamedTuple, Optional, Tuple

import torch
from torch import Tensor, nn

folder = pathlib.Path(__file__).parents[2] / "packages/wasi-nn-pytorch/conformance/models"


class Add(nn.Module):
    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        return a + b


class MatMul(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]))
        self.bias = nn.Parameter(torch.tensor([0.5, -0.5]))

    def forward(self, x: Tensor) -> Tensor:
        return torch.matmul(x, self.weight) + self.bias


class TupleOutput(nn.Module):
    def forward(self, x: Tensor) -> Tuple[Tensor, Tensor]:
        return x + 1, x * 2


class ListOutput(nn.Module):
    def forward(self, x: Tensor) -> List[Tensor]:
        return [x, x + x, x * x]


class DictOutput(nn.Module):
    def forward(self, x: Tensor) -> Dict[str, Tensor]:
        return {"total": x.sum(), "double": x * 2}


class Boxes(NamedTuple):
    corners: Tensor
    scores: Tensor


class NamedTupleOutput(nn.Module):
    def forward(self, x: Tensor) -> Boxes:
        return Boxes(x + 1, x * 0.5)


class NestedOutput(nn.Module):
    def forward(self, x: Tensor) -> Tuple[Dict[str, Tensor], List[Tensor]]:
        return {"a": x}, [x + 1, x + 2]


class Transpose(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.t()


class ChannelsLast(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.contiguous(memory_format=torch.channels_last)


class ArgMax(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.argmax(1)


class Echo(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x


class Types(nn.Module):
    def forward(self, x: Tensor) -> Dict[str, Tensor]:
        return {
            "f16": x.half(),
            "f32": x,
            "f64": x.double(),
            "u8": x.to(torch.uint8),
            "i8": x.to(torch.int8),
            "i16": x.to(torch.int16),
            "i32": x.to(torch.int32),
            "i64": x.to(torch.int64),
            "bool": x > 1,
            "bf16": x.to(torch.bfloat16),
        }


class Quantize(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.quantize_per_tensor(x, 0.5, 10, torch.quint8)


class Negative(nn.Module):
    """The imaginary part of a conjugate: a view whose sign is not in memory."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.imag(torch.conj(torch.view_as_complex(x)))


class Sparse(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x.to_sparse()


class Convolution(nn.Module):
    """A small network: convolution, activation, pooling, a fully connected layer."""

    def __init__(self):
        super().__init__()
        self.convolution = nn.Conv2d(1, 2, 3)
        self.linear = nn.Linear(8, 3)
        with torch.no_grad():
            for parameter in self.parameters():
                count = parameter.numel()
                parameter.copy_((torch.arange(count) % 7 - 3).float().reshape(parameter.shape) / 8)

    def forward(self, x: Tensor) -> Tensor:
        pooled = torch.max_pool2d(torch.relu(self.convolution(x)), 2)
        return torch.softmax(self.linear(pooled.flatten(1)), 1)


def quantized_linear():
    """A fully connected layer whose weights are kept as 8-bit integers."""
    layer = nn.Sequential(nn.Linear(4, 3))
    with torch.no_grad():
        layer[0].weight.copy_((torch.arange(12).float().reshape(3, 4) - 6) / 4)
        layer[0].bias.copy_(torch.tensor([0.25, -0.25, 1.0]))
    return torch.quantization.quantize_dynamic(layer, {nn.Linear}, dtype=torch.qint8)


class Raise(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        if bool(x.sum() < 1000):
            raise Exception("the model refuses")
        return x


class Number(nn.Module):
    def forward(self, x: Tensor) -> float:
        return 1.5


class NoneInTuple(nn.Module):
    def forward(self, x: Tensor) -> Tuple[Tensor, Optional[Tensor]]:
        return x, None


class Complex(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.view_as_complex(x)


class Print(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        print("said by the model")
        return x


class WriteFile(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        torch.save(x, "written-by-a-model")
        return x


class ReadFile(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return torch.from_file("/etc/passwd", False, 4, dtype=torch.uint8)


class NoForward(nn.Module):
    @torch.jit.export
    def other(self, x: Tensor) -> Tensor:
        return x


floats = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
image = (torch.arange(36).float() / 36).reshape(1, 1, 6, 6)
every_type = {
    "f16": torch.tensor([1.5, -2.0, 65504.0], dtype=torch.float16),
    "f32": torch.tensor([1.5, -2.0, 3.4e38], dtype=torch.float32),
    "f64": torch.tensor([1.5, -2.0, 1e300], dtype=torch.float64),
    "u8": torch.tensor([0, 1, 255], dtype=torch.uint8),
    "i8": torch.tensor([-128, 0, 127], dtype=torch.int8),
    "i32": torch.tensor([-(2**31), 0, 2**31 - 1], dtype=torch.int32),
    "i64": torch.tensor([-(2**63), 0, 2**63 - 1], dtype=torch.int64),
    "bool": torch.tensor([True, False, True]),
}

# Name of the file, the model, and the inputs whose answers are recorded: none for a model that gives none.
models = {
    "add": (Add(), [[floats, floats * 10], [torch.zeros(0), torch.zeros(0)], [torch.tensor(2.0), torch.tensor(3.0)]]),
    "matmul": (MatMul(), [[floats]]),
    "tuple": (TupleOutput(), [[floats]]),
    "list": (ListOutput(), [[floats]]),
    "dict": (DictOutput(), [[floats]]),
    "named-tuple": (NamedTupleOutput(), [[floats]]),
    "nested": (NestedOutput(), [[floats]]),
    "transpose": (Transpose(), [[floats]]),
    "channels-last": (ChannelsLast(), [[torch.arange(24).float().reshape(1, 2, 3, 4)]]),
    "argmax": (ArgMax(), [[torch.tensor([[1.0, 9.0, 3.0], [7.0, 5.0, 6.0]])]]),
    "types": (Types(), [[torch.tensor([0.0, 1.0, 2.5, 100.0])]]),
    "echo": (Echo(), [[tensor] for tensor in every_type.values()]),
    "quantize": (Quantize(), [[floats]]),
    "negative": (Negative(), [[torch.tensor([[1.0, 2.0], [3.0, -4.0]])]]),
    "sparse": (Sparse(), [[torch.tensor([[0.0, 2.0], [0.0, 0.0]])]]),
    "convolution": (Convolution(), [[image]]),
    "quantized-linear": (quantized_linear(), [[torch.tensor([[1.0, -2.0, 0.5, 4.0]])]]),
    "raise": (Raise(), []),
    "number": (Number(), []),
    "none": (NoneInTuple(), []),
    "complex": (Complex(), []),
    "print": (Print(), [[floats]]),
    "write-file": (WriteFile(), []),
    "read-file": (ReadFile(), []),
    "no-forward": (NoForward(), []),
}

type_names = {tensor.dtype: name for name, tensor in every_type.items()}


def flat(value, path=""):
    """(name, tensor) of every tensor in a result, in order."""
    if isinstance(value, Tensor):
        return [(path or "0", value)]
    if isinstance(value, dict):
        items = value.items()
    elif hasattr(value, "_fields"):
        items = zip(value._fields, value)
    else:
        items = ((str(index), element) for index, element in enumerate(value))
    return [pair for name, element in items for pair in flat(element, f"{path}.{name}" if path else name)]


def own(tensor):
    """The tensor in an element type that WASI-NN has."""
    if tensor.is_quantized:
        return tensor.dequantize()
    if tensor.dtype == torch.bfloat16:
        return tensor.float()
    if tensor.dtype == torch.int16:
        return tensor.int()
    return tensor


def record(tensor, name=None):
    plain = tensor.to_dense() if tensor.is_sparse else tensor
    plain = plain.resolve_neg().contiguous()
    named = {} if name is None else {"name": name}
    return {**named, "type": type_names[plain.dtype], "shape": list(plain.shape), "hex": plain.numpy().tobytes().hex()}


def answer(path, inputs):
    with torch.no_grad():
        outputs = flat(torch.jit.load(path)(*inputs))
    as_float = [tensor.dequantize() if tensor.is_quantized else tensor.to(torch.float32) for _, tensor in outputs]
    return {
        "inputs": [record(tensor) for tensor in inputs],
        "own": [record(own(tensor), name) for name, tensor in outputs],
        "f32": [record(tensor) for tensor in as_float],
    }


def save(model, path):
    """Saves a model without the records that say where its source lay."""
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.script(model.eval()), buffer)
    reader = torch._C.PyTorchFileReader(io.BytesIO(buffer.getvalue()))
    writer = torch._C.PyTorchFileWriter(path)
    writer.set_min_version(int(reader.get_record("version")))
    for name in reader.get_all_records():
        if name != "version" and not name.endswith(".debug_pkl"):
            record = reader.get_record(name)
            writer.write_record(name, record, len(record))
    writer.write_end_of_file()


def main():
    folder.mkdir(parents=True, exist_ok=True)
    answers = {}
    for name, (model, examples) in models.items():
        path = str(folder / f"{name}.pt")
        save(model, path)
        if examples:
            answers[name] = [answer(path, inputs) for inputs in examples]
    made_by = f"torch {torch.__version__} for Python"
    text = json.dumps({"madeBy": made_by, "answers": answers}, indent=2)
    (folder / "answers.json").write_text(text + "\n")


main()
