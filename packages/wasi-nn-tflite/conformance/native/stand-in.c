// A stand-in for the WASI-NN plug-in with TensorFlow Lite: the same plug-in name, module, functions, signatures and option, on the C APIs of
// plug-ins and of TensorFlow Lite. The released plug-in is written in C++ and cannot be built without the sources of WasmEdge; this one lets
// its loading, its option and its calls be tested where it is absent. It answers as the released one does (encoding 4), harmless defects
// included: a name that failed to load is remembered, of a name only 4 bytes are checked, what was not set is computed with, nothing is ever
// freed. It leaves out that a 17th graph invalidates the earlier ones, which ends the process.
//
// Option: `nn-preload` is one string here, models separated by commas.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wasmedge/wasmedge.h>

// What is used of TensorFlow Lite's header c_api.h.
typedef struct TfLiteModel TfLiteModel;
typedef struct TfLiteInterpreterOptions TfLiteInterpreterOptions;
typedef struct TfLiteInterpreter TfLiteInterpreter;
typedef struct TfLiteTensor TfLiteTensor;
TfLiteModel *TfLiteModelCreate(const void *Data, size_t Size);
TfLiteInterpreterOptions *TfLiteInterpreterOptionsCreate(void);
void TfLiteInterpreterOptionsDelete(TfLiteInterpreterOptions *Options);
void TfLiteInterpreterOptionsSetNumThreads(TfLiteInterpreterOptions *Options, int32_t Threads);
TfLiteInterpreter *TfLiteInterpreterCreate(const TfLiteModel *Model, const TfLiteInterpreterOptions *Options);
int TfLiteInterpreterAllocateTensors(TfLiteInterpreter *Interpreter);
int TfLiteInterpreterInvoke(TfLiteInterpreter *Interpreter);
int32_t TfLiteInterpreterGetInputTensorCount(const TfLiteInterpreter *Interpreter);
int32_t TfLiteInterpreterGetOutputTensorCount(const TfLiteInterpreter *Interpreter);
TfLiteTensor *TfLiteInterpreterGetInputTensor(const TfLiteInterpreter *Interpreter, int32_t Index);
const TfLiteTensor *TfLiteInterpreterGetOutputTensor(const TfLiteInterpreter *Interpreter, int32_t Index);
int TfLiteTensorType(const TfLiteTensor *Tensor);
int32_t TfLiteTensorNumDims(const TfLiteTensor *Tensor);
int32_t TfLiteTensorDim(const TfLiteTensor *Tensor, int32_t Index);
size_t TfLiteTensorByteSize(const TfLiteTensor *Tensor);
int TfLiteTensorCopyFromBuffer(TfLiteTensor *Tensor, const void *Data, size_t Size);
int TfLiteTensorCopyToBuffer(const TfLiteTensor *Tensor, void *Data, size_t Size);

#define NEWER_THAN_0_14 (WASMEDGE_VERSION_MAJOR > 0 || WASMEDGE_VERSION_MINOR > 14)

enum { Success = 0, InvalidArgument = 1, InvalidEncoding = 2, NotFound = 8, HostFuncErrorCode = 0x40e };
enum { Busy = 4 };
enum { TensorFlowLite = 4, MostTargets = 2, AutoTarget = 3, PageSize = 65536 };

typedef struct Bytes {
  uint8_t *Data;
  uint32_t Length;
} Bytes;

// What has a name: its files, and where it was loaded before the graph.
typedef struct Model {
  Bytes Name;
  uint32_t Target;
  Bytes *Files;
  uint32_t FileCount;
} Model;

typedef struct LoadedName {
  Bytes Name;
  uint32_t Graph;
} LoadedName;

typedef struct State {
  Model *Models;
  uint32_t ModelCount;
  LoadedName *Names;
  uint32_t NameCount;
  TfLiteModel **Graphs;
  uint32_t GraphCount;
  TfLiteInterpreter **Contexts;
  uint32_t ContextCount;
} State;

static void *allocate(void *Old, size_t Size) {
  void *New = realloc(Old, Size == 0 ? 1 : Size);
  if (New == NULL) {
    abort();
  }
  return New;
}

// Makes room for one more element, which is zero.
static void *grow(void *Old, uint32_t Count, size_t Size) {
  char *New = allocate(Old, (Count + 1) * Size);
  memset(New + Count * Size, 0, Size);
  return New;
}

