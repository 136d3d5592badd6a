import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { guestFile } from '../guest-file.js';

/** Guests that are built on a release of the crate, and its version. */
const crates = [
  { guest: 'crate-0-5', version: '0.5.0' },
  { guest: 'crate-0-6', version: '0.6.0' },
] as const;

/** Cases of guests in Rust that were built for WasmEdge's plug-in. */
export const crateCases: readonly ConformanceCase[] = crates.map(({ guest, version }) => ({
  name: `a guest of the crate wasi-nn ${version} loads by name, computes, and reads what went wrong`,
  source: `the crate wasi-nn ${version}; 1 + 0.5 and so on`,
  async run(context) {
    const runtime = await context.createRuntime({
      plugin: { named: ['sum'] },
      wasi: { args: ['sum', 'add', 'absent', 'add'], stdin: 'ignore', stdout: 'capture' },
    });
    const { exitCode, stdout } = await runtime.run(readFileSync(guestFile(guest)));
    assert.equal(exitCode, 0);
    const [sum, absent] = Buffer.from(stdout).toString().split('\n');
    assert.equal(sum, 'sum=[1.5, 3.0, 4.5, 6.0, 7.5, 9.0]');
    assert.match(absent ?? '', /^absent: .*Not Found$/);
  },
}));

/** What the guests send to a model that gives its input back: four elements, as IEEE 754 and two's complement have them, little-endian. */
const sent: Readonly<Record<CrateType, string>> = {
  f16: '003c00bc00000100',
  f32: hex(Float32Array.of(1.5, -2, 0, 3e38)),
  f64: hex(Float64Array.of(1.5, -2, 0, 1e300)),
  u8: '00017fff',
  i32: hex(Int32Array.of(0, -1, -(2 ** 31), 2 ** 31 - 1)),
  i64: hex(BigInt64Array.of(0n, -1n, -(2n ** 63n), 2n ** 63n - 1n)),
};

/** Element types that the crate has. */
export type CrateType = 'f16' | 'f32' | 'f64' | 'u8' | 'i32' | 'i64';

const typesOf: Readonly<Record<(typeof crates)[number]['version'], readonly CrateType[]>> = {
  '0.5.0': ['f16', 'f32', 'u8', 'i32'],
  '0.6.0': ['f16', 'f32', 'f64', 'u8', 'i32', 'i64'],
};

/**
 * Cases of guests in Rust whose releases number element types differently: every tensor arrives as it was sent.
 *
 * @param supported the types of which the backend has a model that gives back its input of shape [4].
 * @param pluginWith the plug-in's options with such models, each under the name of its type.
 */
export function echoCases(
  supported: readonly CrateType[],
  pluginWith: (types: readonly CrateType[]) => unknown,
): readonly ConformanceCase[] {
  return crates.map(({ guest, version }) => ({
    name: `tensors of every type that the crate wasi-nn ${version} has arrive as they were sent`,
    source: `the crate wasi-nn ${version}; IEEE 754 and two's complement`,
    upstreamDiffers:
      'before 0.15, element types are numbered as by the crate 0.5, from then on as by 0.6 (WasmEdge#4068)',
    async run(context) {
      const types = typesOf[version].filter((type) => supported.includes(type));
      const runtime = await context.createRuntime({
        plugin: pluginWith(types),
        wasi: { args: types.flatMap((type) => [type, type]), stdin: 'ignore', stdout: 'capture' },
      });
      const { exitCode, stdout } = await runtime.run(readFileSync(guestFile(guest)));
      assert.equal(exitCode, 0);
      const expected = types.map((type) => `${type}=${sent[type]}\n`);
      assert.equal(Buffer.from(stdout).toString(), expected.join(''));
    },
  }));
}

function hex({ buffer }: { readonly buffer: ArrayBuffer }): string {
  return Buffer.from(buffer).toString('hex');
}
