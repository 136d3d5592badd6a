import './../engines/wasmedge/aot/__fixtures__/side-by-side.js';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { expectRejects, thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import type { CompiledCodeSource } from '../engines/wasmedge/aot/compiled-code.js';
import { workerUrl } from '../helpers/worker-url.js';
import { GuestAbortError, GuestCompileError } from '../index.js';
import { compileNatively } from '../native/__fixtures__/compile-natively.js';
import { openLibrary } from '../native/library.js';
import { privateFolder } from '../native/plugins/private-folder.js';
import { createRuntimeWith } from '../runtime/create-inline-runtime.js';
import { cacheFolder } from './__fixtures__/cache-folder.js';
import { slowGuest } from './__fixtures__/slow-guest.js';
import { sha256Of } from './code-key.js';
import { CodeSupply } from './code-supply.js';
import { compileCode, findCode } from './compile-code.js';
import { compileFailure } from './compile-failure.js';
import type { CompilePhase } from './compile-phase.js';
import { guestToCompile } from './guest-to-compile.js';

const answer = (value: number) => wat(`(module (func (export "answer") (result i32) i32.const ${value}))`);
const small = answer(42);
const allPhases: CompilePhase[] = ['translate', 'verify', 'optimize', 'generate', 'link', 'write'];

/** Processes of this system that compile, by what only they have on their command line. */
function compilers(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('/compile-worker.js')
      );
    } catch {
      return false;
    }
  });
}

