#include "stand-in.h"
#include <string.h>
#include <strings.h>

uint32_t argument(const Call *C, int Index) { return (uint32_t)WasmEdge_ValueGetI32(C->Params[Index]); }

int32_t guestRange(const Call *C, uint32_t Offset, uint64_t Length, uint8_t **Data) {
  static uint8_t Nothing;
  uint64_t Size = (uint64_t)WasmEdge_MemoryInstanceGetPageSize(C->Memory) * 65536;
  if (Offset + Length > Size) {
    return AlgorithmFailure;
  }
  *Data = Length == 0 ? &Nothing : WasmEdge_MemoryInstanceGetPointer(C->Memory, Offset, (uint32_t)Length);
  return *Data == NULL ? AlgorithmFailure : Success;
}

int32_t rangeArgument(const Call *C, int Index, Bytes *Range) {
  Range->Length = argument(C, Index + 1);
  return guestRange(C, argument(C, Index), Range->Length, &Range->Data);
}

int32_t outArgument(const Call *C, int Index, size_t Size, uint8_t **Out) {
  return guestRange(C, argument(C, Index), Size, Out);
}

void writeU32(uint8_t *Out, uint32_t Value) { memcpy(Out, &Value, sizeof Value); }

int32_t optionalHandle(const Call *C, int Index, bool *Present, uint32_t *Handle) {
  uint8_t *Record;
  TRY(guestRange(C, argument(C, Index), 8, &Record));
  *Present = Record[0] != 1;
  memcpy(Handle, Record + 4, sizeof *Handle);
  return Success;
}

bool equalsIgnoringCase(const Bytes *Text, const char *Name) {
  return Text->Length == strlen(Name) && strncasecmp((const char *)Text->Data, Name, Text->Length) == 0;
}
