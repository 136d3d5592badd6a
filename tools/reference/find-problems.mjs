// @ts-check
import { relative } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';
import { commentProblems } from './comment-rules.mjs';

/**
 * Tells what the public comments leave out: when something public has none, when one names a type that is not exported, when a link leads
 * nowhere, and when one leaves out what comment-rules.mjs asks for.
 * @param {Awaited<ReturnType<typeof import('./project.mjs').readProject>>} read
 * @returns {number} how much was found
 */
export function findProblems({ app, program, project, packages, files }) {
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
  if (found > 0) console.error(`The public comments leave something out: ${found} found.`);
  return found;
}
