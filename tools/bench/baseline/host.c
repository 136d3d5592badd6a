#include "host.h"
#include <stddef.h>

uint64_t nop_calls;

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

struct modules provide_imports(struct runtime *runtime, struct bytes guest) {
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

void modules_delete(struct modules *modules) {
  for (uint32_t i = 0; i < modules->count; i++) WasmEdge_ModuleInstanceDelete(modules->list[i]);
}

struct modules provide_env(struct runtime *runtime) {
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
