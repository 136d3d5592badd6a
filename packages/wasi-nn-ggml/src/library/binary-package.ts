import type { GGMLGpu } from '../llama/task-options.js';

/** What node-llama-cpp calls each machine for which it has llama.cpp. */
const machines: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'linux-arm': 'linux-armv7l',
  'linux-riscv64': 'linux-riscv64',
  'darwin-x64': 'mac-x64',
  'darwin-arm64': 'mac-arm64-metal',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

/** Those with further packages, for graphics processors. */
const withGpus: readonly string[] = ['linux-x64', 'win-x64'];

/**
 * The packages of which one has llama.cpp for a machine and what is to compute there, the usual one first; none where node-llama-cpp has none.
 *
 * @param machine its platform and processor, as Node.js names them: `linux-x64`.
 */
export function binaryPackages(gpu: GGMLGpu, machine: string): readonly string[] {
  const name = machines[machine];
  if (name === undefined) return [];
  const packageOf = (suffix: string) => `@node-llama-cpp/${name}${suffix}`;
  if (!withGpus.includes(name)) return gpu === 'cuda' || gpu === 'vulkan' ? [] : [packageOf('')];
  if (gpu === 'metal') return [];
  if (gpu === 'auto') return ['', '-cuda', '-vulkan'].map(packageOf);
  return [packageOf(gpu === 'none' ? '' : `-${gpu}`)];
}
