// @ts-check
// Run by "npm run version-packages" after changesets: a package asks for the core it was released with or a newer
// one. Changesets keeps a range that still fits, and calls it a major change when a peer leaves its range; so the
// range reaches to 1.0.0 and its lower end moves here.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages } from '../lib/repository.mjs';

for (const { folder, version } of publicPackages(process.cwd())) {
  const path = join(folder, 'package.json');
  const range = `"workspace:>=${version} <${Number.parseInt(version, 10) + 1}.0.0"`;
  writeFileSync(path, readFileSync(path, 'utf8').replace(/"workspace:>=[^"]*"/g, range));
}
