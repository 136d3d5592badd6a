// @ts-check
import { expect, test } from 'vitest';
import { rewriteLinks } from './rewrite-links.mjs';

const address = 'https://example.org/owner/name';
const pages = ['README.md', 'docs/security.md', 'docs/decisions/README.md', 'packages/core/README.md'];
const site = {
  path: 'packages/core/README.md',
  isPage: (/** @type {string} */ path) => pages.includes(path),
  address,
};

test.each([
  ['another page', '[a](../../docs/security.md#b)', '[a](../../docs/security.md#b)'],
  ['a page by its address', `[a](${address}/blob/main/docs/security.md#b)`, '[a](../../docs/security.md#b)'],
  ['a folder with a page', '[a](../../docs/decisions)', '[a](../../docs/decisions/README.md)'],
  ['the page itself', `[a](${address}/blob/main/packages/core/README.md#b)`, '[a](./README.md#b)'],
  ['a file that is no page', '[a](../../LICENSE)', `[a](${address}/blob/main/LICENSE)`],
  ['a place in the page', '[a](#b)', '[a](#b)'],
  ['another site', '[a](https://example.com/docs/security.md)', '[a](https://example.com/docs/security.md)'],
  ['issues', `[a](${address}/issues)`, `[a](${address}/issues)`],
  [
    'several in a line',
    '[a](../../LICENSE) [../../LICENSE](../../LICENSE)',
    `[a](${address}/blob/main/LICENSE) [../../LICENSE](${address}/blob/main/LICENSE)`,
  ],
  ['code', '`[a](../../LICENSE)`', '`[a](../../LICENSE)`'],
])('a link to %s', (_what, before, after) => {
  expect(rewriteLinks(before, site)).toBe(after);
});
