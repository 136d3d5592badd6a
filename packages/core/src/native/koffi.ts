import koffi from 'koffi';

// Native code runs on koffi's own stacks; the defaults (2 MiB, and 128 KiB for asynchronous calls) overflow in deep guests and in
// neural networks. They can be set before the first library is loaded only.
koffi.config({ sync_stack_size: 16 * 1024 * 1024, async_stack_size: 8 * 1024 * 1024 });

export { koffi };
