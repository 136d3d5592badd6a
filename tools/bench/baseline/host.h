/* Host functions for guests to import. */
#ifndef HOST_H
#define HOST_H
#include "objects.h"

#define MOST_MODULES 16

struct modules {
  WasmEdge_ModuleInstanceContext *list[MOST_MODULES];
  uint32_t count;
};

/* How often the host function without arguments was called. */
extern uint64_t nop_calls;

/* A host function for every import of the guest. */
struct modules provide_imports(struct runtime *runtime, struct bytes guest);
/* The module "env" as calls.wat imports it. */
struct modules provide_env(struct runtime *runtime);
void modules_delete(struct modules *modules);

#endif
