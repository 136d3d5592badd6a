/* Everything that can be is prepared before the clock runs. */
#include "measures.h"
#include "host.h"
#include <string.h>
#include <time.h>

#define MIB (1u << 20)

struct guests guests;
int64_t answer;

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static struct bytes calls_bytes(void) {
  static struct bytes bytes;
  if (!bytes.data) bytes = read_file(guests.calls);
  return bytes;
}

struct guest {
  struct runtime runtime;
  WasmEdge_ModuleInstanceContext *instance;
};

static struct guest open_calls(bool metered) {
  struct guest guest;
  guest.runtime = runtime_create(metered);
  provide_env(&guest.runtime);
  guest.instance = instantiate(&guest.runtime, calls_bytes());
  return guest;
}

static struct guest *calls(void) {
  static struct guest guest;
  if (!guest.instance) guest = open_calls(true);
  WasmEdge_StatisticsClear(guest.runtime.statistics);
  return &guest;
}

static int32_t add_once(struct guest *guest) {
  WasmEdge_Value params[2] = {WasmEdge_ValueGenI32(40), WasmEdge_ValueGenI32(2)}, returns[1];
  must(WasmEdge_ExecutorInvoke(guest->runtime.executor, find(guest->instance, "add"), params, 2, returns, 1), "add");
  return WasmEdge_ValueGetI32(returns[0]);
}

static uint64_t call_guest(uint32_t count) {
  struct guest *guest = calls();
  WasmEdge_FunctionInstanceContext *add = find(guest->instance, "add");
  WasmEdge_Value params[2] = {WasmEdge_ValueGenI32(0), WasmEdge_ValueGenI32(0)}, returns[1];
  int32_t sum = 0;
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) {
    params[0] = WasmEdge_ValueGenI32(sum);
    params[1] = WasmEdge_ValueGenI32((int32_t)i);
    WasmEdge_Result result = WasmEdge_ExecutorInvoke(guest->runtime.executor, add, params, 2, returns, 1);
    if (!WasmEdge_ResultOK(result)) fail("add");
    sum = WasmEdge_ValueGetI32(returns[0]);
  }
  uint64_t end = now();
  answer = sum;
  return end - begin;
}

static uint64_t invoke(struct guest *guest, const char *name, uint32_t argument, uint32_t results) {
  WasmEdge_FunctionInstanceContext *function = find(guest->instance, name);
  WasmEdge_Value params[1] = {WasmEdge_ValueGenI32((int32_t)argument)}, returns[1];
  uint64_t begin = now();
  must(WasmEdge_ExecutorInvoke(guest->runtime.executor, function, params, 1, returns, results), name);
  uint64_t end = now();
  answer = results ? WasmEdge_ValueGetI32(returns[0]) : 0;
  return end - begin;
}

static uint64_t call_host_0(uint32_t count) {
  nop_calls = 0;
  uint64_t time = invoke(calls(), "callNop", count, 0);
  answer = (int64_t)nop_calls;
  return time;
}

static uint64_t call_host_2(uint32_t count) { return invoke(calls(), "callPlus", count, 1); }

/* Short enough to be undisturbed now and then on a machine that others use. */
#define FIB 20

static uint64_t fib_metered(uint32_t count) {
  (void)count;
  return invoke(calls(), "fib", FIB, 1);
}

static uint64_t fib_unmetered(uint32_t count) {
  static struct guest guest;
  (void)count;
  if (!guest.instance) guest = open_calls(false);
  return invoke(&guest, "fib", FIB, 1);
}

static uint64_t instantiate_small(uint32_t count) {
  struct guest guest = {.runtime = calls()->runtime};
  struct bytes bytes = calls_bytes();
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) WasmEdge_ModuleInstanceDelete(guest.instance);
    guest.instance = instantiate(&guest.runtime, bytes);
  }
  uint64_t end = now();
  answer = add_once(&guest);
  WasmEdge_ModuleInstanceDelete(guest.instance);
  return end - begin;
}

/* A module that was parsed and validated before, as a compiled guest is. */
static uint64_t instantiate_compiled(uint32_t count) {
  static WasmEdge_ASTModuleContext *ast;
  struct guest guest = {.runtime = calls()->runtime};
  if (!ast) ast = compile(&guest.runtime, calls_bytes());
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) WasmEdge_ModuleInstanceDelete(guest.instance);
    guest.instance = instantiate_module(&guest.runtime, ast);
  }
  uint64_t end = now();
  answer = add_once(&guest);
  WasmEdge_ModuleInstanceDelete(guest.instance);
  return end - begin;
}

static int64_t sum_of_memory(WasmEdge_ModuleInstanceContext *instance) {
  WasmEdge_MemoryInstanceContext *memory =
      WasmEdge_ModuleInstanceFindMemory(instance, WasmEdge_StringWrap("memory", 6));
  uint32_t length = (uint32_t)WasmEdge_MemoryInstanceGetPageSize(memory) * 65536u;
  const uint8_t *bytes = WasmEdge_MemoryInstanceGetPointerConst(memory, 0, length);
  int64_t sum = 0;
  for (uint32_t i = 0; i < length; i++) sum += bytes[i];
  return sum;
}

