"""A model of Triton's backend for Python."""

import json

import triton_python_backend_utils as pb_utils

import compute


class TritonPythonModel:
    def initialize(self, args):
        config = json.loads(args["model_config"])
        self.types = {each["name"]: each["data_type"] for each in config["input"] + config["output"]}
        self.inputs = [each["name"] for each in config["input"]]
        self.outputs = [each["name"] for each in config["output"]]
        self.compute = compute.load(config["parameters"]["program"]["string_value"])

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        try:
            inputs = {name: self.read(pb_utils.get_input_tensor_by_name(request, name)) for name in self.inputs}
            outputs = self.compute(inputs, self.outputs, request.is_cancelled)
            return pb_utils.InferenceResponse([self.write(name, value) for name, value in outputs.items()])
        except ValueError as error:
            return pb_utils.InferenceResponse(error=pb_utils.TritonError(str(error)))

    def read(self, tensor):
        # numpy has no such type.
        return tensor if self.types[tensor.name()] == "TYPE_BF16" else tensor.as_numpy()

    def write(self, name, value):
        if self.types[name] == "TYPE_BF16":
            return pb_utils.Tensor.from_dlpack(name, value.to_dlpack())
        return pb_utils.Tensor(name, value)
