// @ts-check
// The documentation's examples are real. A ```ts block is type-checked and run ("ts no-run": type-checked only), a ```sh block
// names only scripts and options that exist ("sh run": it is run as well), and a block with "example=FILE" is that file of
// examples/. The page on troubleshooting explains every error code, and links between pages lead somewhere.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolEnvironment } from '../lib/dependencies.mjs';
import { publicAddress } from '../lib/public-address.mjs';
import { exampleFolders, publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { captureAsync } from '../lib/run.mjs';
import { startExampleNetwork } from './example-network.mjs';
import { startExampleServer } from './example-server.mjs';
import { addExampleFiles, compileExamples, linkCheckout, runExample, writeExamples } from './examples.mjs';
import { flagValue, readPage } from './markdown.mjs';
import { lacking } from './needs.mjs';
import { checkShell } from './shell-examples.mjs';

const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-docs-'));
const pages = [
  ...filesOf(repositoryRoot, { recursive: false }),
  ...filesOf(join(repositoryRoot, 'docs')),
  ...publicPackages().map((entry) => join(entry.folder, 'README.md')),
  ...exampleFolders().map((example) => join(example, 'README.md')),
]
  .filter((path) => path.endsWith('.md') && existsSync(path))
  .map((path) => {
    const name = relative(repositoryRoot, path);
    const page = readPage(readFileSync(path, 'utf8'));
    // Commands of an example run in its folder.
    const isOfExample = exampleFolders().includes(dirname(path));
    const cwd = isOfExample ? join(folder, basename(dirname(path))) : folder;
    return { ...page, name, path, cwd, examples: writeExamples(folder, name, page.blocks) };
  });
const network = await startExampleNetwork();
const server = await startExampleServer();

beforeAll(() => {
  linkCheckout(folder);
  addExampleFiles(folder);
});
afterAll(async () => {
  network.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every TypeScript example passes a strict type check', async () => {
  expect(await compileExamples(folder)).toBe('');
  expect(pages.flatMap(({ examples }) => examples).length).toBeGreaterThan(40);
});

describe.each(pages)('$name', ({ name, path, blocks, links, examples, cwd }) => {
  test('links lead somewhere', () => {
    const address = `${publicAddress()}/`;
    const file = (/** @type {string} */ link) =>
      link.startsWith(address)
        ? join(repositoryRoot, link.slice(address.length).replace(/^(blob|tree)\/main\//, ''))
        : join(dirname(path), link);
    const targets = links
      .filter((link) => link.startsWith(address) || !/^(\w+:|#)/.test(link))
      .map((link) => link.replace(/#.*/, ''))
      .filter((link) => !['issues', 'security/advisories/new'].some((page) => link === `${address}${page}`));
    expect(targets.filter((target) => !existsSync(file(target)))).toEqual([]);
    // The page of a package on its registry has no files beside it.
    if (name.startsWith('packages/')) expect(links.filter((link) => !/^(https:|#)/.test(link))).toEqual([]);
  });
  const shown = blocks.filter((block) => flagValue(block, 'example') !== undefined);
  test('says which package has the command', () => {
    // `npx` would look for a package of the command's name.
    const page = readFileSync(path, 'utf8');
    if (page.includes('npx wasmedge-plugins') && !/^(examples\/|CONTRIBUTING)/.test(name))
      expect(page).toContain('@wasmedge-plugins/cli');
  });

  test.for(shown)('line $line shows the file of the example', (block) => {
    const file = join(repositoryRoot, 'examples', flagValue(block, 'example') ?? '');
    expect(block.code).toBe(readFileSync(file, 'utf8'));
  });
  const runs = examples.filter((example) => example.runs);
  test.concurrent.for(runs)('$where runs', async (example, { skip }) => {
    const reason = lacking(example);
    if (reason !== undefined) return skip(reason);
    const { code, output } = await runExample(example, folder, network.environment, server.addressIn);
    expect(code, output).toBe(0);
  });
  const shell = blocks.filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language));
  test.concurrent.for(shell)('line $line names commands that exist', (block) => {
    expect(checkShell(block.code)).toEqual([]);
  });
  // One after the other: several of a page may write the same file.
  test.for(shell.filter(({ flags }) => flags.includes('run')))('line $line can be run', async (block) => {
    const options = { cwd, env: toolEnvironment(), timeoutMs: 300_000 };
    const { code, output } = await captureAsync('sh', ['-e', '-c', block.code], options);
    expect(code, output).toBe(0);
  });
});

test('docs/troubleshooting.md explains every error code, once', () => {
  const explained = pages.find(({ name }) => name === 'docs/troubleshooting.md')?.errorCodes ?? [];
  const sources = publicPackages().flatMap((entry) => filesOf(join(entry.folder, 'src')));
  const defined = sources
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/readonly code = '(ERR_\w+)'/g)])
    .map(([, code = '']) => code);
  expect(explained.toSorted()).toEqual([...new Set(defined)].sort());
});

/** @param {string} root */
function filesOf(root, { recursive = true } = {}) {
  return readdirSync(root, { recursive, encoding: 'utf8' }).map((file) => join(root, file));
}
