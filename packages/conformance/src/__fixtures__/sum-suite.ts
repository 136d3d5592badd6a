import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostFunction, hostModule, type Plugin } from '@wasmedge-plugins/core';
import wabt from 'wabt';
import type { ConformanceSuite, ProviderSetup } from '../suite.js';

const guest = `(module
  (import "sum" "add" (func $add (param i32 i32) (result i32)))
  (import "sum" "last" (func $last (result i32)))
  (export "add" (func $add))
  (export "last" (func $last)))`;

export const defects = ['subtracts', 'forgets'];

/** A plug-in of two functions: it adds, and tells the last sum. */
export function sumPlugin({ provider, nativePath }: ProviderSetup, defect?: string): Plugin {
  return {
    name: 'sum',
    provider,
    moduleNames: ['sum'],
    native: { fileName: 'wasmedgePluginSum', path: nativePath, options: {} },
    create() {
      let last = 0;
      const add = hostFunction(['i32', 'i32'], ['i32'], (_, a, b) => {
        const sum = defect === 'subtracts' ? a - b : a + b;
        last = defect === 'forgets' ? 0 : sum;
        return sum;
      });
      return { modules: [hostModule('sum', { add, last: hostFunction([], ['i32'], () => last) })] };
    },
  };
}

/** A suite for it; its guest is built into a new folder. */
export async function createSumSuite(): Promise<ConformanceSuite> {
  const folder = mkdtempSync(join(tmpdir(), 'sum-suite-'));
  const { parseWat } = await wabt();
  writeFileSync(join(folder, 'sum.wasm'), parseWat('sum.wat', guest).toBinary({}).buffer);
  return {
    plugin: 'sum',
    title: 'Sum plug-in',
    module: 'not-imported',
    guests: pathToFileURL(`${folder}/`),
    createPlugin: (setup) => sumPlugin(setup),
    cases: [
      {
        name: '2 and 3 are 5',
        source: 'arithmetic',
        detects: ['subtracts'],
        async run({ createRuntime, guest }) {
          const { exports } = await (await createRuntime()).instantiate(guest('sum'));
          expectNumber(await exports.add?.(2, 3), 5);
        },
      },
      {
        name: 'the last sum is kept',
        source: 'arithmetic',
        detects: ['forgets'],
        async run({ createRuntime, guest }) {
          const { exports } = await (await createRuntime()).instantiate(guest('sum'));
          exports.add?.(4, 0);
          expectNumber(await exports.last?.(), 4);
        },
      },
    ],
  };
}

function expectNumber(actual: unknown, expected: number): void {
  if (actual !== expected) {
    throw new Error(`expected ${expected}, got ${String(actual)}`);
  }
}