/** The children of a process that compile. */
function compilersOf(pid: number | undefined): string[] {
  return compilers().filter((each) => {
    try {
      return /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${each}/status`, 'latin1'))?.[1] === String(pid);
    } catch {
      return false;
    }
  });
}

forEngine('wasmedge', () => {
  const { path, version } = openLibrary(undefined);
  const library = { path, version };
  const settings = { library, form: 'plain', level: 0, label: 'small.wasm' } as const;

  describe('a guest that is compiled ahead', () => {
    it('is compiled once, in phases that are told, and found from then on', async () => {
      const { cache, open, logged } = cacheFolder();
      const told: CompilePhase[] = [];
      const onProgress = vi.fn(({ phase }: { readonly phase: CompilePhase }) => told.push(phase));
      expect(findCode(cache, sha256Of(small), settings)).toBeUndefined();
      const made = await compileCode(cache, small, { ...settings, onProgress });
      expect(made).toMatchObject({ wasCached: false, isKept: true, form: 'plain', level: 0 });
      expect(told).toEqual(allPhases);
      // The guest, and one section behind it.
      expect(made.bytes.subarray(0, small.length)).toEqual(Buffer.from(small));
      expect(findCode(open(), sha256Of(small), settings)?.bytes).toEqual(made.bytes);
      const again = await compileCode(open(), small, { ...settings, onProgress });
      expect(again).toMatchObject({ wasCached: true, bytes: made.bytes });
      expect(told).toHaveLength(allPhases.length);
      expect(readdirSync(privateFolder())).toEqual([]);
      expect(logged).toEqual([]);
    });

    it.each([{ level: 2 }, { portable: true }, { form: 'metered' }, { form: 'interruptible' }] as const)(
      'is found for what it was compiled for: %j',
      async (difference) => {
        const { cache } = cacheFolder();
        const { level: _level, ...query } = { ...settings, ...difference };
        expect(await compileCode(cache, small, { ...settings, ...difference })).toMatchObject({
          isKept: true,
        });
        expect(findCode(cache, sha256Of(small), query)).toMatchObject({ form: query.form });
        const other = query.form === 'plain' ? 'metered' : 'plain';
        expect(findCode(cache, sha256Of(small), { ...query, form: other })).toBeUndefined();
      },
    );

    it.runIf(process.platform === 'linux')('is compiled after others where nobody waits for it', async () => {
      const prioritiesOf = async (givesWay: boolean) => {
        const seen = new Set<number>();
        // Its first thread, from which the others have it: on a busy machine some may have begun before it was given.
        const onProgress = () => {
          for (const pid of compilersOf(process.pid)) seen.add(getPriority(Number(pid)));
        };
        // One may have ended before it was looked at.
        for (let round = 0; round < 20 && seen.size === 0; round++) {
          await compileCode(cacheFolder().cache, small, { ...settings, givesWay, onProgress });
        }
        return [...seen];
      };
      expect(await prioritiesOf(true)).toEqual([
        Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL),
      ]);
      expect(await prioritiesOf(false)).toEqual([getPriority()]);
    });

    it.each([true, false])('gives way to others unless calls wait for it: %s', async (isWaitedFor) => {
      const cache = { directory: cacheFolder().directory };
      const supply = new CodeSupply({ cache, level: 2, isWaitedFor, library: () => library, logger() {} });
      const use = supply.use();
      const supplied = supply.begin({ guest: slowGuest(), form: 'plain', label: 'slow.wasm' });
      const [pid] = await vi.waitUntil(() => {
        const found = compilersOf(process.pid);
        return found.length > 0 && found;
      }, 30_000);
      const usual = getPriority();
      const lowered = Math.max(usual, constants.priority.PRIORITY_BELOW_NORMAL);
      expect(getPriority(Number(pid))).toBe(isWaitedFor ? usual : lowered);
      use[Symbol.dispose]();
      await supplied.settled;
    });

    it('is found at the highest level that there is', async () => {
      const { cache } = cacheFolder();
      for (const level of [0, 3, 2] as const) await compileCode(cache, small, { ...settings, level });
      expect(findCode(cache, sha256Of(small), { library, form: 'plain' })?.level).toBe(3);
    });

    it('runs as what was kept, on an engine that finds it', async () => {
      const { cache, places, logged } = cacheFolder();
      const source: CompiledCodeSource = {
        find: (guest, form) => findCode(cache, sha256Of(guest), { library, form }),
        whyNot: () => 'it is not there',
      };
      using runtime = await createRuntimeWith({ engine: 'wasmedge' }, { source, isExpendable: true });
      const call = () => runtime.instantiate(small).exports.answer?.();
      expect(call()).toBe(42);
      // Code of another guest in place of its own, as only somebody could write who has the secret: so one sees what runs.
      const native = compileNatively(answer(43)).subarray(small.length);
      const key = { library, form: 'plain', level: 2, portable: false } as const;
      cache.store(sha256Of(small), key, 'small.wasm', Buffer.concat([small, native]));
      // The same with what was changed by somebody who has not.
      const [file = ''] = readdirSync(places.code);
      const kept = readFileSync(join(places.code, file));
      writeFileSync(join(places.code, file), Buffer.from(kept).fill(0x90, kept.length - 1));
      expect(call()).toBe(42);
      expect(logged).toEqual([expect.stringContaining('is not what was compiled')]);
      writeFileSync(join(places.code, file), kept);
      expect(call()).toBe(43);
    });

    it('is compiled and found without the native code that it brings', () => {
      const forged = compileNatively(answer(43));
      expect(guestToCompile(forged)).toEqual(answer(43));
      expect(guestToCompile(small)).toEqual(small);
    });
  });

  describe('a guest is not compiled when it', () => {
    const failing = async (guest: Uint8Array, more: object, failure: string, ...texts: RegExp[]) => {
      const { cache, places } = cacheFolder();
      const error = await expectRejects(
        compileCode(cache, guest, { ...settings, ...more }),
        GuestCompileError,
        'ERR_GUEST_COMPILE',
        ...texts,
      );
      expect(error.failure).toBe(failure);
      expect(readdirSync(privateFolder())).toEqual([]);
      expect(thrownBy(() => readdirSync(places.code))).toMatchObject({ code: 'ENOENT' });
    };

    it('takes too long', () =>
      failing(slowGuest(), { level: 2, timeoutMs: 300 }, 'time', /300 ms/, /level 0/));

    it('takes too much memory', () =>
      failing(slowGuest(), { level: 2, maxMemoryBytes: 150 * 2 ** 20 }, 'memory', /maxMemoryBytes/));

    it('is not valid', () =>
      failing(
        wat('(module (func (export "f") (result i32) i32.const 1))').fill(0x45, -3, -2),
        {},
        'refused',
        /libwasmedge reports/,
      ));

    it('has another libwasmedge than it was to be for', () =>
      failing(small, { library: { path, version: '0.0.1' } }, 'refused', /0\.0\.1/));

    it('has no libwasmedge', () =>
      failing(small, { library: { path: process.execPath, version } }, 'refused', /libwasmedge/));

    it('has a libwasmedge without a compiler, by what that answers', () => {
      const { c } = openLibrary(undefined);
      // Its own words, as none here is without one.
      const words = Array.from({ length: 64 }, (_, code) => c.ResultGetMessage(code)).filter((text) =>
        /^AOT runtime/.test(text),
      );
      expect(words).toHaveLength(1);
      const target = { library, form: 'plain', level: 0, portable: false } as const;
      const task = { label: 'small.wasm', target, bounds: { timeoutMs: 1, maxMemoryBytes: 1 } };
      const error = compileFailure(task, { refusal: words[0], says: '' });
      expect(error).toMatchObject({
        failure: 'no compiler',
        message: expect.stringContaining('WASMEDGE_LIBRARY'),
      });
    });

    it('has no program to do it', async () => {
      const { execPath } = process;
      process.execPath = '/nowhere/node';
      try {
        await failing(small, {}, 'not started', /nowhere/);
      } finally {
        process.execPath = execPath;
      }
    });

    it('has a host that throws from onProgress, which ends the compiler', async () => {
      const { cache } = cacheFolder();
      const thrown = new Error('thrown');
      const onProgress = () => {
        throw thrown;
      };
      await expect(compileCode(cache, slowGuest(), { ...settings, onProgress })).rejects.toBe(thrown);
      expect(compilersOf(process.pid)).toEqual([]);
    });
  });

  describe('a compilation that its signal ends', () => {
    // Its name is AbortError, as that of all errors of signals.
    const abortOf = async (compiling: Promise<unknown>): Promise<GuestAbortError> => {
      const error: unknown = await compiling.catch((each: unknown) => each);
      if (!GuestAbortError.isInstance(error)) throw error;
      return error;
    };
    const aborted = async (compiling: Promise<unknown>, reason: unknown) => {
      const error = await abortOf(compiling);
      expect(error.message).toContain('slow.wasm');
      expect(error.cause).toBe(reason);
      expect(readdirSync(privateFolder())).toEqual([]);
      expect(compilersOf(process.pid)).toEqual([]);
    };
    const slow = { ...settings, level: 2, label: 'slow.wasm' } as const;

    it.each(['translate', 'optimize'])('leaves nothing, in the phase %s', async (last) => {
      const { cache } = cacheFolder();
      const controller = new AbortController();
      const told: CompilePhase[] = [];
      const onProgress = ({ phase }: { readonly phase: CompilePhase }) => {
        told.push(phase);
        if (phase === last) controller.abort('enough');
      };
      await aborted(
        compileCode(cache, slowGuest(), { ...slow, signal: controller.signal, onProgress }),
        'enough',
      );
      expect(told).not.toContain('write');
      expect(cache.list()).toEqual([]);
    });

    it('has not begun when it was ended before', async () => {
      const { cache } = cacheFolder();
      await aborted(
        compileCode(cache, slowGuest(), { ...slow, signal: AbortSignal.abort('before') }),
        'before',
      );
    });

    it('waits for another one no longer, which goes on', async () => {
      const { cache } = cacheFolder();
      const controller = new AbortController();
      const first = compileCode(cache, slowGuest(), {
        ...settings,
        onProgress: () => controller.abort('waiting'),
      });
      const second = compileCode(cache, slowGuest(1), { ...slow, signal: controller.signal });
      const third = compileCode(cache, small, settings);
      const error = await abortOf(second);
      expect(error.cause).toBe('waiting');
      expect((await first).isKept).toBe(true);
      expect((await third).isKept).toBe(true);
    });
  });

  describe.runIf(process.platform === 'linux')('another process', () => {
    function start(directory: string, guest: string, level: number): ChildProcess & { text: () => string } {
      const program = fileURLToPath(workerUrl('compile-program-worker') as URL);
      const child = spawn(process.execPath, [program, directory, guest, String(level)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      child.stdout?.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      return Object.assign(child, { text: () => text });
    }

    function withGuest() {
      const all = cacheFolder();
      const guest = join(all.folder, 'slow.wasm');
      writeFileSync(guest, slowGuest());
      return { ...all, guest };
    }

    it('waits for the one that compiles the same guest, and has its code', async () => {
      const { cache, directory, guest } = withGuest();
      const processes = [1, 2, 3].map(() => start(directory, guest, 0));
      await Promise.all(processes.map((child) => once(child, 'close')));
      const texts = processes.map(({ text }) => text().trim());
      const compiled = [...allPhases, 'wasCached false, isKept true'].join('\n');
      const found = 'wasCached true, isKept true';
      expect(texts.sort()).toEqual([compiled, found, found]);
      expect(cache.list()).toHaveLength(1);
    });

    it('takes over when that one is killed; its compiler ends too, and leaves nothing', async () => {
      const { cache, directory, guest } = withGuest();
      const victim = start(directory, guest, 3);
      while (!victim.text().includes('optimize'))
        await once(victim.stdout as NonNullable<typeof victim.stdout>, 'data');
      const orphans = compilersOf(victim.pid);
      expect(orphans).toHaveLength(1);
      const heir = start(directory, guest, 0);
      victim.kill('SIGKILL');
      await vi.waitFor(() => expect(compilers().filter((pid) => orphans.includes(pid))).toEqual([]), 5000);
      await once(heir, 'close');
      expect(heir.text()).toContain('wasCached false, isKept true');
      expect(cache.list()).toHaveLength(1);
    });
  });
});
