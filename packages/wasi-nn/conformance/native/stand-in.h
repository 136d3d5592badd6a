// A stand-in for the WASI-NN plug-in: the same plug-in name, module, functions, signatures and option, on the C API of plug-ins. The
// released plug-in is written in C++ and cannot be built without the sources of WasmEdge; this one lets its loading, its option and its calls
// be tested where it is absent. It answers as the released one does, defects included: a name that failed to load is remembered, of a
// name only 4 bytes are checked, backends but one free no graph or context before the module, and 0x40000002 dimensions end the process. What runs models is a Backend, one for each stand-in.

#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wasmedge/wasmedge.h>

// Whether it answers as the releases from 0.15 on; a test may set it, to have the answers of releases that it does not run on.
#ifndef NEWER_THAN_0_14
#define NEWER_THAN_0_14 (WASMEDGE_VERSION_MAJOR > 0 || WASMEDGE_VERSION_MINOR > 14)
#endif

enum { Success = 0, InvalidArgument = 1, InvalidEncoding = 2, Busy = 4, RuntimeError = 5, NotFound = 8 };
enum { CpuTarget = 0, GpuTarget = 1, AutoTarget = 3 };

typedef struct Bytes {
  uint8_t *Data;
  uint32_t Length;
} Bytes;

// Where the released plug-in was seen to end the process: by a signal or by an exception that nobody catches.
_Noreturn void endProcess(void);
// These end the process when there is no more memory.
void *allocate(void *Old, size_t Size);
// Makes room for one more element, which is zero.
void *grow(void *Old, uint32_t Count, size_t Size);
Bytes copyBytes(const void *Data, uint32_t Length);
bool equalBytes(Bytes A, const uint8_t *Data, uint32_t Length);

// ---- the guest's memory

typedef struct Memory {
  WasmEdge_MemoryInstanceContext *Instance;
  uint64_t Size;
} Memory;

Memory memoryOf(const WasmEdge_CallingFrameContext *Frame);
bool inside(Memory M, uint32_t Offset, uint64_t Length);
// A range that is inside the memory; an empty one needs no address.
uint8_t *at(Memory M, uint32_t Offset, uint32_t Length);
uint32_t readNumber(Memory M, uint32_t Offset);
void writeNumber(Memory M, uint32_t Offset, uint32_t Number);
// As much of a range as the memory has.
uint32_t clampRange(Memory M, uint32_t Offset, uint64_t Length);

// ---- what runs models

// The element types that set_input takes.
typedef enum ElementType { NoElementType, ElementF16, ElementF32, ElementU8, ElementI32 } ElementType;

// A tensor in the memory of a guest, all of it inside.
typedef struct GuestTensor {
  Memory In;
  uint32_t Dimensions;
  uint32_t Rank;
  ElementType Type;
  uint32_t Data;
  uint32_t Length;
} GuestTensor;

// What loading leaves: a graph, or NULL in a number that is used up without one.
typedef struct Slot {
  bool Taken;
  void *Graph;
} Slot;

typedef struct Backend {
  // As the option nn-preload names it.
  const char *Name;
  uint8_t Encoding;
  // Whether a configuration is one more part of a model; otherwise it is an invalid argument.
  bool TakesConfig;
  // Whether a model of nn-preload is the text `preload:` and one path, which may have colons; otherwise its files are read before.
  bool TakesPath;
  // Whether graphs and contexts can be freed before the module.
  bool Frees;
  uint32_t (*load)(const Bytes *Parts, uint32_t Count, uint32_t Target, Slot *New);
  uint32_t (*createContext)(void *Graph, void **Context);
  uint32_t (*setInput)(void *Context, uint32_t Index, const GuestTensor *Tensor);
  uint32_t (*compute)(void *Context);
  // The buffer of Most bytes is inside the memory.
  uint32_t (*getOutput)(void *Context, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most, uint32_t *Written);
  // These may be NULL, which is an invalid argument.
  uint32_t (*computeSingle)(void *Context);
  uint32_t (*getOutputSingle)(void *Context, uint32_t Index, Memory M, uint32_t Buffer, uint32_t Most,
                              uint32_t *Written);
  uint32_t (*finiSingle)(void *Context);
  void (*deleteContext)(void *Context);
  void (*deleteGraph)(void *Graph);
} Backend;

extern const Backend TheBackend;

// ---- one instance of the module

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
  void **Graphs;
  uint32_t GraphCount;
  void **Contexts;
  uint32_t ContextCount;
} State;

// The models of the option's text: `name:encoding:target:path[:path...]`, separated by commas; those of other backends and forms are
// passed over.
void addModels(State *S, const char *Text, uint32_t Length);
void deleteModels(State *S);

// ---- what guests import

typedef struct Function {
  const char *Name;
  uint32_t (*Call)(State *S, Memory M, const uint32_t *In);
  uint32_t ParamCount;
} Function;

enum { FunctionCount = 11 + NEWER_THAN_0_14, MostParams = 5 };

extern const Function Functions[FunctionCount];
