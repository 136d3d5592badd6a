"""Makes calls of a Triton by its own client in Python, one round for each line "<measure> <count>" on stdin; answers with nanoseconds and
the sum of the bytes that came last. Measures: <transport>-<model>[-eight][-cpu]. Arguments: addresses for gRPC and HTTP, and --lie for wrong answers."""

import sys
import threading
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


def call(transport, model):
    """From numbers that are ready to numbers that can be read."""
    kind = transports[transport]
    arrays, output = models[model]
    inputs = []
    for name, array in arrays.items():
        each = kind.InferInput(name, list(array.shape), "FP32")
        each.set_data_from_numpy(array)
        inputs.append(each)
    outputs = [kind.InferRequestedOutput(output)]
    return clients[transport].infer(model, inputs, outputs=outputs).as_numpy(output)


def calls(transport, model, count, kept):
    for _ in range(count):
        answer = call(transport, model)
    kept.append(answer)


def run(transport, model, count, threads):
    kept = []
    if threads == 1:
        calls(transport, model, count, kept)
        return kept
    running = [
        threading.Thread(target=calls, args=(transport, model, count // threads, kept)) for _ in range(threads)
    ]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return kept


print("ready", flush=True)
for line in sys.stdin:
    measure, count = line.split()
    transport, model, *rest = measure.split("-")
    clock = time.process_time_ns if "cpu" in rest else time.perf_counter_ns
    begin = clock()
    kept = run(transport, model, int(count), at_once if "eight" in rest else 1)
    nanoseconds = clock() - begin
    print(nanoseconds, sum(int(each.view(np.uint8).sum(dtype=np.int64)) for each in kept) + lie, flush=True)
