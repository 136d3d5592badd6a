"""Makes calls of a Triton by its own client in Python, one round for each line "<measure> <count>" on stdin; answers with nanoseconds and
the sum of the bytes that came last. Measures: <transport>-<model>[-eight][-cpu]. Arguments: addresses for gRPC and HTTP, and --lie for wrong answers."""

import queue
import sys
import time

import numpy as np
import tritonclient.grpc
import tritonclient.http

grpc_address, http_address, *words = sys.argv[1:]
lie = 1 if "--lie" in words else 0
at_once = 8

pattern = ((np.arange(3 * 224 * 224) * 7) % 256 / 256).astype(np.float32)
models = {
    "pair": ({"a": pattern[:2], "b": pattern[:2]}, "sum"),
    "identity": ({"x": pattern.reshape(1, 3, 224, 224)}, "y"),
}
transports = {"grpc": tritonclient.grpc, "http": tritonclient.http}
clients = {
    "grpc": tritonclient.grpc.InferenceServerClient(grpc_address),
    "http": tritonclient.http.InferenceServerClient(http_address, concurrency=at_once),
}


def request(transport, model):
    """What a call is made with, from numbers that are ready."""
    kind = transports[transport]
    arrays, output = models[model]
    inputs = []
    for name, array in arrays.items():
        each = kind.InferInput(name, list(array.shape), "FP32")
        each.set_data_from_numpy(array)
        inputs.append(each)
    return {"model_name": model, "inputs": inputs, "outputs": [kind.InferRequestedOutput(output)]}


def run(transport, model, count):
    """One after another; the last answer, as numbers that can be read."""
    for _ in range(count):
        answer = clients[transport].infer(**request(transport, model)).as_numpy(models[model][1])
    return [answer]


def run_at_once(model, count):
    """Eight at a time, by callbacks: that is faster than eight threads. The last eight answers."""
    arrived = queue.Queue()

    def send():
        clients["grpc"].async_infer(
            **request("grpc", model), callback=lambda result, error: arrived.put(error or result)
        )

    for _ in range(at_once):
        send()
    kept = []
    for number in range(count):
        result = arrived.get()
        if isinstance(result, Exception):
            raise result
        kept = [*kept[1 - at_once :], result.as_numpy(models[model][1])]
        if number < count - at_once:
            send()
    return kept


print("ready", flush=True)
for line in sys.stdin:
    measure, count = line.split()
    transport, model, *rest = measure.split("-")
    clock = time.process_time_ns if "cpu" in rest else time.perf_counter_ns
    begin = clock()
    kept = run_at_once(model, int(count)) if "eight" in rest else run(transport, model, int(count))
    nanoseconds = clock() - begin
    print(nanoseconds, sum(int(each.view(np.uint8).sum(dtype=np.int64)) for each in kept) + lie, flush=True)
