import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

/** What this process runs on, as far as native code is concerned. */
export interface Machine {
  /** As in `process.platform`. */
  readonly platform: NodeJS.Platform;
  /** As in `process.arch`. */
  readonly arch: NodeJS.Architecture;
  /** The C library and its version, on Linux. `undefined` when it is neither of the two. */
  readonly libc: Libc | undefined;
  /** Whether Rosetta translates this process, which is then x64 on an arm64 processor. */
  readonly translated: boolean;
}

/** The C library of a Linux system. */
export interface Libc {
  /** Which of the two it is; native plug-ins are released for glibc only. */
  readonly name: 'glibc' | 'musl';
  /** Version in the form `2.41`; absent for musl, whose version is not read. */
  readonly version?: string;
}

/** How `readMachine` asks the system; each has a default. */
export interface MachineSource {
  /** Default: `process.platform`. */
  readonly platform?: NodeJS.Platform;
  /** Default: `process.arch`. */
  readonly arch?: NodeJS.Architecture;
  /** The value of a sysctl variable; throws when there is none. Only called on macOS. Default: the answer of `/usr/sbin/sysctl`. */
  readonly sysctl?: (name: string) => string;
}

/** Finds out what this process runs on. */
export function readMachine(source: MachineSource = {}): Machine {
  const { platform = process.platform, arch = process.arch, sysctl = askSysctl } = source;
  return {
    platform,
    arch,
    libc: platform === 'linux' ? readLibc() : undefined,
    translated: platform === 'darwin' && arch === 'x64' && isTranslated(sysctl),
  };
}

function isTranslated(sysctl: (name: string) => string): boolean {
  try {
    return sysctl('sysctl.proc_translated').trim() === '1';
  } catch {
    // Intel machines do not know the variable.
    return false;
  }
}

function askSysctl(name: string): string {
  return execFileSync('/usr/sbin/sysctl', ['-n', name], {
    encoding: 'utf8',
    timeout: 5000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function readLibc(): Libc | undefined {
  const report = process.report.getReport() as unknown as {
    header: { glibcVersionRuntime?: string };
    sharedObjects: readonly string[];
  };
  const { glibcVersionRuntime: version } = report.header;
  if (version !== undefined) {
    return { name: 'glibc', version };
  }
  const musl = [...report.sharedObjects, ...listFolder('/lib')].some((file) => file.includes('ld-musl-'));
  return musl ? { name: 'musl' } : undefined;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
