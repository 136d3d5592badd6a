// The plug-in, its option and its module. `nn-preload` is one string here, models separated by commas.

#include "stand-in.h"

#include <stdlib.h>
#include <string.h>

// One function of one instance of the module.
typedef struct Binding {
  State *Of;
  const Function *To;
} Binding;

typedef struct Instance {
  State Of;
  Binding Bindings[FunctionCount];
} Instance;

static WasmEdge_String Preload, PreloadDefault;

static WasmEdge_Result call(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *Params,
                            WasmEdge_Value *Returns) {
  enum { HostFuncErrorCode = 0x40e };
  const Binding *B = Data;
  Memory M = memoryOf(Frame);
  if (M.Instance == NULL) {
    return WasmEdge_ResultGen(WasmEdge_ErrCategory_WASM, HostFuncErrorCode);
  }
  uint32_t In[MostParams];
  for (uint32_t I = 0; I < B->To->ParamCount; ++I) {
    In[I] = (uint32_t)WasmEdge_ValueGetI32(Params[I]);
  }
  Returns[0] = WasmEdge_ValueGenI32((int32_t)B->To->Call(B->Of, M, In));
  return WasmEdge_Result_Success;
}

static void deleteInstance(void *Data) {
  State *S = &((Instance *)Data)->Of;
  for (uint32_t I = 0; I < S->ContextCount; ++I) {
    if (S->Contexts[I] != NULL) {
      TheBackend.deleteContext(S->Contexts[I]);
    }
  }
  for (uint32_t I = 0; I < S->GraphCount; ++I) {
    if (S->Graphs[I] != NULL) {
      TheBackend.deleteGraph(S->Graphs[I]);
    }
  }
  for (uint32_t I = 0; I < S->NameCount; ++I) {
    free(S->Names[I].Name.Data);
  }
  free(S->Contexts);
  free(S->Graphs);
  free(S->Names);
  deleteModels(S);
  free(Data);
}

static WasmEdge_ModuleInstanceContext *createModule(const WasmEdge_ModuleDescriptor *Descriptor) {
  (void)Descriptor;
  Instance *New = memset(allocate(NULL, sizeof(Instance)), 0, sizeof(Instance));
  addModels(&New->Of, Preload.Buf, Preload.Length);
  WasmEdge_String Name = WasmEdge_StringCreateByCString("wasi_ephemeral_nn");
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreateWithData(Name, New, deleteInstance);
  WasmEdge_StringDelete(Name);
  WasmEdge_ValType Types[MostParams];
  for (int I = 0; I < MostParams; ++I) {
    Types[I] = WasmEdge_ValTypeGenI32();
  }
  for (uint32_t I = 0; I < FunctionCount; ++I) {
    New->Bindings[I] = (Binding){&New->Of, &Functions[I]};
    WasmEdge_FunctionTypeContext *Type = WasmEdge_FunctionTypeCreate(Types, Functions[I].ParamCount, Types, 1);
    WasmEdge_FunctionInstanceContext *Function = WasmEdge_FunctionInstanceCreate(Type, call, &New->Bindings[I], 0);
    WasmEdge_FunctionTypeDelete(Type);
    WasmEdge_String FunctionName = WasmEdge_StringCreateByCString(Functions[I].Name);
    WasmEdge_ModuleInstanceAddFunction(Module, FunctionName, Function);
    WasmEdge_StringDelete(FunctionName);
  }
  return Module;
}

static WasmEdge_ProgramOption Options[] = {
    {"nn-preload", "Models by name, separated by commas", WasmEdge_ProgramOptionType_String, &Preload, &PreloadDefault},
};

static WasmEdge_ModuleDescriptor Modules[] = {{"wasi_nn", "Stand-in for the WASI-NN plug-in", createModule}};

static WasmEdge_PluginDescriptor Descriptor = {
    .Name = "wasi_nn",
    .Description = "Stand-in for the WASI-NN plug-in",
    .APIVersion = WasmEdge_Plugin_CurrentAPIVersion,
    .Version = {0, 10, 1, 0},
    .ModuleCount = 1,
    .ProgramOptionCount = 1,
    .ModuleDescriptions = Modules,
    .ProgramOptions = Options,
};

WASMEDGE_CAPI_PLUGIN_EXPORT const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { return &Descriptor; }
