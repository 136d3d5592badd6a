// @ts-check
// npm run reference: makes the reference of all packages from their public comments, as pages and as JSON for the site,
// in dist-reference/. It fails when something public has no comment, when it names a type that is not exported, when a
// link leads nowhere, and when a comment leaves out what reference/comment-rules.mjs asks for. It reads sources, so
// nothing has to be built.
import { join, relative } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import { ensureDependencies } from './lib/dependencies.mjs';
import { publicPackages, repositoryRoot } from './lib/repository.mjs';
import { commentProblems } from './reference/comment-rules.mjs';
import { entryPoints, sourcePaths } from './reference/entry-points.mjs';

await ensureDependencies();
const entries = entryPoints();
const packages = publicPackages().map(({ name }) => name);
const app = await Application.bootstrap({
  name: 'WasmEdge plug-ins for Node.js',
  entryPoints: entries.map(({ file }) => file),
  tsconfig: join(repositoryRoot, 'tools/reference/tsconfig.json'),
  compilerOptions: { paths: sourcePaths(entries) },
  packagesRequiringDocumentation: packages,
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
for (const name of packages) {
  project.packageName = name;
  app.validate(project);
}
delete project.packageName;
const problems = commentProblems(
  program,
  entries.map(({ file }) => file),
);
for (const { file, line, problem } of problems) {
  console.error(`${relative(repositoryRoot, file)}:${line}: ${problem}.`);
}

const found = app.logger.errorCount + app.logger.warningCount + problems.length;
if (found > 0) {
  console.error(`The public comments have ${found} gaps.`);
  process.exitCode = 1;
} else {
  const folder = join(repositoryRoot, 'dist-reference');
  await app.generateDocs(project, folder);
  await app.generateJson(project, join(folder, 'reference.json'));
}
