#include "objects.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The bounds that the packages set when nobody asks for others. */
#define MOST_PAGES 65536
#define COST_LIMIT UINT64_C(20000000000)

void fail(const char *what) {
  fprintf(stderr, "baseline: %s\n", what);
  exit(1);
}

void must(WasmEdge_Result result, const char *what) {
  if (!WasmEdge_ResultOK(result)) {
    fprintf(stderr, "baseline: %s: %s\n", what, WasmEdge_ResultGetMessage(result));
    exit(1);
  }
}

struct bytes read_file(const char *path) {
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

struct runtime runtime_create(bool metered) {
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

void runtime_delete(struct runtime *runtime) {
  WasmEdge_StoreDelete(runtime->store);
  WasmEdge_ExecutorDelete(runtime->executor);
  WasmEdge_StatisticsDelete(runtime->statistics);
  WasmEdge_ValidatorDelete(runtime->validator);
  WasmEdge_LoaderDelete(runtime->loader);
  WasmEdge_ConfigureDelete(runtime->configure);
}

WasmEdge_ASTModuleContext *compile(struct runtime *runtime, struct bytes guest) {
  WasmEdge_ASTModuleContext *ast = NULL;
  must(WasmEdge_LoaderParseFromBuffer(runtime->loader, &ast, guest.data, guest.length), "parse");
  must(WasmEdge_ValidatorValidate(runtime->validator, ast), "validate");
  return ast;
}

WasmEdge_ModuleInstanceContext *instantiate_module(struct runtime *runtime, WasmEdge_ASTModuleContext *ast) {
  WasmEdge_ModuleInstanceContext *instance = NULL;
  must(WasmEdge_ExecutorInstantiate(runtime->executor, &instance, runtime->store, ast), "instantiate");
  return instance;
}

WasmEdge_ModuleInstanceContext *instantiate(struct runtime *runtime, struct bytes guest) {
  WasmEdge_ASTModuleContext *ast = compile(runtime, guest);
  WasmEdge_ModuleInstanceContext *instance = instantiate_module(runtime, ast);
  WasmEdge_ASTModuleDelete(ast);
  return instance;
}

WasmEdge_FunctionInstanceContext *find(WasmEdge_ModuleInstanceContext *instance, const char *name) {
  WasmEdge_FunctionInstanceContext *function =
      WasmEdge_ModuleInstanceFindFunction(instance, WasmEdge_StringWrap(name, (uint32_t)strlen(name)));
  if (!function) fail(name);
  return function;
}
