import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/wasmedge-plugins.js', import.meta.url));

/** How a run of the command ended. */
export interface BinResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface BinOptions {
  readonly cwd?: string;
  /** `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly bin?: string;
  /** What stdin has. Default: nothing. */
  readonly input?: string;
}

/** Runs the built command as a person would. */
export function runBin(args: readonly string[], options: BinOptions = {}): BinResult {
  const { status, stdout, stderr } = spawnSync(process.execPath, [options.bin ?? bin, ...args], {
    encoding: 'utf8',
    cwd: options.cwd,
    env: environment(options),
    input: options.input,
  });
  return { status, stdout, stderr };
}

/** The same, while this process goes on: for a command that talks to a server in it. */
export async function runBinBeside(args: readonly string[], options: BinOptions = {}): Promise<BinResult> {
  const child = spawn(process.execPath, [options.bin ?? bin, ...args], {
    cwd: options.cwd,
    env: environment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, stdout, stderr };
}

function environment({ env }: BinOptions): NodeJS.ProcessEnv {
  // pnpm's scripts set NODE_PATH, through which every package of the checkout could be found.
  return { ...process.env, NODE_PATH: '', ...env };
}

/** A report whose lines are broken at words, wherever a path ends: as one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
