import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AbiModel, AbiOptions } from '../../conformance/abi-suite.js';
import type { Backend } from '../backend.js';
import type { BackendKind } from '../backend-kind.js';
import { defineBackendPlugin } from '../backend-plugin.js';
import type { BackendPluginOptions, ModelSource } from '../backend-plugin-options.js';
import type { ModelPart } from '../model-part.js';
import { sumBackend } from './sum-backend.js';

// Where another thread or process finds it: built.
const built = import.meta.url.endsWith('.ts') ? '../../dist/sum-suite.js' : './sum-suite.js';

/** A model of {@link sumBackend}. */
export interface SumSource extends ModelSource {
  readonly text: ModelPart;
}

/** The model of the suite of the guest ABI. */
export const sumModel: AbiModel = { encoding: 3, parts: () => [bytes('sum 2')] };

/** What WASI-NN is told of {@link sumBackend}, which needs no library. */
export function sumKind(backend: Backend = sumBackend()): BackendKind<SumSource> {
  return {
    exportedAs: { module: new URL(built, import.meta.url), export: 'sumPlugin' },
    backend,
    partNames: ['text'],
    guestModels: () => 'allow',
    unavailable: () => undefined,
    nativeWarning: 'a test',
  };
}

/** A plug-in on {@link sumBackend}. */
export function sumPlugin(options: BackendPluginOptions<SumSource> = {}, backend: Backend = sumBackend()) {
  return defineBackendPlugin(sumKind(backend))(options);
}

/** The models that a case of the suite asks for; in files, which the native plug-in wants. */
export function sumModels({ named = [], broken = [] }: AbiOptions): Record<string, SumSource> {
  return Object.fromEntries([
    ...named.map((name) => [name, { text: modelFile('sum 2') }]),
    ...broken.map((name) => [name, { text: modelFile('no model') }]),
  ]);
}

const folder = mkdtempSync(join(tmpdir(), 'wasi-nn-sum-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A file with the text of a model. */
export function modelFile(text: string): string {
  const path = join(folder, text.replace(' ', '-'));
  writeFileSync(path, text);
  return path;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
