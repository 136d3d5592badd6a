"""The trained network as TorchScript."""

import io

import torch

from drawings import taken


def export(model, path):
    traced = torch.jit.trace(model, torch.zeros(1, 3, taken, taken))
    buffer = io.BytesIO()
    torch.jit.save(traced, buffer)
    # Without the records that say where the source lay.
    reader = torch._C.PyTorchFileReader(io.BytesIO(buffer.getvalue()))
    writer = torch._C.PyTorchFileWriter(str(path))
    writer.set_min_version(int(reader.get_record("version")))
    for name in reader.get_all_records():
        if name != "version" and not name.endswith(".debug_pkl"):
            record = reader.get_record(name)
            writer.write_record(name, record, len(record))
    writer.write_end_of_file()
