// @ts-check
import { capture } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';
import { hasTrixieSource } from './debian-mix.mjs';

/**
 * Makes sure of compilers for C and C++: the tests build plug-ins with them, the bench its C programs. Comes before
 * libwasmedge: where releases are mixed, that replaces the libc which this one's headers are locked to.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>}
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
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
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

/** Whether there are compilers, with the headers of libc, which are a package of their own. */
function compilerWorks() {
  return preprocesses('cc', 'c', 'stdio.h') && preprocesses('c++', 'c++', 'string');
}

/** @param {string} compiler @param {string} language @param {string} header */
function preprocesses(compiler, language, header) {
  return capture(compiler, ['-E', '-include', header, '-x', language, '/dev/null']).code === 0;
}
