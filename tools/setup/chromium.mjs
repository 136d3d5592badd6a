// @ts-check
import { existsSync } from 'node:fs';
import { ensurePackages } from './apt.mjs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser that the site is looked at in, if there is one. @returns {string | undefined} */
export function findChromium() {
  return places.find((place) => existsSync(place));
}

/** Makes sure of it; only what looks at the site asks for it. */
export function ensureChromium() {
  return ensurePackages({
    what: 'Chromium, to look at the site in',
    works: () => findChromium() !== undefined,
    packages: ['chromium'],
    elsewhere: 'Install Chromium or Google Chrome where the system has it.',
  });
}
