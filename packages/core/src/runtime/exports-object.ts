import type { ExportedFunction } from '../engines/engine.js';

// Asked of any object by promises, loggers and test frameworks; answering them with an error would break printing an instance.
const probes = new Set([
  'then',
  'toJSON',
  'constructor',
  'toString',
  'valueOf',
  'inspect',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  '$$typeof',
  '__esModule',
]);

/**
 * The exported functions as own properties. Their prototype is a proxy, so that a name that is not there is an error while an export
 * that is there costs nothing extra.
 */
export function exportsObject(
  functions: ReadonlyMap<string, ExportedFunction>,
  refuse: (name: string) => never,
): object {
  const missing = new Proxy(Object.create(null) as object, {
    get(_target, name) {
      return typeof name === 'symbol' || probes.has(name) || name.startsWith('@@') ? undefined : refuse(name);
    },
  });
  const exports = Object.create(missing) as Record<string, ExportedFunction>;
  for (const [name, call] of functions) {
    Object.defineProperty(exports, name, { value: call, enumerable: true });
  }
  return Object.freeze(exports);
}
