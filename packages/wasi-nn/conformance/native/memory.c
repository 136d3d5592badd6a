// Bytes of the host and of the guest.

#include "stand-in.h"

#include <stdlib.h>
#include <string.h>

enum { PageSize = 65536 };

void endProcess(void) { abort(); }

void *allocate(void *Old, size_t Size) {
  void *New = realloc(Old, Size == 0 ? 1 : Size);
  if (New == NULL) {
    abort();
  }
  return New;
}

void *grow(void *Old, uint32_t Count, size_t Size) {
  char *New = allocate(Old, (Count + 1) * Size);
  memset(New + Count * Size, 0, Size);
  return New;
}

Bytes copyBytes(const void *Data, uint32_t Length) {
  Bytes New = {allocate(NULL, Length), Length};
  if (Length > 0) {
    memcpy(New.Data, Data, Length);
  }
  return New;
}

bool equalBytes(Bytes A, const uint8_t *Data, uint32_t Length) {
  return A.Length == Length && (Length == 0 || memcmp(A.Data, Data, Length) == 0);
}

Memory memoryOf(const WasmEdge_CallingFrameContext *Frame) {
  WasmEdge_MemoryInstanceContext *Instance = WasmEdge_CallingFrameGetMemoryInstance(Frame, 0);
  return (Memory){Instance, Instance == NULL ? 0 : (uint64_t)WasmEdge_MemoryInstanceGetPageSize(Instance) * PageSize};
}

bool inside(Memory M, uint32_t Offset, uint64_t Length) { return Offset + Length <= M.Size; }

uint8_t *at(Memory M, uint32_t Offset, uint32_t Length) {
  static uint8_t Nothing;
  return Length == 0 ? &Nothing : WasmEdge_MemoryInstanceGetPointer(M.Instance, Offset, Length);
}

uint32_t readNumber(Memory M, uint32_t Offset) {
  uint32_t Number;
  memcpy(&Number, at(M, Offset, 4), 4);
  return Number;
}

void writeNumber(Memory M, uint32_t Offset, uint32_t Number) { memcpy(at(M, Offset, 4), &Number, 4); }

uint32_t clampRange(Memory M, uint32_t Offset, uint64_t Length) {
  uint64_t Left = Offset < M.Size ? M.Size - Offset : 0;
  return (uint32_t)(Length < Left ? Length : Left);
}
