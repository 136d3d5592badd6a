"""Messages of the Open Inference Protocol as tritonclient's own protobuf classes write them, for the tests of the backend for inference servers.

Run it with the Python of Triton's environment (`WASMEDGE_PLUGINS_TRITON`), at the top of the repository.
"""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from tritonclient.grpc import service_pb2 as pb

target = Path("packages/wasi-nn-kserve/src/protocol/grpc/__fixtures__/messages.json")


def hexed(message):
    return message.SerializeToString(deterministic=True).hex()


def infer_request():
    request = pb.ModelInferRequest(model_name="m\u00e9", model_version="3", id="one")
    request.parameters["a_bool"].bool_param = False
    request.parameters["b_int"].int64_param = -1
    request.parameters["c_zero"].int64_param = 0
    request.parameters["d_text"].string_param = ""
    request.parameters["e_double"].double_param = 0.5
    request.parameters["f_uint"].uint64_param = 2**64 - 1
    x = request.inputs.add(name="x", datatype="FP32", shape=[1, 300, 0])
    y = request.inputs.add(name="y" * 200, datatype="INT64", shape=[])
    y.parameters["shared_memory_region"].string_param = "r"
    y.parameters["shared_memory_byte_size"].int64_param = 8
    y.parameters["shared_memory_offset"].int64_param = 64
    request.outputs.add(name="out")
    request.raw_input_contents.append(bytes(range(5)))
    return request


def large_request():
    request = pb.ModelInferRequest(model_name="m")
    request.inputs.add(name="x", datatype="UINT8", shape=[20000])
    request.inputs.add(name="y", datatype="UINT8", shape=[1])
    request.raw_input_contents.append(bytes(index % 251 for index in range(20000)))
    request.raw_input_contents.append(b"\x07")
    return request


typed = {
    "BOOL": ("bool_contents", [True, False]),
    "UINT8": ("uint_contents", [0, 255]),
    "UINT16": ("uint_contents", [1, 65535]),
    "UINT32": ("uint_contents", [1, 4294967295]),
    "UINT64": ("uint64_contents", [1, 2**64 - 1]),
    "INT8": ("int_contents", [-128, 127]),
    "INT16": ("int_contents", [-32768, 32767]),
    "INT32": ("int_contents", [-(2**31), 2**31 - 1]),
    "INT64": ("int64_contents", [-(2**63), 9007199254740993]),
    "FP32": ("fp32_contents", [0.1, -3.4028235e38]),
    "FP64": ("fp64_contents", [0.1, -1.7976931348623157e308]),
    "BYTES": ("bytes_contents", [b"", "\u00e9\"\n".encode()]),
}


def typed_response():
    response = pb.ModelInferResponse(model_name="types", model_version="1", id="typed")
    response.parameters["ignored"].string_param = "x"
    for name, (field, values) in typed.items():
        output = response.outputs.add(name="in_" + name, datatype=name, shape=[2])
        output.parameters["ignored"].bool_param = True
        getattr(output.contents, field).extend(values)
    return response


def raw_response():
    response = pb.ModelInferResponse(model_name="m")
    response.outputs.add(name="a", datatype="FP16", shape=[1, 2])
    response.outputs.add(name="b", datatype="UINT8", shape=[])
    response.raw_output_contents.extend([b"\x00\x3c\x00\xc0", b"\x09"])
    return response


def model_metadata():
    response = pb.ModelMetadataResponse(name="m", versions=["1", "2"], platform="python")
    response.inputs.add(name="x", datatype="FP32", shape=[-1, 3, 2**40])
    response.outputs.add(name="y", datatype="ODD", shape=[])
    return response


large = large_request().SerializeToString(deterministic=True)
index = pb.RepositoryIndexResponse()
index.models.add(name="m", version="1", state="READY")
index.models.add(name="n", reason="unloaded")

target.parent.mkdir(exist_ok=True)
target.write_text(
    json.dumps(
        {
            "source": f"tools/models/kserve_messages.py: tritonclient {version('tritonclient')}, protobuf {version('protobuf')}",
            "inferRequest": hexed(infer_request()),
            "largeRequest": {"byteLength": len(large), "sha256": hashlib.sha256(large).hexdigest()},
            "modelReadyRequest": hexed(pb.ModelReadyRequest(name="m", version="2")),
            "registerRequest": hexed(
                pb.SystemSharedMemoryRegisterRequest(name="r", key="/r", byte_size=2**33)
            ),
            "typedResponse": hexed(typed_response()),
            "rawResponse": hexed(raw_response()),
            "ready": hexed(pb.ModelReadyResponse(ready=True)),
            "notReady": hexed(pb.ModelReadyResponse(ready=False)),
            "serverMetadata": hexed(
                pb.ServerMetadataResponse(name="triton", version="2", extensions=["a", "b"])
            ),
            "modelMetadata": hexed(model_metadata()),
            "repositoryIndex": hexed(index),
        },
        indent=2,
    )
    + "\n"
)