static Bytes copyBytes(const void *Data, uint32_t Length) {
  Bytes New = {allocate(NULL, Length), Length};
  if (Length > 0) {
    memcpy(New.Data, Data, Length);
  }
  return New;
}

static bool equal(Bytes A, const uint8_t *Data, uint32_t Length) {
  return A.Length == Length && (Length == 0 || memcmp(A.Data, Data, Length) == 0);
}

// ---- the guest's memory

typedef struct Memory {
  WasmEdge_MemoryInstanceContext *Instance;
  uint64_t Size;
} Memory;

static Memory memoryOf(const WasmEdge_CallingFrameContext *Frame) {
  WasmEdge_MemoryInstanceContext *Instance = WasmEdge_CallingFrameGetMemoryInstance(Frame, 0);
  return (Memory){Instance, Instance == NULL ? 0 : (uint64_t)WasmEdge_MemoryInstanceGetPageSize(Instance) * PageSize};
}

static bool inside(Memory M, uint32_t Offset, uint64_t Length) { return Offset + Length <= M.Size; }

// A range that is inside the memory; an empty one needs no address.
static uint8_t *at(Memory M, uint32_t Offset, uint32_t Length) {
  static uint8_t Nothing;
  return Length == 0 ? &Nothing : WasmEdge_MemoryInstanceGetPointer(M.Instance, Offset, Length);
}

static uint32_t readNumber(Memory M, uint32_t Offset) {
  uint32_t Number;
  memcpy(&Number, at(M, Offset, 4), 4);
  return Number;
}

static void writeNumber(Memory M, uint32_t Offset, uint32_t Number) { memcpy(at(M, Offset, 4), &Number, 4); }

// As much of a range as the memory has.
static uint32_t clamp(Memory M, uint32_t Offset, uint64_t Length) {
  uint64_t Left = Offset < M.Size ? M.Size - Offset : 0;
  return (uint32_t)(Length < Left ? Length : Left);
}

// ---- loading

static bool isKnownEncoding(uint8_t Encoding) {
  return Encoding <= 12 ? Encoding != 5 && Encoding != 8 && (Encoding != 10 || NEWER_THAN_0_14)
                        : NEWER_THAN_0_14 && Encoding <= 14;
}

static uint32_t loadBackend(State *S, const Bytes *Parts, uint32_t Count, uint32_t Target, uint32_t *Graph) {
  if (Target != 0 || Count != 1) {
    return InvalidArgument;
  }
  // The model keeps using its bytes.
  Bytes Kept = copyBytes(Parts[0].Data, Parts[0].Length);
  TfLiteModel *Model = TfLiteModelCreate(Kept.Data, Kept.Length);
  if (Model == NULL) {
    free(Kept.Data);
    return InvalidArgument;
  }
  S->Graphs = grow(S->Graphs, S->GraphCount, sizeof(TfLiteModel *));
  S->Graphs[S->GraphCount] = Model;
  *Graph = S->GraphCount++;
  return Success;
}

static uint32_t load(State *S, Memory M, const uint32_t *In) {
  uint32_t Builders = In[0], Count = In[1], Target = In[3], Out = In[4];
  uint8_t Encoding = (uint8_t)In[2];
  if (!inside(M, Out, 4) || Target > MostTargets || !inside(M, Builders, (uint64_t)Count * 8)) {
    return InvalidArgument;
  }
  for (uint32_t I = 0; I < Count; ++I) {
    if (!inside(M, readNumber(M, Builders + I * 8), readNumber(M, Builders + I * 8 + 4))) {
      return InvalidArgument;
    }
  }
  if (Encoding != TensorFlowLite) {
    return isKnownEncoding(Encoding) ? InvalidArgument : InvalidEncoding;
  }
  Bytes First = {NULL, 0};
  if (Count > 0) {
    First.Length = readNumber(M, Builders + 4);
    First.Data = at(M, readNumber(M, Builders), First.Length);
  }
  uint32_t Graph;
  uint32_t Errno = loadBackend(S, &First, Count, Target, &Graph);
  if (Errno == Success) {
    writeNumber(M, Out, Graph);
  }
  return Errno;
}

