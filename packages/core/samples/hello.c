// A WASI command in C. Build it with: clang --target=wasm32-wasi -O2 hello.c -o hello.wasm
#include <stdio.h>

int main(void) {
  puts("hello");
  return 0;
}
