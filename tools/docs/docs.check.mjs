// @ts-check
// The documentation's examples are real. A ```ts block is type-checked and run ("ts no-run": type-checked only), a ```sh block
// names only scripts and options that exist ("sh run": it is run as well), and a block with "example=FILE" is that file of
// examples/. The page on troubleshooting explains every error code, and links between pages lead somewhere.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicPackages, repositoryRoot } from '../lib/repository.mjs';
import { addExampleFiles, addExampleProjects, linkPackages } from './example-folder.mjs';
import { startExampleNetwork } from './example-network.mjs';
import { compileExamples, lacking, runExample, writeExamples } from './examples.mjs';
import { flagValue, readPage } from './markdown.mjs';
import { checkShell, runShell } from './shell-examples.mjs';

const folder = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-docs-'));
const pages = markdownFiles().map((path) => {
  const name = relative(repositoryRoot, path);
  const page = readPage(readFileSync(path, 'utf8'));
  return { ...page, name, path, examples: writeExamples(folder, name, page.blocks) };
});
const network = await startExampleNetwork();

beforeAll(async () => {
  linkPackages(folder);
  await addExampleFiles(folder);
  addExampleProjects(folder);
});
afterAll(() => {
  network.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every TypeScript example passes a strict type check', async () => {
  expect(await compileExamples(folder)).toBe('');
  expect(pages.flatMap(({ examples }) => examples).length).toBeGreaterThan(40);
});

describe.each(pages)('$name', ({ path, blocks, links, examples }) => {
  test('links lead somewhere', () => {
    const targets = links.filter((link) => !/^(\w+:|#)/.test(link)).map((link) => link.replace(/#.*/, ''));
    expect(targets.filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
  });
  const shown = blocks.filter((block) => flagValue(block, 'example') !== undefined);
  test.for(shown)('line $line shows the file of the example', (block) => {
    const file = join(repositoryRoot, 'examples', flagValue(block, 'example') ?? '');
    expect(block.code).toBe(readFileSync(file, 'utf8'));
  });
  const runs = examples.filter((example) => example.runs);
  test.concurrent.for(runs)('$where runs', async (example, { skip }) => {
    const reason = lacking(example);
    if (reason !== undefined) return skip(reason);
    const { code, output } = await runExample(example, folder, network.environment);
    expect(code, output).toBe(0);
  });
  const shell = blocks.filter(({ language }) => ['sh', 'bash', 'shell', 'console'].includes(language));
  test.concurrent.for(shell)('line $line names commands that exist', async ({ code, flags }) => {
    expect(checkShell(code)).toEqual([]);
    if (!flags.includes('run')) return;
    const result = await runShell(code, folder);
    expect(result.code, result.output).toBe(0);
  });
});

test('docs/troubleshooting.md explains every error code, once', () => {
  const explained = pages.find(({ name }) => name === 'docs/troubleshooting.md')?.errorCodes ?? [];
  expect(explained.toSorted()).toEqual([...new Set(definedCodes())].sort());
});

/** Every page of the checkout that its readers see. */
function markdownFiles() {
  const docs = join(repositoryRoot, 'docs');
  const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).map((file) => join(docs, file));
  const roots = readdirSync(repositoryRoot).map((file) => join(repositoryRoot, file));
  const readmes = publicPackages().map((entry) => join(entry.folder, 'README.md'));
  return [...roots, ...pages, ...readmes].filter((file) => file.endsWith('.md') && existsSync(file));
}

function definedCodes() {
  return publicPackages().flatMap(({ folder: root }) =>
    readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /(?<!\.test)\.ts$/.test(file))
      .flatMap((file) => [
        ...readFileSync(join(root, 'src', file), 'utf8').matchAll(/readonly code = '(ERR_\w+)'/g),
      ])
      .map(([, code = '']) => code),
  );
}
