// @ts-check
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds, moduleProblems } from './package-modules.mjs';
import { publicPackages } from './repository.mjs';

/** What one package alone has, with the reason. @type {Readonly<Record<string, readonly RegExp[]>>} */
const own = {};

/** @param {{ manifest: Record<string, any> }} entry @returns {keyof typeof kinds | undefined} */
function kindOf({ manifest }) {
  if (manifest.wasmedgePlugin?.backendOf !== undefined) return undefined;
  return manifest.exports?.['./cli'] === undefined ? undefined : 'plug-in package';
}

/** @param {string} folder */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .filter((file) => !/^(node_modules|dist)\//.test(file));
}

const packages = publicPackages().flatMap((entry) => {
  const kind = kindOf(entry);
  return kind === undefined ? [] : [{ kind, name: basename(entry.folder), files: filesOf(entry.folder) }];
});

it.each(packages)('$name has the modules of a $kind', ({ kind, name, files }) => {
  expect(moduleProblems(kind, name, files, own[name])).toEqual([]);
});

it('looks at all of them', () => {
  expect(packages.map(({ name }) => name)).toEqual(['httpsreq', 'process', 'wasi-crypto']);
});

describe('a package that', () => {
  const { files } = packages.find(({ name }) => name === 'process') ?? { files: [] };
  /** @type {(change: (file: string) => string | undefined) => string[]} */
  const problemsAfter = (change) =>
    moduleProblems(
      'plug-in package',
      'process',
      files.flatMap((file) => change(file) ?? []),
    );

  it.each([...kinds['plug-in package'].required])('lacks %s is told so', (path) => {
    const file = path.replace('*', 'process').replace('?', 'process');
    expect(problemsAfter((each) => (each === file ? undefined : each))).toContain(
      `process lacks ${path.replace('*', 'process')}, which every plug-in package has`,
    );
  });

  it.each([
    ['src/options.ts', 'src/check-rules.ts'],
    ['src/client/create-process-client.ts', 'src/client.ts'],
    ['src/plugin.test.ts', 'src/process-plugin.test.ts'],
    ['src/process.broken.test.ts', 'src/broken.test.ts'],
    ['src/tasks.ts', 'src/spawn-task.ts'],
    ['conformance/suite.ts', 'conformance/process-suite.ts'],
    ['conformance/cases/exit-codes.ts', 'conformance/exit-codes.ts'],
  ])('names %s otherwise is told so: %s', (right, wrong) => {
    expect(problemsAfter((file) => (file === right ? wrong : file))).toContain(
      `process has ${wrong}, which no plug-in package has`,
    );
  });
});
