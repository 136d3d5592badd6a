// Reads JSON as far as options need it: the members of one object, with the kind of each value. Values inside of others are looked at and left
// out. It stands for the exact types of simdjson.

#include "parts.h"

#include <stdlib.h>
#include <string.h>

enum { DeepestNesting = 1024 };

typedef struct Reader {
  const uint8_t *Next, *End;
} Reader;

static bool readValue(Reader *R, Member *Into, uint32_t Depth, Members *Keep);

static void skipBlanks(Reader *R) {
  while (R->Next < R->End && memchr(" \t\r\n", *R->Next, 4) != NULL) {
    R->Next++;
  }
}

static bool take(Reader *R, char Character) {
  bool Is = R->Next < R->End && *R->Next == (uint8_t)Character;
  R->Next += Is;
  return Is;
}

static bool takeWord(Reader *R, const char *Word) {
  size_t Length = strlen(Word);
  bool Is = (size_t)(R->End - R->Next) >= Length && memcmp(R->Next, Word, Length) == 0;
  R->Next += Is ? Length : 0;
  return Is;
}

static void append(Bytes *To, uint32_t Byte) {
  To->Data = allocate(To->Data, To->Length + 1);
  To->Data[To->Length++] = (uint8_t)Byte;
}

// Of two code units that stand for one character, each is written alone.
static bool readEscape(Reader *R, Bytes *Into) {
  static const char Letters[] = "\"\\/bfnrt", Means[] = "\"\\/\b\f\n\r\t";
  if (R->Next >= R->End) {
    return false;
  }
  uint8_t Letter = *R->Next++;
  const char *Found = Letter == 0 ? NULL : strchr(Letters, Letter);
  if (Found != NULL) {
    append(Into, (uint8_t)Means[Found - Letters]);
    return true;
  }
  if (Letter != 'u' || R->End - R->Next < 4) {
    return false;
  }
  char Digits[5] = {0}, *Stop;
  memcpy(Digits, R->Next, 4);
  uint32_t Code = (uint32_t)strtoul(Digits, &Stop, 16);
  R->Next += 4;
  if (Code < 0x80) {
    append(Into, Code);
  } else if (Code < 0x800) {
    append(Into, 0xc0 | Code >> 6), append(Into, 0x80 | (Code & 0x3f));
  } else {
    append(Into, 0xe0 | Code >> 12), append(Into, 0x80 | (Code >> 6 & 0x3f)), append(Into, 0x80 | (Code & 0x3f));
  }
  return Stop == Digits + 4;
}

static bool readText(Reader *R, Bytes *Into) {
  while (R->Next < R->End && *R->Next != '"') {
    uint8_t Byte = *R->Next++;
    if (Byte < 0x20 || (Byte == '\\' && !readEscape(R, Into))) {
      return false;
    }
    if (Byte != '\\') {
      append(Into, Byte);
    }
  }
  return take(R, '"');
}

static bool readNumberText(Reader *R, Member *Into) {
  char Text[64];
  uint32_t Length = 0;
  bool IsDecimal = false;
  while (R->Next < R->End && strchr("+-.eE0123456789", *R->Next) != NULL && *R->Next != 0) {
    IsDecimal = IsDecimal || strchr(".eE", *R->Next) != NULL;
    if (Length == sizeof Text - 1) {
      return false;
    }
    Text[Length++] = (char)*R->Next++;
  }
  Text[Length] = 0;
  char *Stop;
  Into->Number = strtod(Text, &Stop);
  Into->Kind = IsDecimal ? JsonDecimal : JsonInteger;
  return Length > 0 && *Stop == 0;
}

// What is kept are the members of the outermost object.
static bool readList(Reader *R, bool IsObject, uint32_t Depth, Members *Keep) {
  skipBlanks(R);
  if (take(R, IsObject ? '}' : ']')) {
    return true;
  }
  do {
    Member One = {.Kind = JsonOther};
    skipBlanks(R);
    bool Good = !IsObject || (take(R, '"') && readText(R, &One.Name));
    skipBlanks(R);
    Good = Good && (!IsObject || take(R, ':')) && readValue(R, &One, Depth, NULL);
    if (Good && Keep != NULL && IsObject) {
      Keep->All = grow(Keep->All, Keep->Count, sizeof(Member));
      Keep->All[Keep->Count++] = One;
    } else {
      free(One.Name.Data), free(One.Text.Data);
    }
    if (!Good) {
      return false;
    }
    skipBlanks(R);
  } while (take(R, ','));
  return take(R, IsObject ? '}' : ']');
}

static bool readValue(Reader *R, Member *Into, uint32_t Depth, Members *Keep) {
  skipBlanks(R);
  Into->Kind = JsonOther;
  bool IsObject = take(R, '{');
  if (IsObject || take(R, '[')) {
    return Depth < DeepestNesting && readList(R, IsObject, Depth + 1, Keep);
  }
  if (take(R, '"')) {
    Into->Kind = JsonText;
    return readText(R, &Into->Text);
  }
  if (takeWord(R, "true") || takeWord(R, "false")) {
    Into->Kind = R->Next[-2] == 'u' ? JsonTrue : JsonFalse;
    return true;
  }
  return takeWord(R, "null") || readNumberText(R, Into);
}

bool readMembers(Bytes Text, Members *Out) {
  Reader R = {Text.Data, Text.Data + Text.Length};
  Member Whole = {0};
  *Out = (Members){NULL, 0};
  bool Good = readValue(&R, &Whole, 0, Out);
  free(Whole.Text.Data);
  skipBlanks(&R);
  return Good && R.Next == R.End;
}

void freeMembers(Members *Of) {
  for (uint32_t I = 0; I < Of->Count; ++I) {
    free(Of->All[I].Name.Data), free(Of->All[I].Text.Data);
  }
  free(Of->All);
}
