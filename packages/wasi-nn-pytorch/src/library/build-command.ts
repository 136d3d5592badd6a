/** What builds the shim, for messages. */
export const buildCommand = 'npx wasi-nn-pytorch-build';
