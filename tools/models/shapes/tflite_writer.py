"""Writes models of TensorFlow Lite whose tensors are of type f32, through the schema's generated classes."""

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema


class ModelWriter:
    def __init__(self):
        self.buffers, self.tensors, self.codes, self.operators = [schema.BufferT()], [], [], []

    def tensor(self, name, shape, data=None):
        made = schema.TensorT()
        made.name, made.type, made.shape, made.buffer = name, schema.TensorType.FLOAT32, list(shape), 0
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(data, np.float32).tobytes(), np.uint8)
            self.buffers.append(buffer)
            made.buffer = len(self.buffers) - 1
        self.tensors.append(made)
        return len(self.tensors) - 1

    def constant(self, name, data):
        return self.tensor(name, data.shape, data)

    def operator(self, code, inputs, output, options, version=1, **values):
        kind = schema.OperatorCodeT()
        kind.builtinCode = getattr(schema.BuiltinOperator, code)
        kind.deprecatedBuiltinCode, kind.version = min(kind.builtinCode, 127), version
        self.codes.append(kind)
        made, made_options = schema.OperatorT(), getattr(schema, f"{options}T")()
        for name, value in values.items():
            setattr(made_options, name, value)
        made.opcodeIndex, made.inputs, made.outputs = len(self.codes) - 1, inputs, [output]
        made.builtinOptions, made.builtinOptionsType = made_options, getattr(schema.BuiltinOptions, options)
        self.operators.append(made)

    def write(self, name, inputs, outputs):
        graph, model = schema.SubGraphT(), schema.ModelT()
        graph.tensors, graph.operators = self.tensors, self.operators
        graph.inputs, graph.outputs, graph.name = inputs, outputs, name
        model.version, model.operatorCodes, model.subgraphs, model.buffers = 3, self.codes, [graph], self.buffers
        builder = flatbuffers.Builder(1024)
        builder.Finish(model.Pack(builder), file_identifier=b"TFL3")
        return bytes(builder.Output())
