// The plug-in's descriptor and its five modules.

#include "stand-in.h"
#include <pthread.h>
#include <string.h>

// All modules of all runtimes share one context, as upstream: the handles. It lasts as long as one of the modules does.
static pthread_mutex_t Lock = PTHREAD_MUTEX_INITIALIZER;
static int ModulesAlive;

static WasmEdge_Result dispatch(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *Params,
                                WasmEdge_Value *Returns) {
  const Entry *Called = Data;
  Call C = {WasmEdge_CallingFrameGetMemoryInstance(Frame, 0), Params};
  pthread_mutex_lock(&Lock);
  int32_t Code = C.Memory == NULL ? AlgorithmFailure : Called->Function(&C);
  pthread_mutex_unlock(&Lock);
  Returns[0] = WasmEdge_ValueGenI32(Code);
  return WasmEdge_Result_Success;
}

static void releaseContext(void *Unused) {
  (void)Unused;
  pthread_mutex_lock(&Lock);
  if (--ModulesAlive == 0) {
    closeAllHandles();
  }
  pthread_mutex_unlock(&Lock);
}

static void addFunction(WasmEdge_ModuleInstanceContext *Module, const Entry *Added) {
  WasmEdge_ValType Params[8];
  uint32_t Count = (uint32_t)strlen(Added->Params);
  for (uint32_t I = 0; I < Count; ++I) {
    Params[I] = Added->Params[I] == 'l' ? WasmEdge_ValTypeGenI64() : WasmEdge_ValTypeGenI32();
  }
  WasmEdge_ValType Result = WasmEdge_ValTypeGenI32();
  WasmEdge_FunctionTypeContext *Type = WasmEdge_FunctionTypeCreate(Params, Count, &Result, 1);
  // The entry is only read.
  WasmEdge_FunctionInstanceContext *Function = WasmEdge_FunctionInstanceCreate(Type, dispatch, (void *)(uintptr_t)Added, 0);
  WasmEdge_FunctionTypeDelete(Type);
  WasmEdge_String Name = WasmEdge_StringCreateByCString(Added->Name);
  WasmEdge_ModuleInstanceAddFunction(Module, Name, Function);
  WasmEdge_StringDelete(Name);
}

static WasmEdge_ModuleInstanceContext *createModule(const char *WasmName, const Entry *Entries) {
  pthread_mutex_lock(&Lock);
  ++ModulesAlive;
  pthread_mutex_unlock(&Lock);
  WasmEdge_String Name = WasmEdge_StringCreateByCString(WasmName);
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreateWithData(Name, &ModulesAlive, releaseContext);
  WasmEdge_StringDelete(Name);
  for (const Entry *Each = Entries; Each->Name != NULL; ++Each) {
    addFunction(Module, Each);
  }
  return Module;
}

#define MODULE(FUNCTION, WASM_NAME, ENTRIES)                                                                           \
  static WasmEdge_ModuleInstanceContext *FUNCTION(const WasmEdge_ModuleDescriptor *Unused) {                           \
    (void)Unused;                                                                                                      \
    return createModule(WASM_NAME, ENTRIES);                                                                           \
  }

MODULE(createCommon, "wasi_ephemeral_crypto_common", CommonEntries)
MODULE(createAsymmetricCommon, "wasi_ephemeral_crypto_asymmetric_common", AsymmetricCommonEntries)
MODULE(createKx, "wasi_ephemeral_crypto_kx", KxEntries)
MODULE(createSignatures, "wasi_ephemeral_crypto_signatures", SignaturesEntries)
MODULE(createSymmetric, "wasi_ephemeral_crypto_symmetric", SymmetricEntries)

static WasmEdge_ModuleDescriptor Modules[] = {
    {"wasi_crypto_asymmetric_common", "Stand-in for keys", createAsymmetricCommon},
    {"wasi_crypto_common", "Stand-in for options and outputs", createCommon},
    {"wasi_crypto_kx", "Stand-in for key exchange", createKx},
    {"wasi_crypto_signatures", "Stand-in for signatures", createSignatures},
    {"wasi_crypto_symmetric", "Stand-in for symmetric operations", createSymmetric},
};

static WasmEdge_PluginDescriptor Descriptor = {
    .Name = "wasi_crypto",
    .Description = "Stand-in for the WASI-Crypto plug-in",
    .APIVersion = WasmEdge_Plugin_CurrentAPIVersion,
    .Version = {0, 10, 1, 0},
    .ModuleCount = sizeof Modules / sizeof Modules[0],
    .ProgramOptionCount = 0,
    .ModuleDescriptions = Modules,
    .ProgramOptions = NULL,
};

WASMEDGE_CAPI_PLUGIN_EXPORT const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { return &Descriptor; }
