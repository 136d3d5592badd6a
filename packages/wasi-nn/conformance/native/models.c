// Models that have names, by the option nn-preload.

#include "stand-in.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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
  bool NameTaken = false;
  for (uint32_t I = 0; I < S->ModelCount; ++I) {
    NameTaken = NameTaken || equalBytes(S->Models[I].Name, (const uint8_t *)Fields[0], NameLength);
  }
  if (strcasecmp(Fields[1], TheBackend.Name) != 0 || Target > AutoTarget || NameTaken) {
    return;
  }
  Model New = {copyBytes(Fields[0], NameLength), Target, NULL, 0};
  if (TheBackend.TakesPath) {
    static const char Mark[] = "preload:";
    size_t MarkLength = sizeof Mark - 1;
    Bytes Part = {allocate(NULL, MarkLength + strlen(Rest)), (uint32_t)(MarkLength + strlen(Rest))};
    memcpy(Part.Data, Mark, MarkLength);
    memcpy(Part.Data + MarkLength, Rest, strlen(Rest));
    New.Files = grow(New.Files, New.FileCount, sizeof(Bytes));
    New.Files[New.FileCount++] = Part;
    Rest = NULL;
  }
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

void addModels(State *S, const char *Text, uint32_t Length) {
  uint32_t From = 0;
  for (uint32_t I = 0; I <= Length; ++I) {
    if (I == Length || Text[I] == ',') {
      Bytes One = copyBytes(Text == NULL ? "" : Text + From, I - From);
      One.Data = allocate(One.Data, One.Length + 1);
      One.Data[One.Length] = 0;
      addModel(S, (char *)One.Data);
      free(One.Data);
      From = I + 1;
    }
  }
}

void deleteModels(State *S) {
  for (uint32_t I = 0; I < S->ModelCount; ++I) {
    for (uint32_t J = 0; J < S->Models[I].FileCount; ++J) {
      free(S->Models[I].Files[J].Data);
    }
    free(S->Models[I].Files);
    free(S->Models[I].Name.Data);
  }
  free(S->Models);
}
