/* What one runtime is made of, and guests. Whatever fails ends the program. */
#ifndef OBJECTS_H
#define OBJECTS_H
#include <stdbool.h>
#include <stdint.h>
#include <wasmedge/wasmedge.h>

struct bytes {
  uint8_t *data;
  uint32_t length;
};

struct runtime {
  WasmEdge_ConfigureContext *configure;
  WasmEdge_StatisticsContext *statistics;
  WasmEdge_ExecutorContext *executor;
  WasmEdge_StoreContext *store;
  WasmEdge_LoaderContext *loader;
  WasmEdge_ValidatorContext *validator;
};

void fail(const char *what);
void must(WasmEdge_Result result, const char *what);
struct bytes read_file(const char *path);

struct runtime runtime_create(bool metered);
void runtime_delete(struct runtime *runtime);
/* A module that is ready to be instantiated any number of times. */
WasmEdge_ASTModuleContext *compile(struct runtime *runtime, struct bytes guest);
WasmEdge_ModuleInstanceContext *instantiate_module(struct runtime *runtime, WasmEdge_ASTModuleContext *ast);
WasmEdge_ModuleInstanceContext *instantiate(struct runtime *runtime, struct bytes guest);
WasmEdge_FunctionInstanceContext *find(WasmEdge_ModuleInstanceContext *instance, const char *name);

#endif
