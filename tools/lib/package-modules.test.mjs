// @ts-check
// The same modules have the same names in every plug-in package, and in every backend.
import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publicPackages } from './repository.mjs';

const words = (/** @type {string} */ text) => text.trim().split(/\s+/);
const patterns = (/** @type {string} */ text) => words(text).map((source) => new RegExp(`^${source}`));

const required = words(`
  package.json README.md tsconfig.json tsup.config.ts vitest.config.ts
  src/index.ts src/plugin.ts src/platforms.ts src/cli.ts
  src/plugin.test.ts src/plugin.test-d.ts src/*.conformance.test.ts src/*.broken.test.ts
  conformance/suite.ts conformance/broken/broken-plugin.ts`);
const allowed = patterns(String.raw`
  conformance/(broken|cases|drive|fuzz|guests|models|native|servers|vectors)/
  conformance/certificates/[^/]+\.(pem|mjs)$
  conformance/[^/]+\.wasm$`);

/** What every backend with encodings has. */
const backendModules = words(`
  ${required.join(' ')}
  src/backend.ts src/source.ts src/read-config.ts src/session.test.ts
  src/describe-model.ts src/describe-model.test.ts
  src/library/element-types.ts src/library/prototypes.ts
  conformance/models.ts`);

/** What a session holds, and what the library may do to the process. */
const backendAllowed = patterns(String.raw`
  src/(library|__fixtures__)/
  src/(graph|execution-context)\.ts$
  src/(memory|process)\.test\.ts$`);

/** What every package of a kind has, and what it may have. `*` is the package's name, `?` stands for some words. */
const kinds = {
  'plug-in package': {
    required: words(`
      ${required.join(' ')}
      src/options.ts src/abi.ts src/errors.ts src/abi.test.ts src/embedded/host-functions.ts
      src/client/create-?-client.ts src/client/create-?-client.test.ts src/*.elsewhere.test.ts`),
    // What helper threads load, options that are a matter of their own, and what stands in for a native plug-in that WasmEdge released.
    allowed: patterns(String.raw`
      src/(client|embedded|__fixtures__)/
      src/(tasks|tasks-text|task-references)\.ts$
      src/[a-z-]+-options\.ts$
      src/\*\.[a-z]+\.test\.ts$
      conformance/build-stand-in\.ts$`),
  },
  backend: { required: [...backendModules, 'conformance/build-stand-in.ts'], allowed: backendAllowed },
  // Of which WasmEdge has no native plug-in that anything could stand in for.
  'backend that WasmEdge lacks': { required: backendModules, allowed: backendAllowed },
  // A backend whose models turn texts into texts: it has no element types, and its library is a package.
  'backend of texts': {
    required: words(`
      ${required.join(' ')}
      src/backend.ts src/source.ts src/read-config.ts src/session.test.ts
      src/describe-model.ts src/describe-model.test.ts src/llama-task.ts src/release.ts
      conformance/models.ts conformance/build-stand-in.ts`),
    // What runs in the library's process, what guests may choose, grammars, the format of files, and sessions; and what the native plug-in answers beside this one.
    allowed: patterns(String.raw`
      src/(gguf|grammar|library|llama|options|session|__fixtures__)/
      src/\*\.native\.test\.ts$
      conformance/(case-options|encoders|ggml-guest|native-probe|upstream-differences)\.ts$`),
  },
  // A backend without encodings: its models are on servers, and it has neither files to describe nor a library.
  'backend of servers': {
    required: words(`
      ${required.join(' ')}
      src/backend.ts src/source.ts src/read-config.ts src/session.test.ts src/guests.test.ts
      src/remote-task.ts`),
    allowed: patterns(String.raw`
      src/(events|models|protocol|remote|servers|shared-memory|tensors|transports|__fixtures__)/
      src/(describe-servers|host-request|remote-flag|timely-credentials)\.ts$
      src/[a-z-]+(\.servers)?\.test\.ts$
      src/\*\.[a-z]+\.test\.ts$`),
  },
};

/** What one package alone has, with the reason. @type {Readonly<Record<string, readonly RegExp[]>>} */
const own = {
  // A model has two files or a representation, or is of another format, and its ports are read apart.
  'wasi-nn-openvino': patterns(String.raw`
    src/read-(model|ports|representation|elements|layers)\.ts$
    src/format\.ts$
    src/(guest-models|formats)\.test\.ts$
    conformance/upstream-differences\.ts$`),
  // The program that compiles the shim.
  'wasi-nn-pytorch': patterns(String.raw`src/build-shim\.ts$`),
  // Two runtimes, each with graphs and contexts of its own, and how one of them is chosen; what a file tells before a library sees it, and the
  // files that it names; and ONNX's own tests of operators.
  'wasi-nn-onnx': patterns(String.raw`
    src/(c-library|web|model)/
    src/(runtime|web-task|open-sandbox|describe-port|external-data)\.ts$
    src/(node-tests|changed-bytes)\.test\.ts$
    conformance/node-tests/
    conformance/(assert-close|case-options|onnx-guest)\.ts$`),
  // Two runtimes, each with graphs and contexts of its own, and how one of them is chosen; what TensorFlow Lite does not tell of a model; that
  // LiteRT.js leaves nothing behind in the process; and that guests and sessions of the backend that needs no library run in pools.
  'wasi-nn-tflite': patterns(String.raw`
    src/(c-library|litert)/
    src/(runtime|litert-task|open-sandbox)\.ts$
    src/(context-bytes|may-lack-tensors|model-reader)\.ts$
    src/(globals|pool|pooled-session)\.test\.ts$
    conformance/(assert-close|case-options|tflite-guest)\.ts$`),
};

