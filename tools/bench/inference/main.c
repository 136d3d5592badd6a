/*
 * The same inference as the bench does through a guest, by the library's own interface.
 *
 *   program nchw|nhwc <mobilenet ...> <tiny ...> <large ...> [--lie]     answers lines "measure count" with "nanoseconds answer"
 *
 * --lie makes every answer wrong, to try the bench itself.
 */
#include "inference.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MOST_BYTES (1u << 20)

static float data[MOST_BYTES / sizeof(float)];
static uint8_t output[MOST_BYTES];
static struct model *mobilenet, *tiny, *large;

void fail(const char *what) {
  fprintf(stderr, "%s\n", what);
  exit(1);
}

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static uint64_t infer(struct model *model, uint32_t inputs, size_t floats, uint32_t count, int64_t *answer) {
  size_t length = 0;
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t index = 0; index < inputs; index++) set_input(model, index, data, floats * sizeof(float));
    compute(model);
    length = read_output(model, output, sizeof output);
  }
  uint64_t end = now();
  *answer = 0;
  for (size_t i = 0; i < length; i++) *answer += output[i];
  return end - begin;
}

/* One memcpy of 1 MiB at a time; what was copied is looked at through the model afterwards. */
static uint64_t copy(uint32_t count, int64_t *answer) {
  uint64_t begin = now();
  for (uint32_t i = 0; i < count; i++) set_input(large, 0, data, sizeof data);
  uint64_t end = now();
  infer(large, 1, sizeof data / sizeof *data, 1, answer);
  return end - begin;
}

static uint64_t measure(const char *name, uint32_t count, int64_t *answer) {
  if (strcmp(name, "mobilenet") == 0) return infer(mobilenet, 1, 3 * 224 * 224, count, answer);
  if (strcmp(name, "tiny") == 0) return infer(tiny, 2, 6, count, answer);
  if (strcmp(name, "set-input") == 0) return copy(count, answer);
  fail("no such measure");
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 2 + 3 * model_files) fail("wrong arguments");
  int64_t lie = strcmp(argv[argc - 1], "--lie") == 0;
  char *const *files = argv + 2;
  int64_t nchw[] = {1, 3, 224, 224}, nhwc[] = {1, 224, 224, 3}, small[] = {2, 3}, flat[] = {MOST_BYTES / sizeof(float)};
  for (size_t i = 0; i < sizeof data / sizeof *data; i++) data[i] = (float)(i * 7 % 256) / 256;
  mobilenet = load_model(files, 1, strcmp(argv[1], "nchw") == 0 ? nchw : nhwc, 4);
  tiny = load_model(files + model_files, 2, small, 2);
  large = load_model(files + 2 * model_files, 1, flat, 1);
  printf("ready\n");
  fflush(stdout);
  char line[128], name[64];
  uint32_t count;
  while (fgets(line, sizeof line, stdin)) {
    int64_t answer = 0;
    if (sscanf(line, "%63s %" SCNu32, name, &count) != 2) fail("a line must be: measure count");
    uint64_t time = measure(name, count, &answer);
    printf("%" PRIu64 " %" PRId64 "\n", time, answer + lie);
    fflush(stdout);
  }
  return 0;
}
