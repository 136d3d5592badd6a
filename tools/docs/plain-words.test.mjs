// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../lib/repository.mjs';
import { notPlain, withoutComments } from './plain-words.mjs';

/** Files of the repository, without what is installed or built. @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(join(repositoryRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = join(folder, entry.name);
    if (!entry.isDirectory()) return [name];
    return /^(node_modules|dist.*|target|\.git|\.turbo|\.ci)$/.test(entry.name) ? [] : filesIn(name);
  });
const files = filesIn('');

/** @param {string} name */
const read = (name) => readFileSync(join(repositoryRoot, name), 'utf8');

test('pages are written in plain words', () => {
  const pages = files.filter((name) => /(?<!CHANGELOG)\.md$/.test(name));
  expect(pages.length).toBeGreaterThan(100);
  expect(pages.flatMap((name) => notPlain(name, read(name)))).toEqual([]);
});

test('messages and help texts are written in plain words', () => {
  const sources = files.filter((name) => /^packages\/[^/]+\/src\/.*(?<!\.test|\.test-d)\.ts$/.test(name));
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.flatMap((name) => notPlain(name, withoutComments(read(name))))).toEqual([]);
});

test('a phrase is found with its line and a better one, and not in a comment', () => {
  expect(notPlain('a.md', 'First.\nIt waits for ever.\n')).toEqual(['a.md:2: "for ever"; better: forever']);
  expect(notPlain('a.md', 'Leave `engine` away, or leave it out.')).toHaveLength(2);
  expect(notPlain('a.md', 'It waits forever, and is not a file. Omit it.')).toEqual([]);
  const source = "/* for\never */ // so much as\nthrow new Error('It waits for ever.'); // for ever\n";
  expect(notPlain('a.ts', withoutComments(source))).toEqual(['a.ts:3: "for ever"; better: forever']);
});
