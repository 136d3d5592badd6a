import { readFileSync } from 'node:fs';

// Imported by the child process of a native target, so in plain JavaScript.

let last;

/** A suite whose plug-in shares its file name with another: its own files have the content `mine`. */
export const suite = {
  plugin: 'probed',
  title: 'Probed plug-in',
  module: import.meta.url,
  guests: new URL('./', import.meta.url),
  createPlugin({ nativePath }) {
    last = nativePath;
    return { native: { fileName: 'wasmedgePluginProbed' } };
  },
  nativeProbe: {
    name: 'is the plug-in',
    source: 'this file',
    async run({ createRuntime }) {
      await createRuntime().catch(() => undefined);
      const content = readFileSync(last, 'utf8');
      if (content === 'crash') process.kill(process.pid, 'SIGSEGV');
      if (content !== 'mine') throw new Error(`the file says ${content}\nand more`);
    },
  },
  cases: [{ name: 'passes', source: 'this file', run: () => undefined }],
};
