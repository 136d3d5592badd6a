// @ts-check
// npm run version-packages: applies the changesets. A package asks for peers by "workspace:^", which a minor of 0.x leaves; changesets would
// make that a major change of every package. All packages get one version anyway, so while it counts the ranges are wide.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publicPackages } from '../lib/repository.mjs';
import { main, run } from '../lib/run.mjs';

const root = process.cwd();
const narrow = '"workspace:^"';
const wide = '"workspace:>=0.0.0"';

await main(async () => {
  replaceRanges(narrow, wide);
  try {
    return await run(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], {
      cwd: root,
    });
  } finally {
    replaceRanges(wide, narrow);
  }
});

/** @param {string} from @param {string} to */
function replaceRanges(from, to) {
  for (const { folder } of publicPackages(root)) {
    const path = join(folder, 'package.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
  }
}
