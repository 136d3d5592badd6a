// Native code runs on koffi's own stacks; the defaults (2 MiB, and 128 KiB for asynchronous calls) overflow in deep guests and in
// neural networks.
const stacks = { sync_stack_size: 16 * 1024 * 1024, async_stack_size: 8 * 1024 * 1024 };

interface Configurable {
  config(): Record<string, unknown>;
  config(settings: Record<string, number>): unknown;
}

/** Sets koffi's stack sizes, which is possible before the first library is loaded only; whoever comes first does it. */
export function configureKoffi(koffi: Configurable): void {
  const now = koffi.config();
  if (Object.entries(stacks).every(([name, size]) => now[name] === size)) return;
  koffi.config(stacks);
}
