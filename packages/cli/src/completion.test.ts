import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runBin } from './__fixtures__/run-bin.js';

/** Shells that must be there. */
const required = (process.env.CI_REQUIRE ?? '').split(',');
const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;
const script = (shell: string) => runBin(['completion', shell]).stdout;

describe.skipIf(process.platform === 'win32')('completion in bash', () => {
  /** What bash offers for these words, the last of which is being written. */
  const offered = (...words: string[]) => {
    const line = words.map((word) => `'${word}'`).join(' ');
    const text = `${script('bash')}
      COMP_WORDS=(wasmedge-plugins ${line}); COMP_CWORD=${words.length}; _wasmedge_plugins; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-c', text], { encoding: 'utf8' }).trim().split('\n');
  };

  it('offers commands, options and values', () => {
    expect(offered('ins')).toEqual(['inspect', 'install']);
    expect(offered('run', '--pl')).toEqual(['--placement', '--plugin']);
    expect(offered('run', '--placement', '')).toEqual(['inline', 'worker', 'process']);
    expect(offered('run', '--allow-c')).toEqual(['--allow-command', '--allow-command-all']);
    expect(offered('completion', '--x')).toEqual(['']);
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(offered('sample', 'c')).toEqual(['command-runner', 'crypto-script', 'chat']);
    expect(offered('sample', '--f')).toEqual(['--force']);
  });

  // bash divides a word at the equals sign (COMP_WORDBREAKS).
  it('offers the values of --name=value', () => {
    expect(offered('run', '--engine', '=', '')).toEqual(['v8', 'wasmedge']);
    expect(offered('run', '--engine', '=')).toEqual(['v8', 'wasmedge']);
    expect(offered('run', '--engine', '=', 'w')).toEqual(['wasmedge']);
  });

  it('leaves files to bash', () => {
    expect(offered('run', '--library', '')).toEqual(['']);
    expect(offered('run', 'g')).toEqual(['']);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'completion-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The script as a file. */
function scriptFile(shell: string): string {
  const path = join(folder, shell);
  writeFileSync(path, script(shell));
  return path;
}

// The other shells parse the script; fish also tells what it offers.
describe.each(['zsh', 'fish'])('completion in %s', (shell) => {
  it.skipIf(!has(shell) && !required.includes(shell))(
    `is a script that ${shell} takes (needs ${shell})`,
    () => {
      const { status, stderr } = spawnSync(shell, ['-n', scriptFile(shell)], { encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    },
  );
});

describe('completion in fish', () => {
  it.skipIf(!has('fish') && !required.includes('fish'))('offers commands and values (needs fish)', () => {
    const offered = (line: string) => {
      const text = `source ${scriptFile('fish')}; complete -C '${line}'`;
      const out = execFileSync('fish', ['--no-config', '-c', text], { encoding: 'utf8' });
      const lines = out.trim().split('\n');
      return lines.map((each) => each.split('\t')[0]).sort();
    };
    expect(offered('wasmedge-plugins ins')).toEqual(['inspect', 'install']);
    expect(offered('wasmedge-plugins run --placement ')).toEqual(['inline', 'process', 'worker']);
    expect(offered('wasmedge-plugins completion ')).toEqual(['bash', 'fish', 'zsh']);
  });
});

it('refuses another shell', () => {
  expect(runBin(['completion', 'tcsh'])).toMatchObject({ status: 2, stdout: '' });
});
