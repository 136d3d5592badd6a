import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from './compile.js';

const source = fileURLToPath(new URL('..', import.meta.url));
const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** What a program printed and how it ended. */
export interface ProgramOutcome {
  /** Exit code, or the name of the signal that ended it. */
  readonly end: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** core as the build makes it, for programs that need a process of their own. */
export class BuiltCore implements Disposable {
  readonly #folder: string;
  #programs = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async build(): Promise<BuiltCore> {
    mkdirSync(cache, { recursive: true });
    // Inside the package, so that koffi is found.
    const folder = mkdtempSync(join(cache, 'core-'));
    const files = [
      'index.ts',
      'blocking/blocking-worker.ts',
      'engines/wasmedge/watchdog-worker.ts',
      'runtime/plugin-probe-worker.ts',
    ];
    await compile(
      files.map((file) => join(source, file)),
      folder,
    );
    return new BuiltCore(folder);
  }

  /** Writes a module that programs can import; it finds core as './index.js'. */
  write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }

  /**
   * Runs the text of an ES module, in which `core` is core and `bytes` makes bytes of what {@link literal} wrote.
   */
  run(
    text: string,
    setup: { readonly flags?: readonly string[]; readonly environment?: NodeJS.ProcessEnv } = {},
  ): ProgramOutcome {
    const file = join(this.#folder, `program-${this.#programs++}.mjs`);
    const bytes = `const bytes = (text) => Uint8Array.from(Buffer.from(text, 'base64'));`;
    writeFileSync(file, `import * as core from './index.js';\n${bytes}\n${text}\n`);
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...(setup.flags ?? []), file], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', ...setup.environment },
      timeout: 120_000,
    });
    return { end: signal ?? status, stdout, stderr };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Source text of a guest's bytes. */
export function literal(guest: Uint8Array): string {
  return `bytes('${Buffer.from(guest).toString('base64')}')`;
}
