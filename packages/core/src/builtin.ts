/** Modules of Node.js that only some programs need. */
interface LateBuiltins {
  readonly 'node:child_process': typeof import('node:child_process');
  readonly 'node:crypto': typeof import('node:crypto');
  readonly 'node:fs': typeof import('node:fs');
  /** Also because webpack replaces calls of an imported `createRequire`. */
  readonly 'node:module': typeof import('node:module');
  readonly 'node:net': typeof import('node:net');
  readonly 'node:tty': typeof import('node:tty');
  readonly 'node:v8': typeof import('node:v8');
  readonly 'node:worker_threads': typeof import('node:worker_threads');
}

// Node.js takes longer to find one again than some of their functions take.
const loaded: { [Name in keyof LateBuiltins]?: LateBuiltins[Name] } = {};

/**
 * A module of Node.js that is loaded when it is first used: an `import` would cost every program some milliseconds at its start. That of
 * `node:fs`, which is loaded anyway, would load its streams.
 */
export function builtin<Name extends keyof LateBuiltins>(name: Name): LateBuiltins[Name] {
  const found = loaded[name];
  if (found !== undefined) return found;
  const module = process.getBuiltinModule(name) as LateBuiltins[Name];
  loaded[name] = module;
  return module;
}
