/** How WasmEdge's own plug-in answers, where that is not a defect. */
export const measured = 'measured: WasmEdge 0.14.1';

/** A section of the WASI-Crypto specification. */
export function specification(section: string): string {
  return `WASI-Crypto specification, "${section}"`;
}

/** What upstream does instead, for what only the specification has. */
export const notImplemented = 'WasmEdge answers not_implemented';
