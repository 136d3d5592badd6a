// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';
import { ensurePackages, hasApt, installCommand } from './apt.mjs';
import { hasTrixieSource } from './debian-mix.mjs';

/**
 * Makes sure of compilers for C and C++: the tests build plug-ins with them, the bench its C programs. Comes before
 * libwasmedge: where releases are mixed, that replaces the libc which this one's headers are locked to.
 */
export function ensureCompiler() {
  const headers = hasTrixieSource() ? ['libc6-dev/trixie', 'libc-dev-bin/trixie'] : ['libc6-dev'];
  return ensurePackages({
    what: 'a C and a C++ compiler',
    works: compilerWorks,
    packages: ['gcc', 'g++', ...headers],
    elsewhere: "Install gcc and g++, or clang, with the system's package manager.",
  });
}

/**
 * Makes sure of OpenSSL's headers, with which the stand-in of the native WASI-Crypto plug-in is built. Comes after the
 * compiler, without which nobody needs them.
 */
export async function ensureOpensslHeaders() {
  if (!compilerWorks()) return undefined;
  return ensurePackages({
    what: 'the headers of OpenSSL 3',
    // Only version 3 and later has this one.
    works: () => preprocesses('cc', 'c', 'openssl/core_names.h'),
    // Mixed releases or not, the machine's own suite has the higher priority, and the library that belongs to these headers.
    packages: ['libssl-dev'],
    elsewhere: "Install OpenSSL's development files with the system's package manager.",
  });
}

/** Makes sure of the shells, besides bash, that the command completes its words in. */
export async function ensureShells() {
  return ensurePackages({
    what: 'the shells zsh and fish',
    works: () => ['zsh', 'fish'].every((shell) => capture(shell, ['-c', 'true']).code === 0),
    packages: ['zsh', 'fish'],
    elsewhere: "Install zsh and fish with the system's package manager.",
  });
}

/** Whether there are compilers, with the headers of libc, which are a package of their own. */
function compilerWorks() {
  return preprocesses('cc', 'c', 'stdio.h') && preprocesses('c++', 'c++', 'string');
}

/** @param {string} compiler @param {string} language @param {string} header */
function preprocesses(compiler, language, header) {
  return capture(compiler, ['-E', '-include', header, '-x', language, '/dev/null']).code === 0;
}

/**
 * Makes sure of libtorch, and of the shim that its package's own command builds for it, without which the tests of PyTorch are left out.
 * It is 156 MB to download, so it is installed only when WASMEDGE_SETUP_BACKENDS is "all"; where it is there already, it is used.
 * @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureLibtorch() {
  const what = 'libtorch, for the tests of PyTorch';
  // The library with its headers, a compiler for the shim, and Python's torch, which makes the suite's models.
  const packages = ['libtorch-dev', 'python3-torch', 'g++'];
  const works = () =>
    Boolean(process.env.WASMEDGE_PLUGINS_LIBTORCH) || existsSync('/usr/include/torch/script.h');
  if (!works() && hasApt() && process.env.WASMEDGE_SETUP_BACKENDS !== 'all') {
    const reason = 'not installed, and 156 MB to download: WASMEDGE_SETUP_BACKENDS=all installs it';
    return { what, reason, commands: ['sudo apt-get update', installCommand(packages)] };
  }
  const elsewhere = 'Install libtorch, name its folder in WASMEDGE_PLUGINS_LIBTORCH, and run this again.';
  const leftOut = await ensurePackages({ what, works, packages, elsewhere });
  if (leftOut !== undefined) return leftOut;
  await build(['@wasmedge-plugins/wasi-nn-pytorch']);
  const command = join(repositoryRoot, 'packages/wasi-nn-pytorch/bin/wasi-nn-pytorch-build.js');
  const { code, output } = capture(process.execPath, [command]);
  if (code === 0) return undefined;
  return { what: "PyTorch's shim", reason: output.trim(), commands: ['npx wasi-nn-pytorch-build'] };
}
