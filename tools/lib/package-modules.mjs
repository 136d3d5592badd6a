// @ts-check

/**
 * What the packages of one kind have in common, by paths in the package. `*` stands for the package's name in a path.
 * @typedef {{ required: readonly string[], allowed: readonly RegExp[] }} Kind
 */

const conformance = [
  /^conformance\/(broken|cases|drive|fuzz|guests|models|native|servers|vectors)\//,
  /^conformance\/certificates\/[^/]+\.(pem|mjs)$/,
  /^conformance\/[^/]+\.wasm$/,
];

/** @type {Readonly<Record<'plug-in package' | 'backend', Kind>>} */
export const kinds = {
  'plug-in package': {
    required: [
      'package.json',
      'README.md',
      'tsconfig.json',
      'tsup.config.ts',
      'vitest.config.ts',
      'src/index.ts',
      'src/plugin.ts',
      'src/options.ts',
      'src/abi.ts',
      'src/errors.ts',
      'src/platforms.ts',
      'src/cli.ts',
      'src/client/create-?-client.ts',
      'src/client/create-?-client.test.ts',
      'src/embedded/host-functions.ts',
      'src/abi.test.ts',
      'src/plugin.test.ts',
      'src/plugin.test-d.ts',
      'src/*.conformance.test.ts',
      'src/*.broken.test.ts',
      'conformance/suite.ts',
      'conformance/broken/broken-plugin.ts',
    ],
    allowed: [
      /^src\/(client|embedded|__fixtures__)\//,
      // What helper threads load, and how it is named.
      /^src\/(tasks|task-references)\.ts$/,
      // Options that are a matter of their own.
      /^src\/[a-z-]+-options\.ts$/,
      /^src\/\*\.[a-z]+\.test\.ts$/,
      // What stands in for the native plug-in, where WasmEdge released one.
      /^conformance\/build-stand-in\.ts$/,
      ...conformance,
    ],
  },
  backend: {
    required: [
      'package.json',
      'README.md',
      'tsconfig.json',
      'tsup.config.ts',
      'vitest.config.ts',
      'src/index.ts',
      'src/plugin.ts',
      'src/backend.ts',
      'src/source.ts',
      'src/read-config.ts',
      'src/platforms.ts',
      'src/cli.ts',
      'src/library/element-types.ts',
      'src/library/prototypes.ts',
      'src/plugin.test.ts',
      'src/plugin.test-d.ts',
      'src/session.test.ts',
      'src/*.conformance.test.ts',
      'src/*.broken.test.ts',
      'conformance/suite.ts',
      'conformance/models.ts',
      'conformance/build-stand-in.ts',
      'conformance/broken/broken-plugin.ts',
    ],
    allowed: [
      /^src\/(library|__fixtures__)\//,
      /^src\/(graph|execution-context)\.ts$/,
      // What a session holds, and what the library may do to the process.
      /^src\/(memory|process)\.test\.ts$/,
      ...conformance,
    ],
  },
};

/**
 * Compares the modules of a package with what packages of its kind have.
 * @param {keyof typeof kinds} kindName
 * @param {string} name name of the package without its scope
 * @param {readonly string[]} files paths in the package, with `/`
 * @param {readonly RegExp[]} [own] what this package alone has
 * @returns {string[]} what is missing, and what is named otherwise
 */
export function moduleProblems(kindName, name, files, own = []) {
  const { required, allowed } = kinds[kindName];
  const general = files.map((file) => file.replace(`/${name}.`, '/*.'));
  const patterns = required.map((path) => ({ path, pattern: patternOf(path) }));
  const missing = patterns
    .filter(({ pattern }) => !general.some((file) => pattern.test(file)))
    .map(({ path }) => `${name} lacks ${path.replace('*', name)}, which every ${kindName} has`);
  const known = [...patterns.map(({ pattern }) => pattern), ...allowed, ...own];
  // A test lies beside the module that it tests.
  const isBeside = (/** @type {string} */ file) =>
    /\.test(-d)?\.ts$/.test(file) && general.includes(file.replace(/\.test(-d)?\.ts$/, '.ts'));
  const others = general
    .filter((file) => /^(src|conformance)\//.test(file) && !isBeside(file))
    .filter((file) => !known.some((pattern) => pattern.test(file)))
    .map((file) => `${name} has ${file.replace('*', name)}, which no ${kindName} has`);
  return [...missing, ...others];
}

/** `?` stands for some words. @param {string} path */
function patternOf(path) {
  return new RegExp(`^${path.replace(/[.*/-]/g, '\\$&').replace('?', '[a-z-]+')}$`);
}
