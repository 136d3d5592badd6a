#include "stand-in.h"
#include <stdlib.h>
#include <string.h>

void *allocate(size_t Size) {
  void *New = calloc(1, Size == 0 ? 1 : Size);
  if (New == NULL) {
    abort();
  }
  return New;
}

void append(Bytes *To, const void *From, size_t Length) {
  if (Length == 0) {
    return;
  }
  uint8_t *New = realloc(To->Data, To->Length + Length);
  if (New == NULL) {
    abort();
  }
  memcpy(New + To->Length, From, Length);
  *To = (Bytes){New, To->Length + Length};
}

Bytes copyOf(const void *From, size_t Length) {
  Bytes Copy = {NULL, 0};
  append(&Copy, From, Length);
  return Copy;
}

void clear(Bytes *Of) {
  free(Of->Data);
  *Of = (Bytes){NULL, 0};
}
