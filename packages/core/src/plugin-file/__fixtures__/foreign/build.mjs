// node build.mjs
// Builds the plug-ins of other platforms that lie beside this file; needs clang, lld and llvm-lipo
// (Debian: apt-get install clang lld llvm, and /usr/lib/llvm-<version>/bin in PATH).
// The library that they need is built for linking only, and is not kept.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'foreign-'));
const run = (...words) => execFileSync(words[0], words.slice(1), { stdio: 'inherit', cwd: work });
const target = (name) => join(here, name);

writeFileSync(join(work, 'needed.c'), 'EXPORT int needed(void); EXPORT int needed(void) { return 1; }\n');
const compile = (triple, entry, name) => {
  const flags = [`--target=${triple}`, '-O1', '-ffreestanding', '-fno-stack-protector', '-c'];
  if (!triple.includes('windows')) flags.push('-fPIC');
  run('clang', ...flags, `-DENTRY=${entry}`, target('plugin.c'), '-o', `${name}.o`);
  const exported = triple.includes('windows') ? '-DEXPORT=__declspec(dllexport)' : '-DEXPORT=';
  run('clang', ...flags, exported, 'needed.c', '-o', 'needed.o');
};

for (const [triple, machine, name] of [
  ['x86_64-pc-windows-msvc', 'x64', 'windows-x64.dll'],
  ['aarch64-pc-windows-msvc', 'arm64', 'windows-arm64.dll'],
]) {
  compile(triple, 'WasmEdge_Plugin_GetDescriptor', name);
  const flags = ['/dll', '/noentry', '/nodefaultlib', `/machine:${machine}`, '/Brepro'];
  run('lld-link', ...flags, 'needed.o', '/out:needed.dll', '/implib:needed.lib');
  run('lld-link', ...flags, `${name}.o`, 'needed.lib', `/out:${target(name)}`, '/implib:unused.lib');
}

for (const arch of ['x86_64', 'arm64']) {
  const name = `macos-${arch}.dylib`;
  compile(`${arch}-apple-macos12`, 'GetDescriptor', name);
  const flags = ['-arch', arch, '-platform_version', 'macos', '12.0', '12.0', '-dylib', '-no_adhoc_codesign'];
  const link = (...words) => run('lld', '-flavor', 'darwin', ...flags, ...words);
  // What every library of macOS needs, as far as the linker asks for it.
  writeFileSync(
    join(work, 'system.c'),
    'void dyld_stub_binder(void) __asm__("dyld_stub_binder"); void dyld_stub_binder(void) {}\n',
  );
  run('clang', `--target=${arch}-apple-macos12`, '-c', 'system.c', '-o', 'system.o');
  link('-install_name', '/usr/lib/libSystem.B.dylib', 'system.o', '-o', 'libSystem.dylib');
  link('-install_name', '@rpath/libneeded.dylib', 'needed.o', 'libSystem.dylib', '-o', 'libneeded.dylib');
  link(
    '-install_name',
    `@rpath/${name}`,
    '-rpath',
    '@loader_path/../lib',
    `${name}.o`,
    'libneeded.dylib',
    'libSystem.dylib',
    '-o',
    name,
  );
}

for (const [triple, emulation, name] of [
  ['aarch64-linux-gnu', 'aarch64linux', 'linux-arm64.so'],
  ['riscv64-linux-gnu', 'elf64lriscv', 'linux-riscv64.so'],
  ['powerpc64-linux-gnu', 'elf64ppc', 'linux-ppc64.so'],
  ['i386-linux-gnu', 'elf_i386', 'linux-ia32.so'],
]) {
  compile(triple, 'WasmEdge_Plugin_GetDescriptor', name);
  run('ld.lld', '-m', emulation, '-shared', '-soname', 'libneeded.so.1', 'needed.o', '-o', 'libneeded.so');
  run(
    'ld.lld',
    '-m',
    emulation,
    '-shared',
    '-z',
    'max-page-size=4096',
    '-rpath',
    '$ORIGIN',
    `${name}.o`,
    'libneeded.so',
    '-o',
    target(name),
  );
}

run('cp', 'macos-x86_64.dylib', here);
run(
  'llvm-lipo',
  '-create',
  'macos-x86_64.dylib',
  'macos-arm64.dylib',
  '-output',
  target('macos-universal.dylib'),
);
rmSync(work, { recursive: true, force: true });
