// @ts-check
import { cpus, loadavg } from 'node:os';

/**
 * What the results depend on.
 * @param {string | undefined} library version of libwasmedge
 */
export function describeMachine(library) {
  const processors = cpus();
  return {
    libwasmedge: library ?? 'none',
    v8: process.versions.v8,
    node: process.version,
    cpu: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown'}`,
    load: loadavg()[0] ?? 0,
  };
}

/** @param {ReturnType<typeof describeMachine>} machine */
export function machineLine({ libwasmedge, v8, node, cpu, load }) {
  return `libwasmedge ${libwasmedge}, V8 ${v8}, Node ${node}, ${cpu}, load ${load.toFixed(1)}`;
}
