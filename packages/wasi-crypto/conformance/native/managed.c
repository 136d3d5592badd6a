// The functions of managed keys, alike for key pairs and symmetric keys: upstream reads their arguments and has nothing behind them.

#include "stand-in.h"

int32_t storeManaged(const Call *C) {
  Bytes Id;
  TRY(rangeArgument(C, 2, &Id));
  return NotImplemented;
}

int32_t replaceManaged(const Call *C) {
  uint8_t *Out;
  TRY(outArgument(C, 3, 8, &Out));
  return NotImplemented;
}

int32_t managedId(const Call *C) {
  Bytes Id;
  uint8_t *Length, *Version;
  TRY(rangeArgument(C, 1, &Id));
  TRY(outArgument(C, 3, 4, &Length));
  TRY(outArgument(C, 4, 8, &Version));
  return NotImplemented;
}

int32_t managedFromId(const Call *C) {
  Bytes Id;
  uint8_t *Out;
  TRY(rangeArgument(C, 1, &Id));
  TRY(outArgument(C, 4, 4, &Out));
  return NotImplemented;
}