static uint32_t loadNamed(State *S, Memory M, uint32_t Pointer, uint32_t Length, uint32_t ConfigLength, uint32_t Out) {
  Length = clamp(M, Pointer, Length);
  const uint8_t *Name = at(M, Pointer, Length);
  for (uint32_t I = 0; I < S->NameCount; ++I) {
    if (equal(S->Names[I].Name, Name, Length)) {
      writeNumber(M, Out, S->Names[I].Graph);
      return Success;
    }
  }
  for (uint32_t I = 0; I < S->ModelCount; ++I) {
    const Model *Found = &S->Models[I];
    if (equal(Found->Name, Name, Length)) {
      // What the guest had there is what a model that fails is remembered by.
      uint32_t Graph = readNumber(M, Out);
      uint32_t Parts = Found->FileCount + (ConfigLength > 0 ? 1 : 0);
      uint32_t Errno = loadBackend(S, Found->Files, Parts, Found->Target, &Graph);
      S->Names = grow(S->Names, S->NameCount, sizeof(LoadedName));
      S->Names[S->NameCount++] = (LoadedName){copyBytes(Name, Length), Graph};
      if (Errno == Success) {
        writeNumber(M, Out, Graph);
      }
      return Errno;
    }
  }
  return NotFound;
}

static uint32_t loadByName(State *S, Memory M, const uint32_t *In) {
  bool Checked = inside(M, In[2], 4) && inside(M, In[0], 4);
  return Checked ? loadNamed(S, M, In[0], In[1], 0, In[2]) : (uint32_t)InvalidArgument;
}

static uint32_t loadByNameWithConfig(State *S, Memory M, const uint32_t *In) {
  bool Checked = inside(M, In[4], 4) && inside(M, In[0], 4) && inside(M, In[2], 4);
  return Checked ? loadNamed(S, M, In[0], In[1], In[3], In[4]) : (uint32_t)InvalidArgument;
}

// ---- computing

static uint32_t initExecutionContext(State *S, Memory M, const uint32_t *In) {
  if (!inside(M, In[1], 4) || In[0] >= S->GraphCount) {
    return InvalidArgument;
  }
  TfLiteInterpreterOptions *Options = TfLiteInterpreterOptionsCreate();
  TfLiteInterpreterOptionsSetNumThreads(Options, 2);
  TfLiteInterpreter *Interpreter = TfLiteInterpreterCreate(S->Graphs[In[0]], Options);
  TfLiteInterpreterOptionsDelete(Options);
  if (Interpreter == NULL || TfLiteInterpreterAllocateTensors(Interpreter) != 0) {
    return Busy;
  }
  S->Contexts = grow(S->Contexts, S->ContextCount, sizeof(TfLiteInterpreter *));
  S->Contexts[S->ContextCount] = Interpreter;
  writeNumber(M, In[1], S->ContextCount++);
  return Success;
}

// TensorFlow Lite's number of an element type, by the numbers of this version, of those that set_input takes: f16, f32, u8 and i32.
static int typeOf(uint8_t Type) {
  enum { None = 0, F32 = 1, I32 = 2, U8 = 3, F16 = 10 };
  static const int Before[] = {F16, F32, U8, I32};
  static const int Since[] = {F16, F32, None, U8, I32};
  if (NEWER_THAN_0_14) {
    return Type < sizeof Since / sizeof Since[0] ? Since[Type] : None;
  }
  return Type < sizeof Before / sizeof Before[0] ? Before[Type] : None;
}

static uint32_t setInput(State *S, Memory M, const uint32_t *In) {
  enum { RecordSize = 20 };
  uint32_t Index = In[1], Record = In[2];
  if (!inside(M, Record, RecordSize)) {
    return InvalidArgument;
  }
  uint32_t Dimensions = readNumber(M, Record), Rank = readNumber(M, Record + 4);
  int Type = typeOf((uint8_t)readNumber(M, Record + 8));
  uint32_t Data = readNumber(M, Record + 12), Length = readNumber(M, Record + 16);
  if (!inside(M, Dimensions, (uint64_t)Rank * 4) || !inside(M, Data, Length) || Type == 0 || In[0] >= S->ContextCount) {
    return InvalidArgument;
  }
  const TfLiteInterpreter *Interpreter = S->Contexts[In[0]];
  if (Index >= (uint32_t)TfLiteInterpreterGetInputTensorCount(Interpreter)) {
    return InvalidArgument;
  }
  TfLiteTensor *Input = TfLiteInterpreterGetInputTensor(Interpreter, (int32_t)Index);
  if (Length != TfLiteTensorByteSize(Input) || Rank != (uint32_t)TfLiteTensorNumDims(Input)) {
    return InvalidArgument;
  }
  for (uint32_t I = 0; I < Rank; ++I) {
    if (readNumber(M, Dimensions + I * 4) != (uint32_t)TfLiteTensorDim(Input, (int32_t)I)) {
      return InvalidArgument;
    }
  }
  if (Type != TfLiteTensorType(Input)) {
    return InvalidArgument;
  }
  return TfLiteTensorCopyFromBuffer(Input, at(M, Data, Length), Length) == 0 ? Success : Busy;
}

