// @ts-check
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import { addressOf } from '../lib/public-address.mjs';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';

/**
 * What TypeDoc reads of all packages: what users can import from them, as it is imported. It reads sources, so nothing has to be built.
 * @param {Partial<import('typedoc').TypeDocOptions>} [options] others of TypeDoc
 * @throws {Error} when the packages cannot be read
 */
export async function readProject(options = {}) {
  const packages = publicPackages();
  // Every entry of `exports` that has types, and its source.
  const entries = packages.flatMap(({ folder, name, manifest }) => {
    const config = readFileSync(join(folder, 'tsup.config.ts'), 'utf8');
    const built = [...config.matchAll(/([\w-]+)'?: '((?:src|conformance)\/[^']+\.ts)'/g)];
    const typed = Object.entries(manifest.exports).filter(([, target]) => target.types);
    return typed.map(([subpath, { types }]) => {
      const source = built.find(([, entry]) => entry === basename(types, '.d.ts'))?.[2];
      if (source === undefined) throw new Error(`${folder}/tsup.config.ts has no entry for ${types}.`);
      return { name: join(name, subpath), file: join(folder, source) };
    });
  });
  const files = entries.map(({ file }) => file);
  const app = await Application.bootstrap({
    name: 'WasmEdge plug-ins for Node.js',
    entryPoints: files,
    tsconfig: join(repositoryRoot, 'tools/reference/tsconfig.json'),
    // Packages read each other's sources.
    compilerOptions: { paths: Object.fromEntries(entries.map(({ name, file }) => [name, [file]])) },
    packagesRequiringDocumentation: packages.map(({ name }) => name),
    readme: 'none',
    // The same links from every checkout, a copy without Git too.
    disableGit: true,
    basePath: repositoryRoot,
    sourceLinkTemplate: `${addressOf('{path}')}#L{line}`,
    ...options,
  });
  app.options.setValue('requiredToBeDocumented', [
    ...app.options.getValue('requiredToBeDocumented'),
    'Constructor',
  ]);
  const modules = app.getEntryPoints() ?? [];
  const program = modules[0]?.program;
  if (program === undefined) throw new Error('TypeDoc could not read the packages; the reason is above.');
  const project = app.converter.convert(modules);
  for (const module of project.getReflectionsByKind(ReflectionKind.Module)) {
    const file = program.getSourceFile(/** @type {any} */ (module).sources[0].fullFileName)?.fileName;
    module.name = entries.find((entry) => entry.file === file)?.name ?? module.name;
  }
  return { app, program, project, packages, files };
}
