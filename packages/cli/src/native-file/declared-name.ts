import { inspectPluginFile } from '@wasmedge-plugins/core/plugins';

/** The WasmEdge name that a file tells without being run; `undefined` when it tells none. */
export function declaredName(path: string): string | undefined {
  try {
    return inspectPluginFile(path).declared.name;
  } catch {
    return undefined;
  }
}
