// @ts-check
// npm run install:check [-- package ...]: installs each package with core and what else it needs, in an empty project, with npm.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, ensureDependencies } from './lib/dependencies.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { checkInstallation, checkMissingPeer } from './packaging/check-installation.mjs';
import { packAll } from './packaging/pack.mjs';

await ensureDependencies();
await build();
const wanted = process.argv.slice(2);
const tarballs = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-tarballs-'));
try {
  const packages = packAll(repositoryRoot, tarballs);
  let failed = false;
  for (const packed of packages) {
    if (wanted.length > 0 && !wanted.some((name) => packed.name.endsWith(`/${name}`))) continue;
    const problems = [...checkInstallation(packed, packages), ...checkMissingPeer(packed)];
    console.log(`${packed.name}: ${problems.length === 0 ? 'installs and works alone' : 'FAILED'}`);
    for (const problem of problems) console.error(`  ${problem.replaceAll('\n', '\n  ')}`);
    failed ||= problems.length > 0;
  }
  process.exitCode = failed ? 1 : 0;
} finally {
  rmSync(tarballs, { recursive: true, force: true });
}
