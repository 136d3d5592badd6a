import { blockingText } from './blocking-text.js';
import type { HelperName } from './helper-name.js';
import { ownAddress } from './own-address.js';
import { findWorker } from './worker-url.js';

let text: string | undefined;
const urls = new Map<HelperName, URL>();

/** Whether {@link prepareHelpers} has something to do: the files of the helpers are not beside this one, which is so in a bundle. */
export function lacksHelpers(): boolean {
  return text === undefined && findWorker('watchdog-worker') === undefined;
}

/** Loads the text of the helpers where it is needed. To be awaited before a helper is looked for, except for the helper thread of imports. */
export async function prepareHelpers(): Promise<void> {
  if (!lacksHelpers()) return;
  try {
    const { programText } = await import('./program-text.js');
    text = programText();
  } catch {
    // A piece of the bundle was left behind: whoever needs a helper says so.
    text = '';
  }
}

/** What a worker thread is started with: the URL of the helper's file, or its text as a URL. `undefined` when there is neither. */
export function helperUrl(name: HelperName): URL | undefined {
  return findWorker(name) ?? textUrl(name);
}

function textUrl(name: HelperName): URL | undefined {
  const known = urls.get(name);
  if (known !== undefined) return known;
  const source = helperSource(name);
  if (source === undefined) return undefined;
  const url = new URL(`data:text/javascript;base64,${Buffer.from(source).toString('base64')}`);
  urls.set(name, url);
  return url;
}

/** The text of a helper, which looks for koffi from where this code is. `undefined` when there is none. */
export function helperSource(name: HelperName): string | undefined {
  const program = name === 'blocking-worker' ? blockingText() : text;
  if (!program) return undefined;
  const values = `const helperName = ${JSON.stringify(name)}, helperAddress = ${JSON.stringify(ownAddress())}, helperUrl = import.meta.url;`;
  // Otherwise each line of a stack would show all of the text.
  return `${values}\n${program}\n//# sourceURL=wasmedge-plugins/${name}.js\n`;
}
