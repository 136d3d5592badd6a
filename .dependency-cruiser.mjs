// @ts-check
// The directions of imports, held by `npm run lint`: this file is the picture. What is in the modules, docs/architecture/modules.md tells.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { publicPackages } from './tools/lib/repository.mjs';

/**
 * The modules of core from the lowest to the highest. One imports from those of the lines above its own, not from others of its line and not
 * from lower lines, also where it is only a type.
 */
export const coreLines = [
  ['builtin.ts'],
  ['errors/', 'limits/', 'helpers/', 'files/', 'prepare-import.ts'],
  ['values/', 'logger/', 'register/', 'control/'],
  ['options/', 'memory/', 'module-types/'],
  ['recipe/', 'guest-types/'],
  ['host-module/', 'blocking/', 'plugin-file/'],
  ['trace/', 'plugin-trust/', 'plugin-description/'],
  ['plugin/'],
  ['availability/'],
  ['native/prototypes/'],
  ['native/'],
  ['native/plugins/', 'wasi/'],
  ['engines/'],
  ['engines/v8/', 'engines/wasmedge/'],
  ['aot/'],
  ['runtime/'],
  ['placements/interface/'],
  ['placements/protocol/'],
  ['placements/member/', 'placements/caller/'],
  ['placements/'],
  ['placements/pool/'],
  ['index.ts', 'guests.ts', 'plugins.ts', 'any-helper.ts', 'run.ts'],
];

const plugins = publicPackages().flatMap(({ folder, manifest: { wasmedgePlugin } }) =>
  wasmedgePlugin === undefined ? [] : [{ folder: basename(folder), ...wasmedgePlugin }],
);

/**
 * The packages, each with those that it imports from: a plug-in from core, a backend also from its plug-in, as package.json says which it is.
 * The command loads the others when it is told to, without an import of theirs.
 * @type {Record<string, string[]>}
 */
const packages = {
  core: [],
  conformance: ['core'],
  cli: ['core', 'conformance'],
  unplugin: ['core'],
  ...Object.fromEntries(
    plugins.map(({ folder, backendOf }) => [
      folder,
      ['core', ...plugins.filter(({ name }) => name === backendOf).map((plugin) => plugin.folder)],
    ]),
  ),
};

/** Tests and what only they use; `differential` compares WASI with wasmtime, `specification` the engines with WebAssembly's tests. */
const tests = [
  '[.]test(-d)?[.]ts$',
  '/__fixtures__/',
  '^packages/core/src/(wasi/differential|engines/specification)/',
];
const suites = '^packages/[^/]+/conformance/';

const severity = /** @type {const} */ ('error');

const coreModules = coreLines.flat();

/** The files of a module of core, without those of modules inside it. @param {string} module */
function filesOf(module) {
  const inner = coreModules.filter((other) => other !== module && other.startsWith(module));
  const others = inner.map((other) => `(?!${other.slice(module.length)})`);
  return `^packages/core/src/${module}${others.join('')}`;
}

const coreRules = coreLines.flatMap((line, index) =>
  line.map((module) => {
    const lower = coreLines.slice(0, index).flat();
    return {
      name: `core/${module} looks up`,
      comment: `It may import from: ${lower.join(', ') || 'nothing'}.`,
      severity,
      from: { path: filesOf(module), pathNot: tests },
      to: { path: '^packages/core/src/', pathNot: [module, ...lower].map(filesOf) },
    };
  }),
);

const packageRules = Object.entries(packages).flatMap(([name, others]) => [
  {
    name: `${name} imports another package`,
    comment: `It may import from: ${others.join(', ') || 'none'}.`,
    severity,
    from: { path: `^packages/${name}/src/`, pathNot: tests },
    to: { path: '^@wasmedge-plugins/', pathNot: `^@wasmedge-plugins/(${others.join('|')})(/|$)` },
  },
  {
    name: `a test of ${name} imports another package`,
    comment: `Besides itself and @wasmedge-plugins/conformance, it may import from: ${others.join(', ') || 'none'}.`,
    severity,
    from: { path: `^packages/${name}/(src|conformance)/` },
    to: {
      path: '^@wasmedge-plugins/',
      pathNot: `^@wasmedge-plugins/(${[name, 'conformance', ...others].join('|')})(/|$)`,
    },
  },
]);

/** What the packages publish, as it is imported. */
const entries = Object.keys(packages).flatMap((name) => {
  const manifest = JSON.parse(
    readFileSync(new URL(`packages/${name}/package.json`, import.meta.url), 'utf8'),
  );
  return Object.keys(manifest.exports ?? {}).map((entry) => `^${manifest.name}${entry.slice(1)}$`);
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...coreRules,
    {
      name: 'a module of core without a line',
      comment: 'Say in .dependency-cruiser.mjs how high it is.',
      severity,
      from: { path: '^packages/core/src/', pathNot: [...coreModules.map(filesOf), ...tests] },
      to: {},
    },
    ...packageRules,
    {
      name: 'a package without arrows',
      comment: 'Say in .dependency-cruiser.mjs what it imports from.',
      severity,
      from: { path: '^packages/', pathNot: `^packages/(${Object.keys(packages).join('|')})/` },
      to: {},
    },
    {
      name: 'the inside of a package',
      comment: "Import what the package publishes, by the package's name.",
      severity,
      from: { path: '^(packages/[^/]+|tools|examples)/' },
      to: { path: '^packages/', pathNot: '^$1/' },
    },
    {
      name: 'an entry that no package has',
      comment: 'Import what the package publishes: the entries under "exports" in its package.json.',
      severity,
      from: {},
      to: { path: '^@wasmedge-plugins/', pathNot: entries },
    },
    {
      name: 'a circle',
      comment: 'Let what two modules share, also if it is only a type, have a file below both.',
      severity,
      from: {},
      to: { circular: true },
    },
    {
      name: 'koffi outside of native',
      comment:
        'C functions are bound in packages/core/src/native; other packages get koffi from @wasmedge-plugins/core/native.',
      severity,
      from: { path: '^packages/', pathNot: '^packages/core/src/native/' },
      to: { path: '(^|/node_modules/)koffi(/|$)' },
    },
    {
      name: 'an index from inside',
      comment: "Import the file that has it: index.ts is for the package's users, and for its tests.",
      severity,
      from: { path: '^packages/[^/]+/(src|conformance)/', pathNot: tests },
      to: { path: '^packages/.*/index[.]ts$' },
    },
    {
      name: 'a test in the source',
      comment: 'What is published must not need the tests.',
      severity,
      from: { path: '^packages/[^/]+/src/', pathNot: tests },
      to: { path: [...tests, suites] },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)(node_modules|dist|target)(/|$)' },
    tsPreCompilationDeps: true,
    // Packages are left as they are named, so that nothing needs to be built.
    enhancedResolveOptions: { exportsFields: [], mainFields: [], mainFiles: ['none'] },
  },
};
