"""A model of MLServer, by a runtime of its own."""

import asyncio

import numpy as np
from mlserver import MLModel
from mlserver.types import InferenceRequest, InferenceResponse, ResponseOutput

import compute

numpy_types = {
    "BOOL": np.bool_,
    "UINT8": np.uint8,
    "UINT16": np.uint16,
    "UINT32": np.uint32,
    "UINT64": np.uint64,
    "INT8": np.int8,
    "INT16": np.int16,
    "INT32": np.int32,
    "INT64": np.int64,
    "FP16": np.float16,
    "FP32": np.float32,
    "FP64": np.float64,
}


class TestModel(MLModel):
    async def load(self) -> bool:
        program = self.settings.parameters.extra["program"]
        self.compute = await asyncio.to_thread(compute.load, program)
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        inputs = {each.name: read(each) for each in payload.inputs}
        names = [each.name for each in self.settings.outputs]
        outputs = await asyncio.to_thread(self.compute, inputs, names, lambda: False)
        types = {each.name: each.datatype for each in self.settings.outputs}
        return InferenceResponse(
            model_name=self.name,
            outputs=[write(name, types[name], value) for name, value in outputs.items()],
        )


def read(tensor):
    data = tensor.data.root if hasattr(tensor.data, "root") else tensor.data
    if tensor.datatype == "BYTES":
        return np.array(data if isinstance(data, list) else [data], object).reshape(tensor.shape)
    kind = numpy_types[tensor.datatype]
    values = np.frombuffer(data, kind) if isinstance(data, bytes) else np.array(data, kind)
    return values.reshape(tensor.shape)


def write(name, datatype, value):
    return ResponseOutput(name=name, datatype=datatype, shape=list(value.shape), data=value.flatten().tolist())
