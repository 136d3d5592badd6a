// @ts-check
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPage } from './markdown.mjs';
import { installedByPage, isTyped, typePage } from './typed-page.mjs';

const fence = '```';
const block = (/** @type {string} */ words, /** @type {string} */ code) =>
  `${fence}${words}\n${code}\n${fence}\n\n`;

function follow(/** @type {string} */ page) {
  const folder = mkdtempSync(join(tmpdir(), 'typed-page-'));
  const asInstalled = (/** @type {string} */ line) => `echo ${line.toUpperCase()}`;
  const environmentOf = () => process.env;
  return { folder, done: typePage(readPage(page).blocks, { folder, environmentOf, asInstalled }) };
}

test('files are written, commands run, and their output is compared', async () => {
  const page =
    block('js file=src/a.mjs', 'console.log(6 * 7);') +
    block('sh typed', 'node src/a.mjs') +
    block('text output', '42') +
    block('sh', 'false');
  const { folder, done } = follow(page);
  expect(await done).toEqual([]);
  expect(readFileSync(join(folder, 'src/a.mjs'), 'utf8')).toBe('console.log(6 * 7);\n');
});

test('a command that fails, or prints something else, is told with its line', async () => {
  await expect(follow(block('sh typed', 'echo no >&2; exit 3')).done).rejects.toThrow(
    /^Line 1 ended with 3:.*no/s,
  );
  const other = block('sh typed', 'echo 41') + block('text output', '42');
  await expect(follow(other).done).rejects.toThrow(/^Line 5 says that this is printed:\n42\nIt is:\n41\n$/);
});

test('packages that are installed are replaced by those to test', async () => {
  const page =
    block('sh typed', 'npm install @wasmedge-plugins/core x') +
    block('text output', 'NPM INSTALL @WASMEDGE-PLUGINS/CORE X');
  await follow(page).done;
  expect(installedByPage(readPage(page).blocks)).toEqual(['@wasmedge-plugins/core']);
  expect([isTyped(readPage(page).blocks), isTyped(readPage(block('sh', 'ls')).blocks)]).toEqual([
    true,
    false,
  ]);
});

test('a server stays until the end, on a port of its own', async () => {
  const program = `require('node:http').createServer((_, to) => to.end('here')).listen(8080, () => console.log('on'));`;
  const ask = `fetch('http://localhost:8080').then((it) => it.text()).then(console.log)`;
  const page =
    block('js file=server.cjs', program) +
    block('sh typed serve', 'node server.cjs') +
    block('sh typed', `node -e "${ask}"`) +
    block('text output', 'here');
  expect(await follow(page).done).toEqual([]);
  await expect(follow(block('sh typed serve', 'node none.cjs')).done).rejects.toThrow(/The server of line 1/);
});

test('what needs a tool that is not there is left out, and what is not known is a mistake', async () => {
  await expect(follow(block('sh typed needs=typo', 'true')).done).rejects.toThrow('needs=typo: known are');
});
