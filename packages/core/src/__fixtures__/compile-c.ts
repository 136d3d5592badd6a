import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from 'vitest';

const compiler = process.env.CC || 'cc';

/** Declares tests that need a C compiler. Without one they are skipped with the reason, or fail in CI. */
export function forCompiler(declare: () => void): void {
  const { error } = spawnSync(compiler, ['--version']);
  if (error === undefined) {
    declare();
  } else if (process.env.CI) {
    it('has a C compiler', () => {
      throw error;
    });
  } else {
    it.skip(`there is no C compiler: ${error.message}`);
  }
}

/** Builds a program with the compiler of the variable `CC`, or `cc`; `rest` are further files and flags. */
export function compileProgram(source: string, target: string, rest: readonly string[] = []): string {
  const { status, error, stderr } = spawnSync(
    compiler,
    ['-O1', '-Wall', '-Werror', source, ...rest, '-o', target],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    throw new Error(`${compiler} could not build ${target}: ${error?.message ?? stderr}`);
  }
  return target;
}

/** Builds a shared library. */
export function compileSharedLibrary(source: string, target: string, flags: readonly string[] = []): string {
  return compileProgram(source, target, ['-shared', '-fPIC', ...flags]);
}

/** Builds a shared library of a C text; the text is kept beside it. */
export function compileText(text: string, target: string, flags: readonly string[] = []): string {
  writeFileSync(`${target}.c`, text);
  return compileSharedLibrary(`${target}.c`, target, flags);
}

/** A library that tells this version and has nothing else of libwasmedge. */
export function compileFakeLibrary(folder: string, version: readonly [number, number, number]): string {
  const source = join(folder, `fake-${version.join('.')}.c`);
  const [major, minor, patch] = version;
  writeFileSync(
    source,
    `#include <stdint.h>
    const char *WasmEdge_VersionGet(void) { return "${version.join('.')}"; }
    uint32_t WasmEdge_VersionGetMajor(void) { return ${major}; }
    uint32_t WasmEdge_VersionGetMinor(void) { return ${minor}; }
    uint32_t WasmEdge_VersionGetPatch(void) { return ${patch}; }\n`,
  );
  return compileSharedLibrary(source, join(folder, `libfake-${version.join('.')}.so`));
}

/** This libwasmedge as one that was built without its compiler, which makes no compiler; everything else is the library's own. */
export function compileWithoutCompiler(folder: string, library: string): string {
  const target = join(folder, 'libwithout-compiler.so');
  const text = 'void *WasmEdge_CompilerCreate(const void *Configure) { (void)Configure; return 0; }\n';
  return compileText(text, target, ['-Wl,--no-as-needed', library, `-Wl,-rpath,${dirname(library)}`]);
}

/** The plug-in of `plugin.c` under these names. */
export function compilePlugin(
  folder: string,
  names: {
    readonly plugin: string;
    readonly module: string;
    readonly file: string;
    readonly apiVersion?: string;
  },
  flags: readonly string[] = [],
): string {
  const source = fileURLToPath(new URL('./plugin.c', import.meta.url));
  return compileSharedLibrary(source, join(folder, names.file), [
    ...flags,
    `-DPLUGIN_NAME="${names.plugin}"`,
    `-DMODULE_NAME="${names.module}"`,
    `-DAPI_VERSION=${names.apiVersion ?? 'WasmEdge_Plugin_CurrentAPIVersion'}`,
  ]);
}
