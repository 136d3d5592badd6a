import { type HostFunction, type HostModule, hostModule } from '../host-module/host-module.js';
import type { TraceSink } from './trace-event.js';

/** The same module, with every call told to `sink`. */
export function traceHostModule(module: HostModule, sink: TraceSink): HostModule {
  const all = (functions: HostModule['functions']) =>
    Object.fromEntries(
      Object.entries(functions).map(([name, target]) => [name, traced(module.name, name, target, sink)]),
    );
  const { name, functions, otherForms, objects } = module;
  return hostModule(name, { ...objects, ...all(functions) }, otherForms && { otherForms: all(otherForms) });
}

function traced(
  moduleName: string,
  functionName: string,
  target: HostFunction,
  sink: TraceSink,
): HostFunction {
  const hidden = new Set(target.trace?.hiddenArguments);
  return {
    params: target.params,
    results: target.results,
    call(caller, ...args) {
      const start = performance.now();
      const tell = (result: unknown, error?: string) =>
        sink({
          module: moduleName,
          function: functionName,
          arguments: args.map((value, index) => (hidden.has(index) ? undefined : scalar(value))),
          result: scalar(result),
          resultName: error === undefined ? target.trace?.result?.(result) : undefined,
          error,
          durationMs: performance.now() - start,
        });
      let result: unknown;
      try {
        result = target.call(caller, ...args);
      } catch (error) {
        tell(undefined, nameOf(error));
        throw error;
      }
      tell(result);
      return result;
    },
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : error === null ? 'null' : typeof error;
}

/** Only numbers are shown; references and lists of results may hold anything. */
function scalar(value: unknown): number | bigint | undefined {
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
}
