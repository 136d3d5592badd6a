import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const compiler = process.env.CC || 'cc';

const { error } = spawnSync(compiler, ['--version']);
if (error !== undefined && process.env.CI) {
  throw error;
}

/** Why nothing can be compiled here. */
export const compilerProblem =
  process.platform !== 'linux'
    ? 'these libraries are built on Linux only'
    : error && `there is no C compiler: ${error.message}`;

/** Builds a shared library from C; returns its path. */
export function compileLibrary(
  folder: string,
  fileName: string,
  source: string,
  flags: readonly string[] = [],
): string {
  const path = join(folder, fileName);
  const sourcePath = `${path}.c`;
  writeFileSync(sourcePath, source);
  const built = spawnSync(
    compiler,
    ['-O1', '-Wall', '-Werror', '-shared', '-fPIC', sourcePath, ...flags, '-o', path],
    { encoding: 'utf8', cwd: folder },
  );
  if (built.status !== 0) {
    throw new Error(`${compiler} could not build ${path}: ${built.error?.message ?? built.stderr}`);
  }
  return path;
}