/** @typedef {{ kind: keyof typeof kinds, name: string, files: string[] }} Package */

/** What is missing in a package, and what is named otherwise. @param {Package} entry @returns {string[]} */
function problemsOf({ kind, name, files }) {
  const general = files.map((file) => file.replace(`/${name}.`, '/*.'));
  const needed = kinds[kind].required.map((path) => {
    const pattern = path.replace(/[.*/-]/g, '\\$&').replace('?', '[a-z-]+');
    return { path, pattern: new RegExp(`^${pattern}$`) };
  });
  const missing = needed.filter(({ pattern }) => !general.some((file) => pattern.test(file)));
  const known = [...needed.map(({ pattern }) => pattern), ...kinds[kind].allowed, ...allowed];
  const others = general.filter((file) => {
    // A test lies beside the module that it tests.
    const tested = file.replace(/\.test(-d)?\.ts$/, '.ts');
    if (!/^(src|conformance)\//.test(file) || (tested !== file && general.includes(tested))) return false;
    return ![...known, ...(own[name] ?? [])].some((pattern) => pattern.test(file));
  });
  return [
    ...missing.map(({ path }) => `${name} lacks ${path.replace('*', name)}, which every ${kind} has`),
    ...others.map((file) => `${name} has ${file.replace('*', name)}, which no ${kind} has`),
  ];
}

/** @type {Package[]} */
const packages = publicPackages().flatMap(({ folder, manifest: { wasmedgePlugin, exports } }) => {
  if (!wasmedgePlugin?.backendOf && !exports?.['./cli']) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !/^(node_modules|dist)\//.test(file));
  const { encodings, release } = wasmedgePlugin ?? {};
  const ofFiles = encodings?.includes('ggml')
    ? 'backend of texts'
    : release === undefined
      ? 'backend that WasmEdge lacks'
      : 'backend';
  const backend = encodings === undefined ? 'backend of servers' : ofFiles;
  return { kind: wasmedgePlugin?.backendOf ? backend : 'plug-in package', name: basename(folder), files };
});

it.each(packages)('$name has the modules of a $kind', (entry) => {
  expect(problemsOf(entry)).toEqual([]);
});

it('looks at every package that says it provides a plug-in', () => {
  const said = publicPackages().filter(({ manifest }) => manifest.wasmedgePlugin !== undefined);
  const plugins = new Set(said.map(({ manifest }) => manifest.wasmedgePlugin.backendOf));
  const providers = said.filter(({ manifest }) => !plugins.has(manifest.wasmedgePlugin.name));
  expect(packages.map(({ name }) => name)).toEqual(providers.map(({ folder }) => basename(folder)));
  expect(new Set(packages.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
});

describe.each(packages)('$name', (entry) => {
  const { kind, name, files } = entry;

  it.each([...kinds[kind].required])('is told that it lacks %s', (path) => {
    const file = path.replace('*', name);
    const left = files.filter((each) => !new RegExp(`^${file.replace('?', '[a-z-]+')}$`).test(each));
    expect(problemsOf({ ...entry, files: left })).toContain(`${name} lacks ${file}, which every ${kind} has`);
  });
});

it.each([
  ['process', 'src/plugin.ts', 'src/kind.ts'],
  ['process', 'src/plugin.test.ts', 'src/plug-in.test.ts'],
  ['process', 'src/process.broken.test.ts', 'src/broken.test.ts'],
  ['process', 'src/options.ts', 'src/check-rules.ts'],
  ['process', 'src/client/create-process-client.ts', 'src/client.ts'],
  ['process', 'src/tasks.ts', 'src/spawn-task.ts'],
  ['process', 'conformance/cases/exit-codes.ts', 'conformance/exit-codes.ts'],
  ['wasi-nn-openvino', 'src/platforms.ts', 'src/releases.ts'],
  ['wasi-nn-openvino', 'conformance/suite.ts', 'conformance/all-cases.ts'],
])('tells of a %s that has %s under another name: %s', (name, right, wrong) => {
  const entry = /** @type {Package} */ (packages.find((each) => each.name === name));
  expect(entry.files).toContain(right);
  const files = entry.files.map((file) => (file === right ? wrong : file));
  expect(problemsOf({ ...entry, files })).toContain(`${name} has ${wrong}, which no ${entry.kind} has`);
});
