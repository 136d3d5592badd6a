// @ts-check
// node bundlers.mjs <folder>: makes the bundles of program.mjs in the folder, with each bundler and format, with everything in it (alone/) and
// without our packages (external/).
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import * as esbuild from 'esbuild';
import { rollup } from 'rollup';
import * as tsup from 'tsup';
import * as vite from 'vite';
import webpack from 'webpack';

/**
 * Makes a bundle.
 * @callback Build
 * @param {string} project the program
 * @param {'alone' | 'external'} mode
 * @param {string} file the bundle
 * @param {string} folder its folder
 * @returns {Promise<unknown>}
 */

/** What stays outside of every bundle, and of those without our packages. */
const outside = { alone: /^koffi$/, external: /^(koffi|@wasmedge-plugins\/.*)$/ };
const builtIn =
  /^node:|^(assert|async_hooks|buffer|crypto|diagnostics_channel|events|fs|http|https|module|net|os|path|stream|tls|url|util|worker_threads|zlib)(\/|$)/;

/** @param {'esm' | 'cjs'} format @returns {Build} */
const withEsbuild = (format) => (project, mode, file) =>
  esbuild.build({
    entryPoints: [project],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format,
    external: ['koffi', ...(mode === 'external' ? ['@wasmedge-plugins/*'] : [])],
    logLevel: 'error',
    // What CommonJS lacks is known: the packages find themselves by other ways.
    logOverride: { 'empty-import-meta': 'silent' },
  });

// Its types are those of its CommonJS.
const commonjsPlugin = /** @type {typeof commonjs.default} */ (/** @type {unknown} */ (commonjs));

/** @param {'es' | 'cjs'} format @returns {Build} */
const withRollup = (format) => async (project, mode, file, folder) => {
  const bundle = await rollup({
    input: project,
    external: [outside[mode], builtIn],
    plugins: [nodeResolve({ exportConditions: ['node'], preferBuiltins: true }), commonjsPlugin()],
    onwarn: () => {},
  });
  const extension = file.slice(file.lastIndexOf('.'));
  await bundle.write({
    dir: folder,
    format,
    entryFileNames: `program${extension}`,
    chunkFileNames: `[name]-[hash]${extension}`,
  });
  await bundle.close();
};

/** @returns {Build} */
const withVite = () => (project, mode, _file, folder) =>
  vite.build({
    configFile: false,
    logLevel: 'error',
    root: join(project, '..'),
    ssr: mode === 'alone' ? { noExternal: true, external: ['koffi'] } : {},
    build: {
      ssr: project,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { external: [outside[mode]], output: { entryFileNames: 'program.mjs' } },
    },
  });

/** @param {'esm' | 'cjs'} format @returns {Build} */
const withTsup = (format) => (project, mode, file, folder) =>
  tsup.build({
    config: false,
    entry: { program: project },
    outDir: folder,
    outExtension: () => ({ js: file.slice(file.lastIndexOf('.')) }),
    format,
    target: 'node20',

    silent: true,
    noExternal: mode === 'alone' ? [/^(?!koffi)/] : [],
    external: [outside[mode]],
  });

/** @returns {Build} */
const withWebpack = () => (project, mode, _file, folder) =>
  new Promise((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        optimization: { minimize: false },
        target: 'node20',
        context: join(project, '..'),
        entry: project,
        output: { path: folder, filename: 'program.cjs', chunkFormat: 'commonjs' },
        externals: ({ request }, done) =>
          outside[mode].test(request)
            ? done(null, request === 'koffi' ? `commonjs koffi` : `import ${request}`)
            : done(),
      },
      (error, stats) => {
        if (error) reject(error);
        else if (stats?.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
        else resolve(undefined);
      },
    );
  });

/** The bundlers with their formats. @type {Readonly<Record<string, { extension: string, build: Build }>>} */
export const bundlers = {
  'esbuild-esm': { extension: '.mjs', build: withEsbuild('esm') },
  'esbuild-cjs': { extension: '.cjs', build: withEsbuild('cjs') },
  'rollup-esm': { extension: '.mjs', build: withRollup('es') },
  'rollup-cjs': { extension: '.cjs', build: withRollup('cjs') },
  'tsup-esm': { extension: '.mjs', build: withTsup('esm') },
  'tsup-cjs': { extension: '.cjs', build: withTsup('cjs') },
  'vite-ssr': { extension: '.mjs', build: withVite() },
  webpack: { extension: '.cjs', build: withWebpack() },
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , folder = '', ...names] = process.argv;
  for (const [name, { extension, build }] of Object.entries(bundlers)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const mode of /** @type {const} */ (['alone', 'external'])) {
      const out = join(folder, mode, name);
      mkdirSync(out, { recursive: true });
      // What it is told by its extension is not to depend on a package around it.
      writeFileSync(join(out, 'package.json'), '{}\n');
      const started = performance.now();
      const file = join(out, `program${extension}`);
      await build(join(folder, 'project/program.mjs'), mode, file, out);
      if (!existsSync(file)) throw new Error(`${name} wrote no ${file}`);
      console.log(`${mode} ${name}: ${Math.round(performance.now() - started)} ms`);
    }
  }
}
