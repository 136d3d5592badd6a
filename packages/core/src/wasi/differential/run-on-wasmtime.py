# Makes the calls of a list of scenarios on wasmtime:  run-on-wasmtime.py GUEST TASKS ANSWERS
import json
import sys
from wasmtime import Engine, Linker, Module, Store, WasiConfig

NEVER_LEFT = 0x7FFFFFFF


def signed(value, bits):
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def value_of(argument, kept):
    if isinstance(argument, int):
        return signed(argument, 32)
    if "long" in argument:
        return signed(int(argument["long"]), 64)
    value = kept.get(argument["kept"], NEVER_LEFT)
    return signed(value, 64 if argument["kept"].startswith("cookie") else 32)


def number(memory, store, address, length):
    return int.from_bytes(memory.read(store, address, address + length), "little")


def run(engine, module, task):
    config = WasiConfig()
    config.argv = ["guest"]
    config.env = [["NAME", "value"]]
    if "stdin" in task:
        config.stdin_file = task["stdin"]
    else:
        config.inherit_stdin()
    config.preopen_dir(task["folder"], "/data")
    store = Store(engine)
    store.set_wasi(config)
    linker = Linker(engine)
    linker.define_wasi()
    exports = linker.instantiate(store, module).exports(store)
    memory = exports["memory"]
    kept = {}
    answers = []
    for step in task["steps"]:
        memory.write(store, bytes(memory.data_len(store)), 0)
        for address, content in step["memory"]:
            if isinstance(content, str):
                memory.write(store, bytes.fromhex(content), address)
            else:
                left = kept.get(content["kept"], NEVER_LEFT)
                memory.write(store, left.to_bytes(4, "little"), address)
        try:
            errno = exports[step["call"]](store, *[value_of(each, kept) for each in step["args"]])
        except Exception as error:
            errno = str(error)
        if errno == 0:
            for each in step["keep"]:
                kept[each["name"]] = number(memory, store, each["address"], each["length"])
        outputs = []
        for each in step["outputs"]:
            told = each["length"]
            if "used" in each:
                used = each["used"]
                told = min(told, number(memory, store, used["address"], 4) * used["unit"])
            outputs.append(memory.read(store, each["address"], each["address"] + told).hex())
        answers.append({"errno": errno, "outputs": outputs})
    return answers


guest, tasks, answers = sys.argv[1:]
engine = Engine()
with open(guest, "rb") as file:
    module = Module(engine, file.read())
with open(tasks, encoding="utf-8") as file:
    found = [run(engine, module, task) for task in json.load(file)]
with open(answers, "w", encoding="utf-8") as file:
    json.dump(found, file)
