// @ts-check
// npm run release:check: rehearses a release in a copy of the checkout: versions, tarballs, linters, publishing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { checkPackage } from './packaging/check-package.mjs';
import { packAll } from './packaging/pack.mjs';
import { makeRehearsalCopy } from './packaging/rehearsal-copy.mjs';
import { applyChangesets, rehearseMinorOfCore } from './packaging/rehearse-versions.mjs';

await ensureDependencies();
await build();
const copy = makeRehearsalCopy();
const tarballs = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-tarballs-'));
try {
  const problems = applyChangesets(copy);
  for (const packed of packAll(copy, tarballs)) {
    console.log(`${packed.name} ${packed.version}: ${packed.files.length} files`);
    problems.push(...checkPackage(packed));
  }
  problems.push(...rehearseMinorOfCore(copy));
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'The release rehearsal passed.' : `${problems.length} problems.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
  rmSync(tarballs, { recursive: true, force: true });
}
