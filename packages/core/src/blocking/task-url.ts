import { builtin } from '../builtin.js';
import { ownAddress } from '../helpers/own-address.js';
import type { BlockingTask } from './blocking-caller.js';

/** URLs of texts; a program has a handful of them. */
const urls = new Map<string, string>();

/** The URL from which the helper thread loads a task: that of its file, or its text where there is no such file. */
export function taskUrl({ moduleUrl, moduleText }: BlockingTask): string {
  const url = String(moduleUrl);
  if (!moduleText) return url;
  if (moduleUrl !== undefined && (!url.startsWith('file:') || builtin('node:fs').existsSync(new URL(url))))
    return url;
  let known = urls.get(moduleText);
  if (known === undefined) {
    known = urlOfText(moduleText);
    urls.set(moduleText, known);
  }
  return known;
}

function urlOfText(text: string): string {
  // The name at the end stands in stacks, where all of the text would be shown otherwise.
  const module = `const helperAddress = ${JSON.stringify(ownAddress())};\n${text}\n//# sourceURL=wasmedge-plugins/task.js\n`;
  return `data:text/javascript;base64,${Buffer.from(module).toString('base64')}`;
}