static uint32_t compute(State *S, Memory M, const uint32_t *In) {
  (void)M;
  if (In[0] >= S->ContextCount) {
    return InvalidArgument;
  }
  return TfLiteInterpreterInvoke(S->Contexts[In[0]]) == 0 ? Success : Busy;
}

static uint32_t getOutput(State *S, Memory M, const uint32_t *In) {
  uint32_t Index = In[1], Buffer = In[2], Most = In[3], Written = In[4];
  if (!inside(M, Buffer, Most) || !inside(M, Written, 4) || In[0] >= S->ContextCount) {
    return InvalidArgument;
  }
  const TfLiteInterpreter *Interpreter = S->Contexts[In[0]];
  if (Index >= (uint32_t)TfLiteInterpreterGetOutputTensorCount(Interpreter)) {
    return InvalidArgument;
  }
  const TfLiteTensor *Output = TfLiteInterpreterGetOutputTensor(Interpreter, (int32_t)Index);
  uint32_t Length = (uint32_t)TfLiteTensorByteSize(Output);
  if (Most < Length || TfLiteTensorCopyToBuffer(Output, at(M, Buffer, Length), Length) != 0) {
    return InvalidArgument;
  }
  writeNumber(M, Written, Length);
  return Success;
}

// For other backends than this one.
static uint32_t refuse(State *S, Memory M, const uint32_t *In) {
  (void)S, (void)M, (void)In;
  return InvalidArgument;
}

// ---- what guests import

typedef uint32_t Function(State *S, Memory M, const uint32_t *In);

static const struct {
  const char *Name;
  Function *Call;
  uint32_t Params;
} Functions[] = {
    {"load", load, 5},
    {"load_by_name", loadByName, 3},
    {"load_by_name_with_config", loadByNameWithConfig, 5},
    {"init_execution_context", initExecutionContext, 2},
    {"set_input", setInput, 3},
    {"compute", compute, 1},
    {"get_output", getOutput, 5},
    {"get_output_single", refuse, 5},
    {"compute_single", refuse, 1},
    {"fini_single", refuse, 1},
    {"unload", refuse, 1},
#if NEWER_THAN_0_14
    {"finalize_execution_context", refuse, 1},
#endif
};

enum { FunctionCount = sizeof Functions / sizeof Functions[0], MostParams = 5 };

// One function of one instance of the module.
typedef struct Binding {
  State *Of;
  uint32_t Index;
} Binding;

typedef struct Instance {
  State Of;
  Binding Bindings[FunctionCount];
} Instance;

static WasmEdge_Result call(void *Data, const WasmEdge_CallingFrameContext *Frame, const WasmEdge_Value *Params,
                            WasmEdge_Value *Returns) {
  const Binding *B = Data;
  Memory M = memoryOf(Frame);
  if (M.Instance == NULL) {
    return WasmEdge_ResultGen(WasmEdge_ErrCategory_WASM, HostFuncErrorCode);
  }
  uint32_t In[MostParams];
  for (uint32_t I = 0; I < Functions[B->Index].Params; ++I) {
    In[I] = (uint32_t)WasmEdge_ValueGetI32(Params[I]);
  }
  Returns[0] = WasmEdge_ValueGenI32((int32_t)Functions[B->Index].Call(B->Of, M, In));
  return WasmEdge_Result_Success;
}

// ---- named models

static Bytes readFile(const char *Path, bool *Readable) {
  Bytes Content = {NULL, 0};
  FILE *File = fopen(Path, "rb");
  *Readable = File != NULL;
  if (File == NULL) {
    return Content;
  }
  uint8_t Chunk[4096];
  for (size_t Count; (Count = fread(Chunk, 1, sizeof Chunk, File)) > 0;) {
    Content.Data = allocate(Content.Data, Content.Length + Count);
    memcpy(Content.Data + Content.Length, Chunk, Count);
    Content.Length += (uint32_t)Count;
  }
  fclose(File);
  return Content;
}

