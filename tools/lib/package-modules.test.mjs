// @ts-check
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kinds, moduleProblems } from './package-modules.mjs';
import { publicPackages } from './repository.mjs';

/** What one package alone has, with the reason. @type {Readonly<Record<string, readonly RegExp[]>>} */
const own = {
  'wasi-nn-openvino': [
    // A model has two files or a representation, and its ports are read apart.
    /^src\/read-(model|ports|representation)\.ts$/,
    /^src\/guest-models\.test\.ts$/,
    /^conformance\/upstream-differences\.ts$/,
  ],
  // The program that compiles the shim.
  'wasi-nn-pytorch': [/^src\/build-shim\.ts$/],
  'wasi-nn-tflite': [
    // Two runtimes, each with graphs and contexts of its own, and how one of them is chosen.
    /^src\/(c-library|litert)\//,
    /^src\/(runtime|litert-task|open-sandbox)\.ts$/,
    // LiteRT.js leaves nothing behind in the process.
    /^src\/globals\.test\.ts$/,
    // What TensorFlow Lite does not tell of a model.
    /^src\/(context-bytes|may-lack-tensors|model-reader)\.ts$/,
    /^conformance\/(assert-close|case-options|tflite-guest)\.ts$/,
  ],
};

/** @param {{ manifest: Record<string, any> }} entry @returns {keyof typeof kinds | undefined} */
function kindOf({ manifest }) {
  if (manifest.wasmedgePlugin?.backendOf !== undefined) return 'backend';
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

it('looks at every package that says it provides a plug-in', () => {
  const said = publicPackages().filter(({ manifest }) => manifest.wasmedgePlugin !== undefined);
  const plugins = new Set(said.map(({ manifest }) => manifest.wasmedgePlugin.backendOf));
  const providers = said.filter(({ manifest }) => !plugins.has(manifest.wasmedgePlugin.name));
  expect(packages.map(({ name }) => name)).toEqual(providers.map(({ folder }) => basename(folder)));
  expect(new Set(packages.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
});

describe.each(
  /** @type {const} */ ([
    ['plug-in package', 'process'],
    ['backend', 'wasi-nn-openvino'],
  ]),
)('a %s that', (kind, name) => {
  const files = packages.find((entry) => entry.name === name)?.files ?? [];
  /** @type {(change: (file: string) => string | undefined) => string[]} */
  const problemsAfter = (change) =>
    moduleProblems(
      kind,
      name,
      files.flatMap((file) => change(file) ?? []),
      own[name],
    );

  it.each([...kinds[kind].required])('lacks %s is told so', (path) => {
    const file = path.replace('*', name).replace('?', name);
    expect(problemsAfter((each) => (each === file ? undefined : each))).toContain(
      `${name} lacks ${path.replace('*', name)}, which every ${kind} has`,
    );
  });

  it.each([
    ['src/plugin.ts', 'src/kind.ts'],
    ['src/platforms.ts', 'src/releases.ts'],
    ['src/plugin.test.ts', 'src/plug-in.test.ts'],
    [`src/${name}.broken.test.ts`, 'src/broken.test.ts'],
    ['conformance/suite.ts', 'conformance/all-cases.ts'],
  ])('names %s otherwise is told so: %s', (right, wrong) => {
    const problems = problemsAfter((file) => (file === right ? wrong : file));
    expect(problems).toContain(`${name} lacks ${right}, which every ${kind} has`);
    expect(problems).toContain(`${name} has ${wrong}, which no ${kind} has`);
  });
});

it.each([
  ['src/options.ts', 'src/check-rules.ts'],
  ['src/client/create-process-client.ts', 'src/client.ts'],
  ['src/tasks.ts', 'src/spawn-task.ts'],
  ['conformance/cases/exit-codes.ts', 'conformance/exit-codes.ts'],
])('tells of a plug-in package that has %s under another name: %s', (right, wrong) => {
  const files = packages.find(({ name }) => name === 'process')?.files ?? [];
  expect(
    moduleProblems(
      'plug-in package',
      'process',
      files.map((file) => (file === right ? wrong : file)),
    ),
  ).toContain(`process has ${wrong}, which no plug-in package has`);
});
