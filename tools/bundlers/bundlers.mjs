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

/** What stays outside of every bundle, and of those without our packages. */
const outside = { alone: /^koffi$/, external: /^(koffi|@wasmedge-plugins\/.*)$/ };
const builtIn =
  /^node:|^(assert|async_hooks|buffer|crypto|diagnostics_channel|events|fs|http|https|module|net|os|path|stream|tls|url|util|worker_threads|zlib)(\/|$)/;

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

const withRollup = (format) => async (project, mode, file, folder) => {
  const bundle = await rollup({
    input: project,
    external: [outside[mode], builtIn],
    plugins: [nodeResolve({ exportConditions: ['node'], preferBuiltins: true }), commonjs()],
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

const withVite = () => (project, mode, _file, folder) =>
  vite.build({
    configFile: false,
    logLevel: 'error',
    root: join(project, '..'),
    ssr: {
      noExternal: mode === 'alone' ? true : undefined,
      external: mode === 'alone' ? ['koffi'] : undefined,
    },
    build: {
      ssr: project,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { external: [outside[mode]], output: { entryFileNames: 'program.mjs' } },
    },
  });

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
        else if (stats.hasErrors()) reject(new Error(stats.toString({ all: false, errors: true })));
        else resolve(undefined);
      },
    );
  });

/** The bundlers with their formats. */
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
    for (const mode of Object.keys(outside)) {
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
