// @ts-check
import { capture } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';

/** The browser that the site is looked at in, if there is one. @returns {string | undefined} */
export function findChromium() {
  const names = ['chromium', 'google-chrome', 'chromium-browser'];
  return names.find((name) => capture(name, ['--version']).code === 0);
}

/** Makes sure of it; only what looks at the site asks for it. */
export function ensureChromium() {
  return ensurePackages({
    what: 'Chromium, to look at the site in',
    works: () => findChromium() !== undefined,
    packages: ['chromium'],
    elsewhere: 'Install Chromium or Google Chrome, so that "chromium" or "google-chrome" starts it.',
  });
}