// Adds `name:encoding:target:path[:path...]`; one of another backend or form is passed over.
static void addModel(State *S, char *Text) {
  static const char *const Targets[] = {"cpu", "gpu", "tpu", "auto"};
  char *Fields[3] = {Text, NULL, NULL};
  char *Rest = Text;
  for (int I = 0; I < 3; ++I) {
    char *Colon = strchr(Rest, ':');
    if (Colon == NULL) {
      return;
    }
    *Colon = 0;
    Fields[I] = Rest;
    Rest = Colon + 1;
  }
  uint32_t Target = 0;
  while (Target <= AutoTarget && strcasecmp(Fields[2], Targets[Target]) != 0) {
    ++Target;
  }
  uint32_t NameLength = (uint32_t)strlen(Fields[0]);
  bool Taken = false;
  for (uint32_t I = 0; I < S->ModelCount; ++I) {
    Taken = Taken || equal(S->Models[I].Name, (const uint8_t *)Fields[0], NameLength);
  }
  if (strcasecmp(Fields[1], "tensorflowlite") != 0 || Target > AutoTarget || Taken) {
    return;
  }
  Model New = {copyBytes(Fields[0], NameLength), Target, NULL, 0};
  for (char *Path = Rest; Path != NULL;) {
    char *Colon = strchr(Path, ':');
    if (Colon != NULL) {
      *Colon = 0;
    }
    bool Readable;
    Bytes Content = readFile(Path, &Readable);
    if (Readable) {
      New.Files = grow(New.Files, New.FileCount, sizeof(Bytes));
      New.Files[New.FileCount++] = Content;
    }
    Path = Colon == NULL ? NULL : Colon + 1;
  }
  S->Models = grow(S->Models, S->ModelCount, sizeof(Model));
  S->Models[S->ModelCount++] = New;
}

static WasmEdge_String Preload, PreloadDefault;

static void addModels(State *S) {
  uint32_t From = 0;
  for (uint32_t I = 0; I <= Preload.Length; ++I) {
    if (I == Preload.Length || Preload.Buf[I] == ',') {
      char *Text = allocate(NULL, I - From + 1);
      memcpy(Text, Preload.Buf == NULL ? "" : Preload.Buf + From, I - From);
      Text[I - From] = 0;
      addModel(S, Text);
      free(Text);
      From = I + 1;
    }
  }
}

// ---- the plug-in

static void deleteInstance(void *Data) {
  State *S = &((Instance *)Data)->Of;
  for (uint32_t I = 0; I < S->ModelCount; ++I) {
    for (uint32_t J = 0; J < S->Models[I].FileCount; ++J) {
      free(S->Models[I].Files[J].Data);
    }
    free(S->Models[I].Files);
    free(S->Models[I].Name.Data);
  }
  for (uint32_t I = 0; I < S->NameCount; ++I) {
    free(S->Names[I].Name.Data);
  }
  free(S->Models);
  free(S->Names);
  free(S->Graphs);
  free(S->Contexts);
  free(Data);
}

static WasmEdge_ModuleInstanceContext *createModule(const WasmEdge_ModuleDescriptor *Descriptor) {
  (void)Descriptor;
  Instance *New = memset(allocate(NULL, sizeof(Instance)), 0, sizeof(Instance));
  addModels(&New->Of);
  WasmEdge_String Name = WasmEdge_StringCreateByCString("wasi_ephemeral_nn");
  WasmEdge_ModuleInstanceContext *Module = WasmEdge_ModuleInstanceCreateWithData(Name, New, deleteInstance);
  WasmEdge_StringDelete(Name);
  WasmEdge_ValType Types[MostParams];
  for (int I = 0; I < MostParams; ++I) {
    Types[I] = WasmEdge_ValTypeGenI32();
  }
  for (uint32_t I = 0; I < FunctionCount; ++I) {
    New->Bindings[I] = (Binding){&New->Of, I};
    WasmEdge_FunctionTypeContext *Type = WasmEdge_FunctionTypeCreate(Types, Functions[I].Params, Types, 1);
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
