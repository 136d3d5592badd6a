// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toolEnvironment } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture, captureAsync } from '../lib/run.mjs';

const scripts = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')).scripts;
/** @type {Map<string, string>} */
const helpTexts = new Map();

/**
 * Looks at the commands of a shell block that this checkout provides: npm scripts and `wasmedge-plugins`.
 * @param {string} code
 * @returns {string[]} what does not exist
 */
export function checkShell(code) {
  return splitCommands(code).flatMap((command) => {
    const words = command.split(/\s+/);
    if (words[0] === 'npm' && words[1] === 'run' && scripts[words[2] ?? ''] === undefined) {
      return [`there is no script "${words[2]}"`];
    }
    const start = words.indexOf('wasmedge-plugins');
    const runsIt = start === 0 || (start === 1 && words[0] === 'npx');
    return runsIt ? checkCommandLine(words.slice(start + 1)) : [];
  });
}

/** Runs a shell block. @param {string} code @param {string} folder */
export function runShell(code, folder) {
  return captureAsync('sh', ['-e', '-c', code], { cwd: folder, env: toolEnvironment(), timeoutMs: 300_000 });
}

/** @param {string[]} words what follows `wasmedge-plugins` */
function checkCommandLine(words) {
  const subcommand = words.find((word) => !word.startsWith('-')) ?? '';
  const help = helpOf(subcommand);
  if (help === undefined) return [`"wasmedge-plugins ${subcommand}" does not exist`];
  const end = words.findIndex((word) => word === '--' || word.endsWith('.wasm'));
  return words
    .slice(0, end === -1 ? words.length : end)
    .map((word) => /^--[\w-]+/.exec(word)?.[0])
    .filter((option) => option !== undefined && !new RegExp(`${option}(?![\\w-])`).test(help))
    .map((option) => `"wasmedge-plugins ${subcommand}" has no option ${option}`);
}

/** @param {string} subcommand */
function helpOf(subcommand) {
  const known = helpTexts.get(subcommand);
  if (known !== undefined) return known;
  const cli = join(repositoryRoot, 'packages/cli/bin/wasmedge-plugins.js');
  const result = capture(process.execPath, [cli, ...(subcommand === '' ? [] : [subcommand]), '--help']);
  if (result.code !== 0) return undefined;
  helpTexts.set(subcommand, result.stdout);
  return result.stdout;
}

/** The commands of a shell text, continuation lines joined, comments and prompts gone. @param {string} code */
function splitCommands(code) {
  return code
    .replaceAll('\\\n', ' ')
    .split(/\n|&&|;|\|/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .map((line) => line.replace(/^\$ /, '').replace(/^(\w+=\S*\s+)+/, ''))
    .filter((line) => line !== '');
}
