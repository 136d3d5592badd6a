/* The work that is measured. */
#ifndef MEASURES_H
#define MEASURES_H
#include <stdint.h>

/* Paths of the guests. */
struct guests {
  const char *calls, *memory, *real, *large;
};
extern struct guests guests;

/* What the last measure computed. */
extern int64_t answer;

/* Does the work of a measure `count` times; returns the nanoseconds that it took. */
uint64_t run_measure(const char *name, uint32_t count);
/* 40 + 2, as calls.wat adds it. */
int32_t first_answer(void);

#endif
