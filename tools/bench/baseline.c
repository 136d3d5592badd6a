/*
 * The same work as the bench does through the packages, in C on the same library.
 *
 *   baseline <folder of guests> <real guest> [--lie]     answers lines "measure count" with "nanoseconds answer"
 *   baseline <folder of guests> --start-up               one guest, one call, its answer
 *
 * Everything that can be is prepared before the clock runs. --lie makes every answer wrong, to try the bench itself.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wasmedge/wasmedge.h>

#define MIB (1u << 20)
/* The bounds that the packages set when nobody asks for others. */
#define MOST_PAGES 65536
#define COST_LIMIT UINT64_C(20000000000)

static void fail(const char *what) {
  fprintf(stderr, "baseline: %s\n", what);
  exit(1);
}

static void must(WasmEdge_Result result, const char *what) {
  if (!WasmEdge_ResultOK(result)) {
    fprintf(stderr, "baseline: %s: %s\n", what, WasmEdge_ResultGetMessage(result));
    exit(1);
  }
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* ---- guests ---- */

struct bytes {
  uint8_t *data;
  uint32_t length;
};

static struct bytes read_file(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s%s", folder, *folder ? "/" : "", name);
  FILE *file = fopen(path, "rb");
  if (!file) fail(path);
  fseek(file, 0, SEEK_END);
  struct bytes bytes = {NULL, (uint32_t)ftell(file)};
  rewind(file);
  bytes.data = malloc(bytes.length);
  if (fread(bytes.data, 1, bytes.length, file) != bytes.length) fail(path);
  fclose(file);
  return bytes;
}

/* ---- what one runtime is made of ---- */

struct runtime {
  WasmEdge_ConfigureContext *configure;
  WasmEdge_StatisticsContext *statistics;
  WasmEdge_ExecutorContext *executor;
  WasmEdge_StoreContext *store;
  WasmEdge_LoaderContext *loader;
  WasmEdge_ValidatorContext *validator;
};

static struct runtime runtime_create(bool metered) {
  struct runtime runtime;
  runtime.configure = WasmEdge_ConfigureCreate();
  WasmEdge_ConfigureSetMaxMemoryPage(runtime.configure, MOST_PAGES);
  WasmEdge_ConfigureStatisticsSetCostMeasuring(runtime.configure, metered);
  runtime.statistics = WasmEdge_StatisticsCreate();
  runtime.executor = WasmEdge_ExecutorCreate(runtime.configure, runtime.statistics);
  runtime.store = WasmEdge_StoreCreate();
  runtime.loader = WasmEdge_LoaderCreate(runtime.configure);
  runtime.validator = WasmEdge_ValidatorCreate(runtime.configure);
  WasmEdge_StatisticsSetCostLimit(runtime.statistics, COST_LIMIT);
  return runtime;
}

static void runtime_delete(struct runtime *runtime) {
  WasmEdge_StoreDelete(runtime->store);
  WasmEdge_ExecutorDelete(runtime->executor);
  WasmEdge_StatisticsDelete(runtime->statistics);
  WasmEdge_ValidatorDelete(runtime->validator);
  WasmEdge_LoaderDelete(runtime->loader);
  WasmEdge_ConfigureDelete(runtime->configure);
}

static WasmEdge_ModuleInstanceContext *instantiate(struct runtime *runtime, struct bytes guest) {
  WasmEdge_ASTModuleContext *ast = NULL;
  WasmEdge_ModuleInstanceContext *instance = NULL;
  must(WasmEdge_LoaderParseFromBuffer(runtime->loader, &ast, guest.data, guest.length), "parse");
  must(WasmEdge_ValidatorValidate(runtime->validator, ast), "validate");
  must(WasmEdge_ExecutorInstantiate(runtime->executor, &instance, runtime->store, ast), "instantiate");
  WasmEdge_ASTModuleDelete(ast);
  return instance;
}

static WasmEdge_FunctionInstanceContext *find(WasmEdge_ModuleInstanceContext *instance, const char *name) {
  WasmEdge_FunctionInstanceContext *function =
      WasmEdge_ModuleInstanceFindFunction(instance, WasmEdge_StringWrap(name, (uint32_t)strlen(name)));
  if (!function) fail(name);
  return function;
}

/* ---- host functions ---- */

static uint64_t nop_calls;

static WasmEdge_Result nop(void *data, const WasmEdge_CallingFrameContext *frame, const WasmEdge_Value *params,
                           WasmEdge_Value *returns) {
  (void)data, (void)frame, (void)params, (void)returns;
  nop_calls++;
  return WasmEdge_Result_Success;
}

static WasmEdge_Result plus(void *data, const WasmEdge_CallingFrameContext *frame, const WasmEdge_Value *params,
                            WasmEdge_Value *returns) {
  (void)data, (void)frame;
  uint32_t sum = (uint32_t)WasmEdge_ValueGetI32(params[0]) + (uint32_t)WasmEdge_ValueGetI32(params[1]);
  returns[0] = WasmEdge_ValueGenI32((int32_t)sum);
  return WasmEdge_Result_Success;
}

#define MOST_MODULES 16

struct modules {
  WasmEdge_ModuleInstanceContext *list[MOST_MODULES];
  uint32_t count;
};

static void add_function(WasmEdge_ModuleInstanceContext *module, WasmEdge_String name,
                         const WasmEdge_FunctionTypeContext *type) {
  bool is_plus = WasmEdge_FunctionTypeGetReturnsLength(type) == 1 && WasmEdge_FunctionTypeGetParametersLength(type) == 2;
  WasmEdge_FunctionInstanceContext *function = WasmEdge_FunctionInstanceCreate(type, is_plus ? plus : nop, NULL, 0);
  WasmEdge_ModuleInstanceAddFunction(module, name, function);
}

static WasmEdge_ModuleInstanceContext *module_named(struct modules *modules, WasmEdge_String name) {
  for (uint32_t i = 0; i < modules->count; i++)
    if (WasmEdge_StringIsEqual(WasmEdge_ModuleInstanceGetModuleName(modules->list[i]), name)) return modules->list[i];
  if (modules->count == MOST_MODULES) fail("too many modules");
  return modules->list[modules->count++] = WasmEdge_ModuleInstanceCreate(name);
}

/* A host function for every import of the guest. */
static struct modules provide_imports(struct runtime *runtime, struct bytes guest) {
  struct modules modules = {.count = 0};
  WasmEdge_ASTModuleContext *ast = NULL;
  must(WasmEdge_LoaderParseFromBuffer(runtime->loader, &ast, guest.data, guest.length), "parse");
  must(WasmEdge_ValidatorValidate(runtime->validator, ast), "validate");
  const WasmEdge_ImportTypeContext *imports[256];
  uint32_t count = WasmEdge_ASTModuleListImports(ast, imports, 256);
  for (uint32_t i = 0; i < count && i < 256; i++)
    add_function(module_named(&modules, WasmEdge_ImportTypeGetModuleName(imports[i])),
                 WasmEdge_ImportTypeGetExternalName(imports[i]), WasmEdge_ImportTypeGetFunctionType(ast, imports[i]));
  for (uint32_t i = 0; i < modules.count; i++)
    must(WasmEdge_ExecutorRegisterImport(runtime->executor, runtime->store, modules.list[i]), "register");
  WasmEdge_ASTModuleDelete(ast);
  return modules;
}

static void modules_delete(struct modules *modules) {
  for (uint32_t i = 0; i < modules->count; i++) WasmEdge_ModuleInstanceDelete(modules->list[i]);
}

/* The module "env" as calls.wat imports it. */
static struct modules provide_env(struct runtime *runtime) {
  WasmEdge_ValType i32[2] = {WasmEdge_ValTypeGenI32(), WasmEdge_ValTypeGenI32()};
  WasmEdge_FunctionTypeContext *nop_type = WasmEdge_FunctionTypeCreate(NULL, 0, NULL, 0);
  WasmEdge_FunctionTypeContext *plus_type = WasmEdge_FunctionTypeCreate(i32, 2, i32, 1);
  struct modules modules = {.count = 0};
  WasmEdge_ModuleInstanceContext *env = module_named(&modules, WasmEdge_StringWrap("env", 3));
  add_function(env, WasmEdge_StringWrap("nop", 3), nop_type);
  add_function(env, WasmEdge_StringWrap("plus", 4), plus_type);
  must(WasmEdge_ExecutorRegisterImport(runtime->executor, runtime->store, env), "register");
  WasmEdge_FunctionTypeDelete(nop_type);
  WasmEdge_FunctionTypeDelete(plus_type);
  return modules;
}

/* ---- measures: each returns the nanoseconds of `count` times its work ---- */

static const char *guests;
static const char *real_guest;
static int64_t answer;

static struct bytes calls_bytes(void) {
  static struct bytes bytes;
  if (!bytes.data) bytes = read_file(guests, "calls.wasm");
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
    bytes = read_file("", real_guest);
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
    WasmEdge_ModuleInstanceContext *instance = instantiate(&runtime, read_file(guests, "memory.wasm"));
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
    {"instantiate-real", instantiate_real},
    {"create-runtime", create_runtime},
    {"use-runtime", use_runtime},
    {"write-memory", write_memory},
    {"read-memory", read_memory},
    {"fib-metered", fib_metered},
    {"fib-unmetered", fib_unmetered},
};

static uint64_t run(const char *name, uint32_t count) {
  for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
    if (strcmp(measures[i].name, name) == 0) return measures[i].run(count);
  fail(name);
  return 0;
}

int main(int argc, char **argv) {
  WasmEdge_LogOff();
  if (argc < 3) fail("usage: baseline <folder of guests> <real guest> [--lie] | baseline <folder of guests> --start-up");
  guests = argv[1];
  if (strcmp(argv[2], "--start-up") == 0) {
    printf("%" PRId32 "\n", add_once(calls()));
    return 0;
  }
  real_guest = argv[2];
  int64_t lie = argc > 3 && strcmp(argv[3], "--lie") == 0;
  /* The soname says nothing about the ABI; a program built for another minor would call the wrong prototypes. */
  if (WasmEdge_VersionGetMajor() != WASMEDGE_VERSION_MAJOR || WasmEdge_VersionGetMinor() != WASMEDGE_VERSION_MINOR) {
    printf("error the headers are those of %s, the library is %s\n", WASMEDGE_VERSION, WasmEdge_VersionGet());
    return 1;
  }
  printf("ready %s\n", WasmEdge_VersionGet());
  fflush(stdout);
  char line[128], name[64];
  uint32_t count;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%63s %" SCNu32, name, &count) != 2) fail("a line must be: measure count");
    uint64_t time = run(name, count);
    printf("%" PRIu64 " %" PRId64 "\n", time, answer + lie);
    fflush(stdout);
  }
  return 0;
}
