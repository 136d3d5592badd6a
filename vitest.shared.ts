import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Test files, by their paths in the package, that give the same answer whatever another version of something is. */
export interface Independent {
  /** Of Node.js: what only computes, with JavaScript that is no newer than Node.js 20. */
  readonly node?: RegExp;
  /** Of libwasmedge: what does not load it. `tools/testing/set-up-file.mjs` sees to it. */
  readonly libwasmedge?: RegExp;
  /** Also of libwasmedge: what loads it, and is about what lies around it. */
  readonly aroundLibwasmedge?: RegExp;
}

/** Suites of broken plug-ins show what the suites notice, on engine `v8`: once is enough. */
const broken = /\.broken\.test\.ts$/;

/**
 * How the tests of a package run, alone or as one of the projects of `vitest.config.ts`. The variable `WASMEDGE_TESTS` (`node` or
 * `libwasmedge`) leaves out those that do not depend on it, and the tests of types. `WASMEDGE_TYPES=checked` leaves out these too:
 * `npm run typecheck` has compiled them, and nothing of them runs.
 *
 * @param configUrl `import.meta.url` of the package's `vitest.config.ts`
 * @param independent which of its tests do not depend on what CI exchanges
 * @param settings what the package needs besides
 */
export function packageTests(
  configUrl: string,
  independent: Independent = {},
  settings: ViteUserConfig['test'] = {},
): ViteUserConfig {
  const folder = fileURLToPath(new URL('.', configUrl));
  // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo runs no tests
  const part = process.env.WASMEDGE_TESTS;
  if (part !== undefined && part !== 'node' && part !== 'libwasmedge') {
    throw new Error(`WASMEDGE_TESTS is "${part}"; set it to node or libwasmedge, or not at all.`);
  }
  // biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo runs no tests
  const typesAreChecked = process.env.WASMEDGE_TYPES === 'checked';
  // Not what is built or cached in the package, which may change while it is looked at.
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/.test(entry.name))
    .flatMap(({ name }) =>
      readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)),
    )
    .filter((file) => /\.test\.m?[jt]s$/.test(file) && !file.includes('node_modules'));
  const independentOf = (name: 'node' | 'libwasmedge') =>
    files.filter((file) => broken.test(file) || independent[name]?.test(file));
  const leftOut = {
    node: () => independentOf('node'),
    libwasmedge: () => [
      ...independentOf('libwasmedge'),
      ...files.filter((file) => independent.aroundLibwasmedge?.test(file)),
    ],
  };
  return defineConfig({
    test: {
      pool: 'forks',
      maxWorkers: 2,
      // Child processes start slowly on a busy machine.
      testTimeout: 60_000,
      include: ['src/**/*.test.ts'],
      exclude: ['**/node_modules/**', '**/__fixtures__/**', ...(part === undefined ? [] : leftOut[part]())],
      typecheck: { enabled: part === undefined && !typesAreChecked, include: ['src/**/*.test-d.ts'] },
      setupFiles: [fileURLToPath(new URL('tools/testing/set-up-file.mjs', import.meta.url))],
      provide: {
        packageFolder: folder,
        libraryFree: independentOf('libwasmedge').map((file) => join(folder, file)),
      },
      ...settings,
    },
  });
}

declare module 'vitest' {
  interface ProvidedContext {
    packageFolder: string;
    libraryFree: readonly string[];
  }
}
