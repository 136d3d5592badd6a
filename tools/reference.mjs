// @ts-check
// npm run reference: finds what the public comments of all packages leave out. "npm run site" does the same, and makes the pages.
import { ensureDependencies } from './lib/dependencies.mjs';
import { main } from './lib/run.mjs';

await main(async () => {
  await ensureDependencies();
  const { readProject } = await import('./reference/project.mjs');
  const { findProblems } = await import('./reference/find-problems.mjs');
  return findProblems(await readProject()) > 0 ? 1 : 0;
});
