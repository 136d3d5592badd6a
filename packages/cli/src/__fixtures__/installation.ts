import { cpSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('../../', import.meta.url));

/** An empty project with this command, core and nothing else installed; returns its folder and the command's file. */
export function installAlone(parts = ['bin', 'dist', 'package.json']): { folder: string; bin: string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cli-alone-')));
  const modules = join(folder, 'node_modules');
  const cli = join(modules, '@wasmedge-plugins', 'cli');
  mkdirSync(cli, { recursive: true });
  for (const part of parts) {
    cpSync(join(here, part), join(cli, part), { recursive: true });
  }
  for (const name of ['commander', 'tar', 'undici', '@wasmedge-plugins/core']) {
    symlinkSync(realpathSync(join(here, 'node_modules', name)), join(modules, name), 'junction');
  }
  return { folder, bin: join(cli, 'bin', 'wasmedge-plugins.js') };
}

/** Writes a package into a project's `node_modules`. */
export function installPackage(folder: string, name: string, files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    const path = join(folder, 'node_modules', name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
