// A library in C. Build it with: clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry add.c -o add.wasm
__attribute__((export_name("add"))) int add(int a, int b) {
  return (int)((unsigned)a + (unsigned)b);
}
