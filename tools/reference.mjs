// @ts-check
// npm run reference: makes the reference of all packages from their public comments, as pages and as JSON for the site,
// in dist-reference/. It fails when something public has no comment, when it names a type that is not exported, when a
// link leads nowhere, and when a comment leaves out what reference/comment-rules.mjs asks for. It reads sources, so
// nothing has to be built.
import { readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import { ensureDependencies } from './lib/dependencies.mjs';
import { publicPackages, repositoryRoot } from './lib/repository.mjs';
import { commentProblems } from './reference/comment-rules.mjs';

await ensureDependencies();
const packages = publicPackages();
// What users can import from the packages, as it is imported, and its source: every entry of `exports` that has types.
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
project.children?.sort((a, b) => (a.name < b.name ? -1 : 1));

app.options.setValue('validation', { notDocumented: true, invalidLink: true, notExported: false });
app.validate(project);
// TypeDoc looks for types that are not exported in the project's own package only.
app.options.setValue('validation', { notDocumented: false, invalidLink: false, notExported: true });
for (const { name } of packages) {
  project.packageName = name;
  app.validate(project);
}
delete project.packageName;
const problems = commentProblems(program, files);
for (const problem of problems) console.error(`${relative(repositoryRoot, problem)}.`);

const found = app.logger.errorCount + app.logger.warningCount + problems.length;
if (found > 0) {
  console.error(`The public comments leave something out: ${found} found.`);
  process.exitCode = 1;
} else {
  const folder = join(repositoryRoot, 'dist-reference');
  await app.generateDocs(project, folder);
  await app.generateJson(project, join(folder, 'reference.json'));
}
