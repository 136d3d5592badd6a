// @ts-check
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeFolder } from '../lib/cache.mjs';
import { capture, run } from '../lib/run.mjs';
import { aptSuites, hasApt } from './apt.mjs';
import { whyNotInstall } from './mode.mjs';

const version = '2.14.1';

/** The library's package, and the headers', of whose dependencies none is needed. */
const library = `libtensorflow-lite${version}`;
const headers = 'libtensorflow-lite-dev';

/** What libtorch needs as well, of whatever year its system is. */
const shared = ['libcpuinfo.so.0', 'libpthreadpool.so.0', 'libfarmhash.so.0'];

/** Packages of Debian unstable, unpacked and not installed; made once for all checkouts. */
const unpacked = cacheFolder(`tensorflow-lite-${version}-own`);

/** The folder with TensorFlow Lite's C library that the tests use, if there is one. */
export function tensorFlowLiteFolder() {
  if (process.env.WASMEDGE_PLUGINS_TENSORFLOW_LITE) return process.env.WASMEDGE_PLUGINS_TENSORFLOW_LITE;
  const lib = join(unpacked, 'usr/lib');
  const folders = existsSync(lib) ? readdirSync(lib).map((triple) => join(lib, triple)) : [];
  return folders.find((folder) => existsSync(join(folder, `libtensorflow-lite.so.${version}`)));
}

/** The folder with the headers of its C interface, for programs in C. */
export function tensorFlowLiteHeaders() {
  const folder = join(unpacked, 'usr/include');
  return existsSync(folder) ? folder : undefined;
}

/**
 * Makes sure of TensorFlow Lite's C library, without which the tests of its backend run on LiteRT.js alone.
 * @returns {Promise<import('./mode.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureTensorFlowLite() {
  if (tensorFlowLiteFolder() !== undefined) return undefined;
  const what = `TensorFlow Lite's C library ${version}`;
  const commands = [
    `On Debian unstable: sudo apt-get install ${library}. Elsewhere name a folder that has libtensorflowlite_c or libtensorflow-lite in the variable WASMEDGE_PLUGINS_TENSORFLOW_LITE.`,
  ];
  // The archive that this machine's packages come from.
  const uri = hasApt() ? aptSuites().find(({ origin }) => origin === 'Debian')?.uri : undefined;
  const refused = whyNotInstall(true) ?? (uri === undefined ? 'only Debian has it as a package' : undefined);
  if (refused !== undefined) return { what, reason: refused, commands };
  console.log(`Setting up ${what} of Debian unstable in ${unpacked}, unpacked and not installed ...`);
  const apt = `${unpacked}.apt`;
  try {
    const reason = await makeFolder(unpacked, (unfinished) => fetchInto(unfinished, apt, uri ?? ''));
    return reason === undefined ? undefined : { what, reason, commands };
  } finally {
    rmSync(apt, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string} apt where apt keeps what it needs @param {string} uri @returns {Promise<string | undefined>} why it failed */
async function fetchInto(folder, apt, uri) {
  const aptGet = privateApt(apt, uri);
  if ((await aptGet('update')) !== 0) return 'the package list of Debian unstable cannot be fetched (above)';
  const fetched =
    (await aptGet('install', '-y', '--download-only', library)) || (await aptGet('download', headers));
  if (fetched !== 0) return 'its packages cannot be fetched from Debian unstable (above)';
  const archives = join(apt, 'archives');
  mkdirSync(folder, { recursive: true });
  for (const archive of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
    const { code, output } = capture('dpkg-deb', ['-x', join(archives, archive), folder]);
    if (code !== 0) return `${archive} cannot be unpacked: ${output.trim()}`;
  }
  const lib = join(folder, 'usr/lib');
  for (const triple of readdirSync(lib)) giveOwnNames(join(lib, triple), shared);
  return undefined;
}

/**
 * apt-get with lists and a state of its own, to fetch packages of unstable without changing the system's. It needs no root.
 * @param {string} folder where it keeps them
 * @param {string} uri the archive
 * @returns {(...args: string[]) => Promise<number>} gives the exit code
 */
function privateApt(folder, uri) {
  rmSync(folder, { recursive: true, force: true });
  for (const name of ['lists/partial', 'archives/partial', 'parts'])
    mkdirSync(join(folder, name), { recursive: true });
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(join(folder, 'sources.list'), `deb [signed-by=${key}] ${uri} sid main\n`);
  // What the system has, and apt is told so: unstable's own would not fit the rest of the system.
  const architecture = capture('dpkg', ['--print-architecture']).stdout.trim();
  const state = `Status: install ok installed\nArchitecture: ${architecture}\nVersion: 9999\n`;
  const installed = ['libc6', 'libstdc++6', 'libgcc-s1'].map((name) => `Package: ${name}\n${state}`);
  writeFileSync(join(folder, 'status'), installed.join('\n'));
  const options = {
    'Dir::Etc': folder,
    'Dir::Etc::SourceParts': 'parts',
    'Dir::Etc::PreferencesParts': 'parts',
    'Dir::State': folder,
    'Dir::State::Status': join(folder, 'status'),
    'Dir::Cache': folder,
    // The archive of unstable may be served by a mirror that is older than its Release file allows.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Languages': 'none',
    'APT::Update::Error-Mode': 'any',
    'APT::Install-Recommends': 'false',
    'Debug::NoLocking': 'true',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const surroundings = { cwd: join(folder, 'archives'), env: { ...process.env, LC_ALL: 'C' } };
  return (...args) => run('apt-get', ['-q', ...flags, ...args], surroundings);
}

/**
 * Gives libraries in a folder names of their own, there and in the libraries that need them. The loader takes a library that the process has,
 * or the system, for any other of the same name, also where the two are of years that do not fit: then code that asks for the processor's
 * abilities gets wrong answers.
 * @param {string} folder
 * @param {readonly string[]} names each ends with `.so.0`, and the new one with `.so.o`: of the same length, as the files' tables are kept
 */
export function giveOwnNames(folder, names) {
  const ownName = (/** @type {string} */ name) => name.replace(/0$/, 'o');
  for (const file of readdirSync(folder).map((name) => join(folder, name))) {
    if (!lstatSync(file).isFile()) continue;
    // Bytes as characters, so that nothing else changes.
    const content = readFileSync(file, 'latin1');
    const renamed = names.reduce((text, name) => text.replaceAll(`${name}\0`, `${ownName(name)}\0`), content);
    if (renamed !== content) writeFileSync(file, renamed, 'latin1');
  }
  for (const name of names) copyFileSync(join(folder, name), join(folder, ownName(name)));
}