static uint64_t instantiate_real(uint32_t count) {
  static struct runtime runtime;
  static struct bytes bytes;
  if (!bytes.data) {
    bytes = read_file(guests.real);
    runtime = runtime_create(true);
    provide_imports(&runtime, bytes);
  }
  WasmEdge_ModuleInstanceContext *instance = NULL;
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) WasmEdge_ModuleInstanceDelete(instance);
    instance = instantiate(&runtime, bytes);
  }
  uint64_t end = now();
  answer = sum_of_memory(instance);
  WasmEdge_ModuleInstanceDelete(instance);
  return end - begin;
}

/* Parsed, validated and instantiated in a runtime of its own, which is made before the clock runs. */
static uint64_t instantiate_large(uint32_t count) {
  static struct bytes bytes;
  if (!bytes.data) bytes = read_file(guests.large);
  uint64_t time = 0;
  answer = 0;
  for (uint32_t i = 0; i < count; i++) {
    struct runtime runtime = runtime_create(true);
    uint64_t begin = now();
    WasmEdge_ModuleInstanceContext *instance = instantiate(&runtime, bytes);
    time += now() - begin;
    WasmEdge_Value params[1] = {WasmEdge_ValueGenI32(1)}, returns[1];
    must(WasmEdge_ExecutorInvoke(runtime.executor, find(instance, "run"), params, 1, returns, 1), "run");
    answer += WasmEdge_ValueGetI32(returns[0]);
    WasmEdge_ModuleInstanceDelete(instance);
    runtime_delete(&runtime);
  }
  return time;
}

static uint64_t create_runtime(uint32_t count) {
  answer = 0;
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) {
    struct runtime runtime = runtime_create(true);
    answer += runtime.executor != NULL;
    runtime_delete(&runtime);
  }
  return now() - begin;
}

static uint64_t use_runtime(uint32_t count) {
  struct bytes bytes = calls_bytes();
  answer = 0;
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) {
    struct guest guest = {.runtime = runtime_create(true)};
    struct modules modules = provide_env(&guest.runtime);
    guest.instance = instantiate(&guest.runtime, bytes);
    answer += add_once(&guest);
    WasmEdge_ModuleInstanceDelete(guest.instance);
    runtime_delete(&guest.runtime);
    modules_delete(&modules);
  }
  return now() - begin;
}

static WasmEdge_MemoryInstanceContext *memory(void) {
  static WasmEdge_MemoryInstanceContext *memory;
  if (!memory) {
    struct runtime runtime = runtime_create(true);
    WasmEdge_ModuleInstanceContext *instance = instantiate(&runtime, read_file(guests.memory));
    memory = WasmEdge_ModuleInstanceFindMemory(instance, WasmEdge_StringWrap("memory", 6));
  }
  return memory;
}

static uint8_t buffer[MIB];

static uint64_t write_memory(uint32_t count) {
  for (uint32_t i = 0; i < MIB; i++) buffer[i] = (uint8_t)(i * 7 + (i >> 8));
  WasmEdge_MemoryInstanceContext *target = memory();
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) memcpy(WasmEdge_MemoryInstanceGetPointer(target, 65536, MIB), buffer, MIB);
  uint64_t end = now();
  const uint8_t *bytes = WasmEdge_MemoryInstanceGetPointerConst(target, 65536, MIB);
  answer = 0;
  for (uint32_t i = 0; i < MIB; i++) answer += bytes[i];
  return end - begin;
}

static uint64_t read_memory(uint32_t count) {
  WasmEdge_MemoryInstanceContext *source = memory();
  uint8_t *bytes = WasmEdge_MemoryInstanceGetPointer(source, 65536, MIB);
  for (uint32_t i = 0; i < MIB; i++) bytes[i] = (uint8_t)(i * 5 + (i >> 8));
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) memcpy(buffer, WasmEdge_MemoryInstanceGetPointerConst(source, 65536, MIB), MIB);
  uint64_t end = now();
  answer = 0;
  for (uint32_t i = 0; i < MIB; i++) answer += buffer[i];
  return end - begin;
}

static const struct {
  const char *name;
  uint64_t (*run)(uint32_t count);
} measures[] = {
    {"call-guest", call_guest},
    {"call-host-0", call_host_0},
    {"call-host-2", call_host_2},
    {"instantiate-small", instantiate_small},
    {"instantiate-compiled", instantiate_compiled},
    {"instantiate-real", instantiate_real},
    {"instantiate-large", instantiate_large},
    {"create-runtime", create_runtime},
    {"use-runtime", use_runtime},
    {"write-memory", write_memory},
    {"read-memory", read_memory},
    {"fib-metered", fib_metered},
    {"fib-unmetered", fib_unmetered},
};

uint64_t run_measure(const char *name, uint32_t count) {
  for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
    if (strcmp(measures[i].name, name) == 0) return measures[i].run(count);
  fail(name);
  return 0;
}

int32_t first_answer(void) { return add_once(calls()); }
