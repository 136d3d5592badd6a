import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { prepareImport } from './prepare-import.js';

/** A package that lies behind a link, as pnpm makes it, with a neighbour that only its real place has; and a named pipe. */
function installation() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'prepare-import-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = join(folder, 'store/node_modules');
  for (const name of ['main', 'neighbour']) {
    mkdirSync(join(store, name), { recursive: true });
    writeFileSync(join(store, name, 'index.js'), name === 'main' ? "require('neighbour');" : '');
  }
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(join(store, 'main'), join(folder, 'node_modules/main'));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  return { require: createRequire(join(folder, 'program.js')), real: join(store, 'main/index.js'), pipe };
}

// Expected: a link that a package manager made is followed, as it is without the pipe.
it.skipIf(process.platform === 'win32')('has links followed after a pipe was looked at', () => {
  const { require, real, pipe } = installation();
  // Its folder is known as a real one from here on.
  require.resolve('./node_modules/../store/node_modules/neighbour');
  statSync(pipe);
  prepareImport();
  expect(require.resolve('main')).toBe(real);
  statSync(pipe);
  prepareImport();
  expect(() => require('main')).not.toThrow();
});
