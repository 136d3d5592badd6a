#include "stand-in.h"
#include <stdlib.h>

typedef struct Slot {
  uint32_t Handle;
  void *Object;
  void (*Destroy)(void *);
} Slot;

typedef struct Table {
  Slot *Slots;
  size_t Count;
  uint32_t Last; // the counter of the handle that was made last
} Table;

static Table Tables[KindCount];

uint32_t openHandle(Kind Of, void *Object, void (*Destroy)(void *)) {
  Table *T = &Tables[Of];
  T->Slots = realloc(T->Slots, (T->Count + 1) * sizeof(Slot));
  if (T->Slots == NULL) {
    abort();
  }
  T->Last = (T->Last + 1) & 0xffffff;
  uint32_t Handle = T->Last << 8 | Of;
  T->Slots[T->Count++] = (Slot){Handle, Object, Destroy};
  return Handle;
}

static Slot *findSlot(Kind Of, uint32_t Handle) {
  // The latest are looked up most.
  for (size_t I = Tables[Of].Count; I > 0; --I) {
    if (Tables[Of].Slots[I - 1].Handle == Handle) {
      return &Tables[Of].Slots[I - 1];
    }
  }
  return NULL;
}

int32_t findHandle(Kind Of, uint32_t Handle, void **Object) {
  Slot *Found = findSlot(Of, Handle);
  if (Found == NULL) {
    return InvalidHandle;
  }
  *Object = Found->Object;
  return Success;
}

bool closeHandle(Kind Of, uint32_t Handle) {
  Slot *Found = findSlot(Of, Handle);
  if (Found == NULL) {
    return false;
  }
  Found->Destroy(Found->Object);
  *Found = Tables[Of].Slots[--Tables[Of].Count];
  return true;
}

int32_t closeOr(Kind Of, uint32_t Handle, int32_t Otherwise) { return closeHandle(Of, Handle) ? Success : Otherwise; }

void closeAllHandles(void) {
  for (int Of = 0; Of < KindCount; ++Of) {
    for (size_t I = 0; I < Tables[Of].Count; ++I) {
      Tables[Of].Slots[I].Destroy(Tables[Of].Slots[I].Object);
    }
    free(Tables[Of].Slots);
    Tables[Of] = (Table){NULL, 0, 0};
  }
}
