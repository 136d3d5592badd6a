// The functions of the module, with their checks in the order of the released plug-in.

#include "stand-in.h"

#include <stdlib.h>
#include <string.h>

static bool isKnownEncoding(uint8_t Encoding) {
  return Encoding <= 12 ? Encoding != 5 && Encoding != 8 && (Encoding != 10 || NEWER_THAN_0_14)
                        : NEWER_THAN_0_14 && Encoding <= 14;
}

static uint32_t loadGraph(State *S, const Bytes *Parts, uint32_t Count, uint32_t Target, uint32_t *Graph) {
  Slot New = {false, NULL};
  uint32_t Errno = TheBackend.load(Parts, Count, Target, &New);
  if (!New.Taken) {
    return Errno;
  }
  uint32_t Place = S->GraphCount;
  // A number that was freed is given again.
  for (uint32_t I = 0; I < S->GraphCount && TheBackend.Frees && Place == S->GraphCount; ++I) {
    Place = S->Graphs[I] == NULL ? I : Place;
  }
  if (Place == S->GraphCount) {
    S->Graphs = grow(S->Graphs, S->GraphCount++, sizeof(void *));
  }
  S->Graphs[Place] = New.Graph;
  if (Errno == Success) {
    *Graph = Place;
  }
  return Errno;
}

static uint32_t load(State *S, Memory M, const uint32_t *In) {
  enum { MostTargets = 2, MostParts = 8 };
  uint32_t Builders = In[0], Count = In[1], Target = In[3], Out = In[4];
  uint8_t Encoding = (uint8_t)In[2];
  if (!inside(M, Out, 4) || Target > MostTargets || !inside(M, Builders, (uint64_t)Count * 8)) {
    return InvalidArgument;
  }
  // No backend looks at more parts than these.
  Bytes Parts[MostParts] = {{NULL, 0}};
  for (uint32_t I = 0; I < Count; ++I) {
    uint32_t Pointer = readNumber(M, Builders + I * 8), Length = readNumber(M, Builders + I * 8 + 4);
    if (!inside(M, Pointer, Length)) {
      return InvalidArgument;
    }
    if (I < MostParts) {
      Parts[I] = (Bytes){at(M, Pointer, Length), Length};
    }
  }
  if (Encoding != TheBackend.Encoding) {
    return isKnownEncoding(Encoding) ? InvalidArgument : InvalidEncoding;
  }
  uint32_t Graph;
  uint32_t Errno = loadGraph(S, Parts, Count, Target, &Graph);
  if (Errno == Success) {
    writeNumber(M, Out, Graph);
  }
  return Errno;
}

static uint32_t loadModel(State *S, const Model *Found, Bytes Config, uint32_t *Graph) {
  if (Config.Length == 0) {
    return loadGraph(S, Found->Files, Found->FileCount, Found->Target, Graph);
  }
  // A configuration is one more part.
  if (!TheBackend.TakesConfig || Found->FileCount != 1) {
    return InvalidArgument;
  }
  return loadGraph(S, (Bytes[]){Found->Files[0], Config}, 2, Found->Target, Graph);
}

