import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Plugin } from '@wasmedge-plugins/core';
import { type Backend, defineBackendPlugin } from '@wasmedge-plugins/wasi-nn';
import { pluginWithDefect } from '@wasmedge-plugins/wasi-nn/conformance';
import { pytorchBackend } from '../../src/backend.js';
import type { PyTorchSource } from '../../src/source.js';
import { createPlugin } from '../suite.js';
import { contextDefects, defectiveContext } from './context-defects.js';
import { trustShape } from './trust-shape.js';

/** Defects of WasmEdge's PyTorch plug-in, 0.14.1. */
export const defectNames: readonly string[] = [...Object.keys(contextDefects), 'short-data'];

/** The embedded plug-in with one defect, or with none. */
export function brokenPyTorch(defect: string | undefined, setup: ProviderSetup): Plugin {
  const { options, ...provider } = setup;
  const plugin = createPlugin(provider, options ?? {}, (kind, given) =>
    defineBackendPlugin<PyTorchSource>({ ...kind, backend: brokenBackend(defect) })(given),
  );
  return pluginWithDefect(plugin, { 'short-data': trustShape }, defect === 'short-data' ? defect : undefined);
}

function brokenBackend(defect: string | undefined): Backend {
  const change = contextDefects[defect ?? ''];
  if (change === undefined) return pytorchBackend;
  return {
    ...pytorchBackend,
    open(context) {
      const opened = pytorchBackend.open(context);
      return {
        load(builders, target, config, origin) {
          const graph = opened.load(builders, target, config, origin);
          return {
            inputs: undefined,
            outputs: undefined,
            createContext: () => defectiveContext(graph.createContext(), change),
            [Symbol.dispose]: () => graph[Symbol.dispose](),
          };
        },
        [Symbol.dispose]: () => opened[Symbol.dispose](),
      };
    },
  };
}
