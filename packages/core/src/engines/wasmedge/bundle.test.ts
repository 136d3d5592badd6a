import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsup';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';

const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));
const core = fileURLToPath(new URL('../../index.ts', import.meta.url));

// A program that has limits, and one whose plug-in waits on the helper thread.
const program = `
import { createBlockingCaller, createRuntime } from ${JSON.stringify(core)};
async function main() {
  const made = await createRuntime({ limits: { timeoutMs: 100 } }).catch((error) => error);
  console.log(made.code, made.message);
  const unlimited = await createRuntime({ engine: 'wasmedge', limits: { growthBytes: Infinity } });
  console.log(unlimited.report().engine);
  try {
    createBlockingCaller().call({ moduleUrl: 'data:text/javascript,', exportName: 'any' }, undefined);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
main();`;

forEngine('wasmedge', () => {
  let folder: string;
  beforeAll(() => {
    mkdirSync(cache, { recursive: true });
    // Inside the package, so that koffi is found.
    folder = mkdtempSync(join(cache, 'bundle-'));
    writeFileSync(join(folder, 'program.ts'), program);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // esbuild bundles the sources, into which no build has put the text of the helpers.
  it.each([
    ['esm', '.mjs'],
    ['cjs', '.cjs'],
  ] as const)(
    'without the files or the text of the threads in it, a bundle (%s) fails before a guest runs',
    async (format, extension) => {
      const outDir = join(folder, format);
      await build({
        config: false,
        entry: { program: join(folder, 'program.ts') },
        outDir,
        outExtension: () => ({ js: extension }),
        format,
        target: 'node20',
        noExternal: [/^(?!koffi)/],
        external: ['koffi'],
        silent: true,
      });
      const { stdout, stderr, status } = spawnSync(process.execPath, [join(outDir, `program${extension}`)], {
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      expect(stderr).toBe('');
      expect(stdout.split('\n')).toEqual([
        expect.stringMatching(
          /^ERR_LIMITS_UNAVAILABLE .*watchdog-worker\.js is missing.*Keep all files of a bundle together/,
        ),
        'wasmedge',
        expect.stringMatching(
          /^ERR_BLOCKING_CALL .*blocking-worker\.js, is missing.*Install the package again/,
        ),
        '',
      ]);
      expect(status).toBe(0);
    },
  );
});
