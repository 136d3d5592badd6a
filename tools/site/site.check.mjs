// @ts-check
// The site as its readers have it: no link is dead, and in a real browser pages load without an error, the search finds, and a phone shows
// everything without scrolling sideways.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../lib/repository.mjs';
import { findChromium } from '../setup/chromium.mjs';
import { documentationPages } from './pages.mjs';
import { serveFolder } from './serve.mjs';
import { deadLinks, readSite, searchTargets } from './site-links.mjs';

const folder = join(repositoryRoot, 'dist-site');
const pages = readSite(folder);

describe('the files', () => {
  test('have every page of the documentation, and the reference', () => {
    const of = (/** @type {string} */ kind) =>
      [...pages.keys()].filter((path) => path.startsWith(`${kind}/`));
    expect(of('documents')).toHaveLength(documentationPages().length);
    expect(pages.has('functions/_wasmedge-plugins_core.createRuntime.html')).toBe(true);
    expect(pages.has('index.html')).toBe(true);
  });

  test('name the class of each error that is thrown', () => {
    const { links } = pages.get('functions/_wasmedge-plugins_core.createRuntime.html') ?? { links: [] };
    expect(links).toContain('../classes/_wasmedge-plugins_core.LibraryNotFoundError.html');
  });

  test('have no link that leads nowhere', () => {
    expect(deadLinks(pages, (path) => existsSync(join(folder, path)))).toEqual([]);
  });

  test('have a search that leads to pages', () => {
    const targets = searchTargets(folder);
    expect(targets.length).toBeGreaterThan(1000);
    expect(targets.filter((target) => !pages.has(target.replace(/#.*/, '')))).toEqual([]);
  });
});

const browserPath = findChromium();
const mustBeThere = process.env.CI === 'true';

describe.skipIf(browserPath === undefined && !mustBeThere)('in Chromium', () => {
  const profile = mkdtempSync(join(tmpdir(), 'wasmedge-plugins-browser-'));
  /** @type {Awaited<ReturnType<typeof serveFolder>>} */
  let server;
  /** @type {import('playwright-core').BrowserContext} */
  let browser;
  /** @type {string[]} */
  let faults = [];

  beforeAll(async () => {
    server = await serveFolder(folder);
    browser = await chromium.launchPersistentContext(profile, {
      executablePath: browserPath ?? 'chromium',
      headless: true,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    browser.on('page', watch);
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  /** Notes what a reader's console would show, and requests that leave the site. @param {import('playwright-core').Page} page */
  function watch(page) {
    page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) faults.push(`${response.url()}: ${response.status()}`);
    });
    page.on('request', (request) => {
      if (!/^(data:|about:)/.test(request.url()) && !request.url().startsWith(server.address))
        faults.push(`${page.url()}: asks ${request.url()}`);
    });
  }

  /** @param {{ width: number, height: number }} viewport @param {string} [path] */
  async function open(viewport, path = '') {
    faults = [];
    const page = await browser.newPage();
    await page.setViewportSize(viewport);
    await page.goto(`${server.address}${path}`);
    return page;
  }
  const desk = { width: 1280, height: 900 };
  const phone = { width: 390, height: 844 };

  test.each([
    ['a function of the API', 'createRuntime', /functions\/_wasmedge-plugins_core\.createRuntime\.html/],
    [
      'a class of a plug-in',
      'CommandNotAllowedError',
      /classes\/_wasmedge-plugins_process\.CommandNotAllowedError/,
    ],
    ['a word of the documentation', 'debootstrap', /documents\/Contributing\.html/],
    ['a page by its title', 'Troubleshooting', /documents\/Troubleshooting\.html/],
  ])('the search finds %s', async (_what, word, target) => {
    const page = await open(desk);
    await page.locator('#tsd-search-trigger').click();
    await page.locator('#tsd-search-input').fill(word);
    const link = page.locator('#tsd-search-results a').filter({ visible: true });
    await link.first().waitFor();
    const hrefs = await link.evaluateAll((all) =>
      all.map((each) => /** @type {HTMLAnchorElement} */ (each).href),
    );
    expect(
      hrefs.slice(0, 5).find((href) => target.test(href)),
      hrefs.join('\n'),
    ).toBeDefined();
    await link.nth(hrefs.findIndex((href) => target.test(href))).click();
    await page.waitForURL(target);
    expect(await page.locator('h1').first().textContent()).not.toBe('');
    expect(faults).toEqual([]);
    await page.close();
  });

  test('the navigation leads to the guides and the packages', async () => {
    const page = await open(desk);
    const links = page.locator('.tsd-navigation a');
    await links.filter({ hasText: 'Security model' }).first().waitFor();
    for (const title of ['Troubleshooting', 'Contributing', '@wasmedge-plugins/core'])
      expect(await links.filter({ hasText: title }).count(), title).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await page.close();
  });

  test('pages load without an error, and fit a phone', async () => {
    const page = await open(phone);
    const wide = [];
    for (const path of looked()) {
      await page.goto(`${server.address}${path}`);
      const [content, screen] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      if (content > screen) wide.push(`${path}: ${content} of ${screen} pixels`);
    }
    expect(wide).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });
});

/** All guides and pages of packages, all modules, and of the rest, which is more of the same, one page in thirty. */
function looked() {
  const isFirst = (/** @type {string} */ path) =>
    /^(documents|modules)\/|^[^/]*$/.test(path) && !path.startsWith('documents/Decisions.');
  const rest = [...pages.keys()].filter((path) => !isFirst(path)).sort();
  return [...[...pages.keys()].filter(isFirst), ...rest.filter((_path, index) => index % 30 === 0)];
}
