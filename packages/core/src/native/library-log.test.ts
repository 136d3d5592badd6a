import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BuiltCore, literal } from '../__fixtures__/built-core.js';
import { compilePlugin, forCompiler } from '../__fixtures__/compile-c.js';
import { forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { findWasmEdge } from '../index.js';

// The lines are those of libwasmedge 0.17.1, which prints them to stdout when its log is not off.
const version = await findWasmEdge().then(
  (found) => found.version,
  () => '0.0.0',
);
const hasLog = Number(version.split('.')[1]) >= 15;

forEngine('wasmedge', () =>
  forCompiler(() => {
    let folder: string;
    let core: BuiltCore;
    let start: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'library-log-'));
      core = await BuiltCore.build();
      const file = compilePlugin(folder, { plugin: 'logging', module: 'numbers', file: 'liblogging.so' });
      const guest = wat(`(module (import "numbers" "fail" (func $fail)) (import "host" "f" (func $f))
        (func (export "fail") call $fail) (func (export "host") call $f) (func (export "quiet")))`);
      start = `
        const said = [];
        const logger = (level, text) => said.push(level + ' ' + text);
        let inHost = () => {};
        const host = core.hostModule('host', { f: core.hostFunction([], [], () => inHost()) });
        const make = (more) => core.createRuntime({ hostModules: [host], ...more });
        const plugins = [core.nativePlugin({ path: ${JSON.stringify(file)} })];
        const guest = ${literal(guest)};
        const attempt = (action) => { try { action(); } catch (error) { return error.code ?? error.message; } };
        const fails = (instance) => attempt(() => instance.exports.fail());
        `;
    });
    afterAll(() => {
      core?.[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    });
    const run = (text: string) => core.run(`${start}\n${text}`);

    it('prints nothing without a logger, and none before 0.15', () => {
      expect(
        run(`const quiet = await make({ plugins });
        console.log(fails(quiet.instantiate(guest)));`),
      ).toEqual({ end: 0, stdout: 'ERR_GUEST_TRAP\n', stderr: '' });
    });

    if (!hasLog) {
      it.skip(`libwasmedge ${version} does not give its log away; 0.15 and later do`);
      return;
    }
    describe(`on libwasmedge ${version}`, () => {
      it('reaches the logger of a runtime with native plug-ins, and nothing else', () => {
        const outcome = run(`
          const runtime = await make({ plugins, logger });
          const instance = runtime.instantiate(guest);
          instance.exports.quiet();
          console.log(said.length);
          console.log(fails(instance));
          console.log(said.length > 0, said.every((line) => line.startsWith('error WasmEdge: ')), said.join('|'));
          const lines = said.length;
          const trap = ${literal(wat('(module (func (export "f") unreachable))'))};
          const without = await core.createRuntime({ engine: 'wasmedge', logger });
          console.log(attempt(() => without.instantiate(trap).exports.f()), lines === said.length);
          console.log(attempt(() => runtime.instantiate(trap).exports.f()), said.slice(lines).some((line) => line.includes('execution failed: unreachable')));`);
        expect(outcome).toMatchObject({ end: 0, stderr: '' });
        expect(outcome.stdout.split('\n')).toEqual([
          '0',
          'ERR_GUEST_TRAP',
          expect.stringMatching(/^true true error WasmEdge: calling stack/),
          'ERR_GUEST_TRAP true',
          'ERR_GUEST_TRAP true',
          '',
        ]);
      });

      it('is told apart when runtimes call each other, and may be told to a logger that throws', () => {
        const outcome = run(`
          const inner = [];
          const first = await make({ plugins, logger });
          const second = await make({ plugins, logger: (_level, text) => inner.push(text) });
          const instance = second.instantiate(guest);
          inHost = () => fails(instance);
          first.instantiate(guest).exports.host();
          console.log(said.length, inner.length > 0);
          const third = await make({ plugins, logger: (_level, text) => { if (text.includes('calling stack')) throw new Error('from the logger'); } });
          const throwing = third.instantiate(guest);
          console.log(fails(throwing));
          throwing.exports.quiet();
          console.log(fails(first.instantiate(guest)), said.length > 0);`);
        expect(outcome).toEqual({
          end: 0,
          stdout: '0 true\nfrom the logger\nERR_GUEST_TRAP true\n',
          stderr: '',
        });
      });

      it('is bounded', () => {
        const outcome = run(`
          const runtime = await make({ plugins, logger });
          const instance = runtime.instantiate(guest);
          inHost = () => { for (let round = 0; round < 12000; round++) fails(instance); };
          instance.exports.host();
          console.log(said.length, said.at(-1));`);
        expect(outcome).toEqual({
          end: 0,
          stdout: '10001 warn WasmEdge logged more than 10000 lines; the rest is dropped.\n',
          stderr: '',
        });
      });

      it('of workers is not taken, and theirs do not hang', () => {
        const outcome = core.run(`
          import { Worker, isMainThread } from 'node:worker_threads';
          ${start}
          const runtime = await make({ plugins, logger });
          const instance = runtime.instantiate(guest);
          console.log(fails(instance), said.length > 0);
          if (isMainThread) {
            await new Promise((resolve) => new Worker(new URL(import.meta.url)).once('exit', resolve));
          }`);
        expect(outcome).toEqual({
          end: 0,
          stdout: 'ERR_GUEST_TRAP true\nERR_GUEST_TRAP false\n',
          stderr: '',
        });
      });
    });
  }),
);
