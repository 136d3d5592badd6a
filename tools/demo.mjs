// @ts-check
// npm run demo: real guests through the process plug-in, on every engine that is here.
import { build, ensureDependencies } from './lib/dependencies.mjs';

try {
  await ensureDependencies();
  await build(['@wasmedge-plugins/process...']);
  const { runGuests } = await import('./demo/run-guests.mjs');
  const { rows, notRun } = await runGuests();
  console.table(rows);
  for (const line of notRun) console.log(`\n${line}`);
  if (rows.some((row) => row.answer !== 'as expected')) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
