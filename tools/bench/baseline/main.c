/*
 * The same work as the bench does through the packages, in C on the same library.
 *
 *   baseline <calls.wasm>                                        one guest, one call, its answer
 *   baseline <calls.wasm> <memory.wasm> <real guest> <large.wasm> [--lie]
 *                                                                answers lines "measure count" with "nanoseconds answer"
 *
 * --lie makes every answer wrong, to try the bench itself.
 */
#include "measures.h"
#include "objects.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  WasmEdge_LogOff();
  if (argc == 2) {
    guests.calls = argv[1];
    printf("%" PRId32 "\n", first_answer());
    return 0;
  }
  if (argc < 5) fail("wrong arguments");
  guests = (struct guests){argv[1], argv[2], argv[3], argv[4]};
  int64_t lie = argc > 5 && strcmp(argv[5], "--lie") == 0;
  /* The soname says nothing about the ABI; a program built for another minor would call the wrong prototypes. */
  if (WasmEdge_VersionGetMajor() != WASMEDGE_VERSION_MAJOR || WasmEdge_VersionGetMinor() != WASMEDGE_VERSION_MINOR) {
    printf("error the headers are those of %s, the library is %s\n", WASMEDGE_VERSION, WasmEdge_VersionGet());
    return 1;
  }
  printf("ready %s\n", WasmEdge_VersionGet());
  fflush(stdout);
  char line[128], name[64];
  uint32_t count;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%63s %" SCNu32, name, &count) != 2) fail("a line must be: measure count");
    uint64_t time = run_measure(name, count);
    printf("%" PRIu64 " %" PRId64 "\n", time, answer + lie);
    fflush(stdout);
  }
  return 0;
}
