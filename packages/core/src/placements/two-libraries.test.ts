import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, findWasmEdge } from '../index.js';

const guest = await wat('(module (func (export "answer") (result i32) (i32.const 42)))');

/** Another libwasmedge: that of the variable, whose libraries lie beside it, or a copy of the first. */
function otherLibrary(first: string): string {
  const named = process.env.WASMEDGE_OTHER_LIBRARY;
  if (named) return named;
  const folder = mkdtempSync(join(tmpdir(), 'two-libraries-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const copy = join(folder, 'libwasmedge-copy.so');
  copyFileSync(first, copy);
  return copy;
}

forEngine('wasmedge', () => {
  it('one program has two libwasmedges, each in a process', async () => {
    const first = await findWasmEdge();
    const library = otherLibrary(first.path);
    const env = process.env.WASMEDGE_OTHER_LIBRARY ? { LD_LIBRARY_PATH: dirname(library) } : {};
    await using one = await createRuntime({ placement: 'process', engine: 'wasmedge' });
    await using other = await createRuntime({ placement: 'process', library, child: { env } });
    expect(realpathSync(one.report().library?.path ?? '')).toBe(realpathSync(first.path));
    expect(realpathSync(other.report().library?.path ?? '')).toBe(realpathSync(library));
    if (process.env.WASMEDGE_OTHER_LIBRARY) {
      expect(other.report().library?.version).not.toBe(one.report().library?.version);
    }
    for (const runtime of [one, other]) {
      expect(await (await runtime.instantiate(guest)).exports.answer?.()).toBe(42);
    }
  });
});
