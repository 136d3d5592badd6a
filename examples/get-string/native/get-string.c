#include <string.h>
#include <wasmedge/wasmedge.h>

/* Where WasmEdge keeps the values of the options. Set before an instance of the module is made. */
static WasmEdge_String Text;
static const WasmEdge_String DefaultText = {.Buf = "hello", .Length = 5};
static bool Upper;
static const bool DefaultUpper = false;

/* A range of guest memory, or NULL when a part of it lies outside. The sum has 64 bits and cannot overflow. */
static uint8_t *range(WasmEdge_MemoryInstanceContext *Memory, uint32_t Offset, uint32_t Length) {
  const uint64_t Size = (uint64_t)WasmEdge_MemoryInstanceGetPageSize(Memory) * 65536;
  if ((uint64_t)Offset + Length > Size) {
    return NULL;
  }
  /* Asked for from the beginning, because an empty range at the very end is a good one. */
  return WasmEdge_MemoryInstanceGetPointer(Memory, 0, Size > UINT32_MAX ? UINT32_MAX : (uint32_t)Size) + Offset;
}

/* get_string(buffer, length, written) */
static WasmEdge_Result getString(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *In,
                                 WasmEdge_Value *Out) {
  (void)Data;
  (void)Out;
  WasmEdge_MemoryInstanceContext *Memory = WasmEdge_CallingFrameGetMemoryInstance(Frame, 0);
  if (Memory == NULL) {
    return WasmEdge_Result_Fail;
  }
  const uint32_t Length = (uint32_t)WasmEdge_ValueGetI32(In[1]);
  uint8_t *Buffer = range(Memory, (uint32_t)WasmEdge_ValueGetI32(In[0]), Length);
  uint8_t *Written = range(Memory, (uint32_t)WasmEdge_ValueGetI32(In[2]), 4);
  if (Buffer == NULL || Written == NULL) {
    return WasmEdge_Result_Fail;
  }
  const uint32_t Count = Text.Length < Length ? Text.Length : Length;
  for (uint32_t Index = 0; Index < Count; ++Index) {
    const uint8_t Byte = (uint8_t)Text.Buf[Index];
    Buffer[Index] = Upper && Byte >= 'a' && Byte <= 'z' ? (uint8_t)(Byte - 32) : Byte;
  }
  memcpy(Written, &Count, 4);
  return WasmEdge_Result_Success;
}

static WasmEdge_ModuleInstanceContext *createModule(const WasmEdge_ModuleDescriptor *Descriptor) {
  (void)Descriptor;
  WasmEdge_String ModuleName = WasmEdge_StringCreateByCString("module_wasm_name");
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreate(ModuleName);
  WasmEdge_StringDelete(ModuleName);
  const WasmEdge_ValType Params[] = {WasmEdge_ValTypeGenI32(), WasmEdge_ValTypeGenI32(), WasmEdge_ValTypeGenI32()};
  WasmEdge_FunctionTypeContext *Type = WasmEdge_FunctionTypeCreate(Params, 3, NULL, 0);
  WasmEdge_String FunctionName = WasmEdge_StringCreateByCString("get_string");
  /* The module takes the function over; the type and the name are still ours. */
  WasmEdge_ModuleInstanceAddFunction(Module, FunctionName, WasmEdge_FunctionInstanceCreate(Type, getString, NULL, 0));
  WasmEdge_StringDelete(FunctionName);
  WasmEdge_FunctionTypeDelete(Type);
  return Module;
}

static WasmEdge_ProgramOption Options[] = {
    {.Name = "string",
     .Description = "the text that guests get",
     .Type = WasmEdge_ProgramOptionType_String,
     .Storage = &Text,
     .DefaultValue = &DefaultText},
    {.Name = "upper",
     .Description = "letters a to z become capitals",
     .Type = WasmEdge_ProgramOptionType_Toggle,
     .Storage = &Upper,
     .DefaultValue = &DefaultUpper},
};

static WasmEdge_ModuleDescriptor Modules[] = {
    {.Name = "module_name", .Description = "gives guests a text of the host's", .Create = createModule},
};

static WasmEdge_PluginDescriptor Descriptor = {
    .Name = "plugin_name",
    .Description = "gives guests a text of the host's",
    .APIVersion = WasmEdge_Plugin_CurrentAPIVersion,
    .Version = {0, 13, 5, 0},
    .ModuleCount = 1,
    .ProgramOptionCount = 2,
    .ModuleDescriptions = Modules,
    .ProgramOptions = Options,
};

/* The symbol that WasmEdge looks for in a C plug-in. */
const WasmEdge_PluginDescriptor *WasmEdge_Plugin_GetDescriptor(void) { return &Descriptor; }