static uint32_t loadNamed(State *S, Memory M, uint32_t Pointer, uint32_t Length, Bytes Config, uint32_t Out) {
  Length = clampRange(M, Pointer, Length);
  const uint8_t *Name = at(M, Pointer, Length);
  for (uint32_t I = 0; I < S->NameCount; ++I) {
    if (equalBytes(S->Names[I].Name, Name, Length)) {
      writeNumber(M, Out, S->Names[I].Graph);
      return Success;
    }
  }
  for (uint32_t I = 0; I < S->ModelCount; ++I) {
    const Model *Found = &S->Models[I];
    if (equalBytes(Found->Name, Name, Length)) {
      // What the guest had there is what a model that fails is remembered by.
      uint32_t Graph = readNumber(M, Out);
      uint32_t Errno = loadModel(S, Found, Config, &Graph);
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
  return Checked ? loadNamed(S, M, In[0], In[1], (Bytes){NULL, 0}, In[2]) : (uint32_t)InvalidArgument;
}

static uint32_t loadByNameWithConfig(State *S, Memory M, const uint32_t *In) {
  bool Checked = inside(M, In[4], 4) && inside(M, In[0], 4) && inside(M, In[2], 4);
  if (!Checked) {
    return InvalidArgument;
  }
  uint32_t Length = clampRange(M, In[2], In[3]);
  return loadNamed(S, M, In[0], In[1], (Bytes){at(M, In[2], Length), Length}, In[4]);
}

static uint32_t initExecutionContext(State *S, Memory M, const uint32_t *In) {
  if (!inside(M, In[1], 4) || In[0] >= S->GraphCount || S->Graphs[In[0]] == NULL) {
    return InvalidArgument;
  }
  void *Context = NULL;
  uint32_t Errno = TheBackend.createContext(S->Graphs[In[0]], &Context);
  if (Errno == Success) {
    S->Contexts = grow(S->Contexts, S->ContextCount, sizeof(void *));
    S->Contexts[S->ContextCount] = Context;
    writeNumber(M, In[1], S->ContextCount++);
  }
  return Errno;
}

// NULL where there is none.
static void *contextOf(const State *S, uint32_t Id) { return Id < S->ContextCount ? S->Contexts[Id] : NULL; }

// By the numbers of this version.
static ElementType elementType(uint8_t Type) {
  static const ElementType Before[] = {ElementF16, ElementF32, ElementU8, ElementI32};
  static const ElementType Since[] = {ElementF16, ElementF32, NoElementType, ElementU8, ElementI32};
  if (NEWER_THAN_0_14) {
    return Type < sizeof Since / sizeof Since[0] ? Since[Type] : NoElementType;
  }
  return Type < sizeof Before / sizeof Before[0] ? Before[Type] : NoElementType;
}

static uint32_t setInput(State *S, Memory M, const uint32_t *In) {
  enum { RecordSize = 20 };
  uint32_t Record = In[2];
  if (!inside(M, Record, RecordSize)) {
    return InvalidArgument;
  }
  GuestTensor Tensor = {
      .In = M,
      .Dimensions = readNumber(M, Record),
      .Rank = readNumber(M, Record + 4),
      .Type = elementType((uint8_t)readNumber(M, Record + 8)),
      .Data = readNumber(M, Record + 12),
      .Length = readNumber(M, Record + 16),
  };
  // The size is computed in 32 bits, so that what follows reads beyond the memory.
  if (Tensor.Rank > UINT32_MAX / 4 && inside(M, Tensor.Dimensions, Tensor.Rank * 4)) {
    endProcess();
  }
  if (!inside(M, Tensor.Dimensions, (uint64_t)Tensor.Rank * 4) || !inside(M, Tensor.Data, Tensor.Length) ||
      Tensor.Type == NoElementType || contextOf(S, In[0]) == NULL) {
    return InvalidArgument;
  }
  return TheBackend.setInput(S->Contexts[In[0]], In[1], &Tensor);
}

static uint32_t compute(State *S, Memory M, const uint32_t *In) {
  (void)M;
  void *Context = contextOf(S, In[0]);
  return Context != NULL ? TheBackend.compute(Context) : (uint32_t)InvalidArgument;
}

typedef uint32_t Output(void *Context, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most, uint32_t *Written);

static uint32_t giveOutput(State *S, Memory M, const uint32_t *In, Output *Of) {
  uint32_t Buffer = In[2], Most = In[3], Out = In[4];
  void *Context = contextOf(S, In[0]);
  if (!inside(M, Buffer, Most) || !inside(M, Out, 4) || Context == NULL || Of == NULL) {
    return InvalidArgument;
  }
  uint32_t Written;
  uint32_t Errno = Of(Context, In[1], M, Buffer, Most, &Written);
  if (Errno == Success) {
    writeNumber(M, Out, Written);
  }
  return Errno;
}

static uint32_t getOutput(State *S, Memory M, const uint32_t *In) { return giveOutput(S, M, In, TheBackend.getOutput); }

static uint32_t getOutputSingle(State *S, Memory M, const uint32_t *In) {
  return giveOutput(S, M, In, TheBackend.getOutputSingle);
}

static uint32_t computeSingle(State *S, Memory M, const uint32_t *In) {
  (void)M;
  void *Context = contextOf(S, In[0]);
  return Context != NULL && TheBackend.computeSingle != NULL ? TheBackend.computeSingle(Context)
                                                             : (uint32_t)InvalidArgument;
}

static uint32_t finiSingle(State *S, Memory M, const uint32_t *In) {
  (void)M;
  void *Context = contextOf(S, In[0]);
  return Context != NULL && TheBackend.finiSingle != NULL ? TheBackend.finiSingle(Context) : (uint32_t)InvalidArgument;
}

// Up to 0.14 the graphs behind it have other numbers then, and their contexts would compute with others; here they stay what they are.
static uint32_t unload(State *S, Memory M, const uint32_t *In) {
  (void)M;
  if (!TheBackend.Frees || In[0] >= S->GraphCount || S->Graphs[In[0]] == NULL) {
    return InvalidArgument;
  }
  TheBackend.deleteGraph(S->Graphs[In[0]]);
  S->Graphs[In[0]] = NULL;
  for (uint32_t I = 0; I < S->NameCount; ++I) {
    if (S->Names[I].Graph == In[0]) {
      free(S->Names[I].Name.Data);
      S->Names[I--] = S->Names[--S->NameCount];
    }
  }
#if !NEWER_THAN_0_14
  S->GraphCount -= 1;
  memmove(S->Graphs + In[0], S->Graphs + In[0] + 1, (S->GraphCount - In[0]) * sizeof(void *));
#endif
  return Success;
}

#if NEWER_THAN_0_14
static uint32_t finalizeExecutionContext(State *S, Memory M, const uint32_t *In) {
  (void)M;
  void *Context = contextOf(S, In[0]);
  if (!TheBackend.Frees || Context == NULL) {
    return InvalidArgument;
  }
  TheBackend.deleteContext(Context);
  S->Contexts[In[0]] = NULL;
  return Success;
}
#endif

const Function Functions[FunctionCount] = {
    {"load", load, 5},
    {"load_by_name", loadByName, 3},
    {"load_by_name_with_config", loadByNameWithConfig, 5},
    {"init_execution_context", initExecutionContext, 2},
    {"set_input", setInput, 3},
    {"compute", compute, 1},
    {"get_output", getOutput, 5},
    {"get_output_single", getOutputSingle, 5},
    {"compute_single", computeSingle, 1},
    {"fini_single", finiSingle, 1},
    {"unload", unload, 1},
#if NEWER_THAN_0_14
    {"finalize_execution_context", finalizeExecutionContext, 1},
#endif
};
