// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';

const { scripts } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8'));
/** @type {Map<string, string | undefined>} */
const helpTexts = new Map();

/** What does not exist of the npm scripts and the `wasmedge-plugins` of a shell block. @param {string} code @returns {string[]} */
export function checkShell(code) {
  // Commands, with continuation lines joined, without comments, prompts and variables.
  const commands = code.replaceAll('\\\n', ' ').split(/\n|&&|;|\|/);
  return commands.flatMap((line) => {
    const command = line.replace(/(^|\s)#.*$/, '').trim();
    const words = command
      .replace(/^\$ /, '')
      .replace(/^(\w+=\S*\s+)+/, '')
      .split(/\s+/);
    if (words[0] === 'npm' && words[1] === 'run' && scripts[words[2] ?? ''] === undefined)
      return [`there is no script "${words[2]}"`];
    if (words[0] === 'npx') words.shift();
    return words[0] === 'wasmedge-plugins' ? checkCommandLine(words.slice(1)) : [];
  });
}

/** @param {string[]} words what follows `wasmedge-plugins` */
function checkCommandLine(words) {
  const subcommand = words.find((word) => !word.startsWith('-')) ?? '';
  if (!helpTexts.has(subcommand)) {
    const cli = join(repositoryRoot, 'packages/cli/bin/wasmedge-plugins.js');
    const help = capture(process.execPath, [cli, ...(subcommand === '' ? [] : [subcommand]), '--help']);
    helpTexts.set(subcommand, help.code === 0 ? help.stdout : undefined);
  }
  const help = helpTexts.get(subcommand);
  if (help === undefined) return [`"wasmedge-plugins ${subcommand}" does not exist`];
  const end = words.findIndex((word) => word === '--' || word.endsWith('.wasm'));
  return words
    .slice(0, end === -1 ? words.length : end)
    .flatMap((word) => /^--[\w-]+/.exec(word) ?? [])
    .filter((option) => !new RegExp(`${option}(?![\\w-])`).test(help))
    .map((option) => `"wasmedge-plugins ${subcommand}" has no option ${option}`);
}
