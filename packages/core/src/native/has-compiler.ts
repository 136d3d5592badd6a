import type { Library } from './library.js';

/** Whether a libwasmedge was built with its compiler (LLVM). Without it, it makes none and answers with a null pointer. */
export function hasCompiler({ c }: Library): boolean {
  const configure = Number(c.ConfigureCreate());
  const compiler = Number(c.CompilerCreate(configure));
  c.CompilerDelete(compiler);
  c.ConfigureDelete(configure);
  return compiler !== 0;
}
