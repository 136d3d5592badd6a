// @ts-check
// node tools/workflows.mjs: looks at the workflows in .github with actionlint, which Go makes once, and at how they name actions.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeFolder } from './lib/cache.mjs';
import { repositoryRoot } from './lib/repository.mjs';
import { capture, main, run } from './lib/run.mjs';

const version = '1.7.12';
const folder = cacheFolder(`actionlint-${version}`);
const program = join(folder, process.platform === 'win32' ? 'actionlint.exe' : 'actionlint');

await main(async () => {
  const loose = looseActions();
  for (const line of loose) console.error(`${line}: name its commit, with the version in a comment.`);
  const reason = existsSync(program) ? undefined : await makeFolder(folder, makeActionlint);
  if (reason !== undefined) {
    console.error(`actionlint did not look at the workflows: ${reason}.`);
    return loose.length > 0 || process.env.CI === 'true' ? 1 : 0;
  }
  // Not what else it would start, which is not on every machine.
  const code = await run(program, ['-shellcheck=', '-pyflakes=']);
  return code || Math.min(loose.length, 1);
});

/** @param {string} unfinished @returns {Promise<string | undefined>} why it cannot be made */
async function makeActionlint(unfinished) {
  if (capture('go', ['version']).code !== 0) return 'Go, which makes it, is not installed (golang-go)';
  mkdirSync(unfinished, { recursive: true });
  const env = { ...process.env, GOBIN: unfinished, GOTOOLCHAIN: 'auto', GOFLAGS: '' };
  const { code, output } = capture(
    'go',
    ['install', `github.com/rhysd/actionlint/cmd/actionlint@v${version}`],
    { env },
  );
  return code === 0 ? undefined : `"go install" failed: ${output.trim()}`;
}

/** Uses of actions by a tag, which their owner can move. @returns {string[]} */
function looseActions() {
  const workflows = join(repositoryRoot, '.github/workflows');
  return readdirSync(workflows).flatMap((file) =>
    readFileSync(join(workflows, file), 'utf8')
      .split('\n')
      .filter((line) => /^\s*(- )?uses: (?!\.\/)/.test(line) && !/@[\da-f]{40} # v\d/.test(line))
      .map((line) => `.github/workflows/${file}: ${line.trim()}`),
  );
}
