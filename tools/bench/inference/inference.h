/* What the bench does with a model, done by each library in its own way; one thread computes. */
#ifndef INFERENCE_H
#define INFERENCE_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct model;

/* Of how many files a model consists. */
extern const int model_files;

/* All inputs have the same shape. Ends the program when the model cannot be loaded. */
struct model *load_model(char *const *files, uint32_t inputs, const int64_t *dimensions, uint32_t rank);
/* Copies an input into the library's memory. */
void set_input(struct model *model, uint32_t index, const void *data, size_t length);
void compute(struct model *model);
/* Copies the first output; returns its length. */
size_t read_output(struct model *model, void *data, size_t most);

/* Says why on stderr and ends the program. */
void fail(const char *what);

#ifdef __cplusplus
}
#endif
#endif
