// Models as they are loaded, from the bytes of a guest or from the path that a name stands for. Upstream writes those bytes to a file.

#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ModelNotFound = 103 };

void appendBytes(Bytes *To, Bytes More) {
  To->Data = allocate(To->Data, (size_t)To->Length + More.Length);
  memcpy(To->Data + To->Length, More.Data, More.Length);
  To->Length += More.Length;
}

uint32_t contextSize(const Graph *G) {
  return G->By.ContextSize > 0 ? (uint32_t)G->By.ContextSize : G->Of->TrainedContext;
}

static Bytes readFile(const char *Path, bool *Found) {
  Bytes Content = {NULL, 0};
  FILE *File = fopen(Path, "rb");
  *Found = File != NULL;
  uint8_t Chunk[65536];
  for (size_t Count; File != NULL && (Count = fread(Chunk, 1, sizeof Chunk, File)) > 0;) {
    appendBytes(&Content, (Bytes){Chunk, (uint32_t)Count});
  }
  if (File != NULL) {
    fclose(File);
  }
  return Content;
}

static uint32_t readPart(Bytes Part, Llama **Out) {
  static const char Mark[] = "preload:";
  uint32_t MarkLength = sizeof Mark - 1;
  if (Part.Length < MarkLength || memcmp(Part.Data, Mark, MarkLength) != 0) {
    *Out = readModel(Part);
    return *Out == NULL ? InvalidArgument : Success;
  }
  Bytes Path = copyBytes(Part.Data + MarkLength, Part.Length - MarkLength);
  appendBytes(&Path, (Bytes){(uint8_t *)"", 1});
  bool Found;
  Bytes File = readFile((const char *)Path.Data, &Found);
  *Out = Found ? readModel(File) : NULL;
  free(Path.Data), free(File.Data);
  return !Found ? ModelNotFound : *Out == NULL ? InvalidArgument : Success;
}

void releaseGraph(Graph *G) {
  if (G->Users == 0 && G->Unloaded) {
    freeCache(G->Shared), freeModel(G->Of), free(G->By.ReversePrompt.Data), free(G);
  }
}

void deleteGraph(void *Of) {
  ((Graph *)Of)->Unloaded = true;
  releaseGraph(Of);
}

uint32_t load(const Bytes *Parts, uint32_t Count, uint32_t Target, Slot *New) {
  (void)Target;
  if (Count == 0) {
    return InvalidArgument;
  }
  Options By = defaultOptions();
  Llama *Of = NULL;
  uint32_t Errno = Count > 1 ? setOptions(&By, Parts[1]) : Success;
  Errno = Errno == Success ? readPart(Parts[0], &Of) : Errno;
  if (Errno != Success) {
    free(By.ReversePrompt.Data);
    return Errno;
  }
  Graph *G = allocate(NULL, sizeof(Graph));
  *G = (Graph){.Of = Of, .By = By};
  G->Shared = NEWER_THAN_0_14 ? createCache(Of, contextSize(G)) : NULL;
  *New = (Slot){true, G};
  return Success;
}
