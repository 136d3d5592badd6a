// @ts-check
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { capture, run } from '../lib/run.mjs';
import { aptSuites, hasApt } from './apt.mjs';
import { setupMode } from './mode.mjs';
import { giveOwnNames } from './own-names.mjs';

const version = '2.14.1';
const what = `TensorFlow Lite's C library ${version}`;

/** The library's package, and the headers', of whose dependencies none is needed. */
const library = `libtensorflow-lite${version}`;
const headers = 'libtensorflow-lite-dev';

/** What the system has, and apt is told so: unstable's own would not fit the rest of the system. */
const ofTheSystem = ['libc6', 'libstdc++6', 'libgcc-s1'];

/** What libtorch needs as well, of whatever year its system is. */
const shared = ['libcpuinfo.so.0', 'libpthreadpool.so.0', 'libfarmhash.so.0'];

/** Packages of Debian unstable, unpacked and not installed; made once for all checkouts. */
const unpacked = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'wasmedge-plugins',
  `tensorflow-lite-${version}-own`,
);

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
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureTensorFlowLite() {
  if (tensorFlowLiteFolder() !== undefined) return undefined;
  const commands = [
    `On Debian unstable: sudo apt-get install ${library}. Elsewhere name a folder that has libtensorflowlite_c or libtensorflow-lite in the variable WASMEDGE_PLUGINS_TENSORFLOW_LITE.`,
  ];
  if (setupMode() === 'off')
    return { what, reason: 'not here, and WASMEDGE_SETUP=off forbids fetching it', commands };
  const uri = debianArchive();
  if (uri === undefined) return { what, reason: 'only Debian has it as a package', commands };
  console.log(`Setting up ${what} of Debian unstable in ${unpacked}, unpacked and not installed ...`);
  // Built next to its place and moved, so that a folder that exists is complete.
  const unfinished = `${unpacked}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  try {
    const reason = await fetchInto(unfinished, uri);
    if (reason !== undefined) return { what, reason, commands };
    renameSync(unfinished, unpacked);
    return undefined;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** The archive that this machine's packages come from. */
function debianArchive() {
  return hasApt() ? aptSuites().find(({ origin }) => origin === 'Debian')?.uri : undefined;
}

/** @param {string} folder @param {string} uri @returns {Promise<string | undefined>} why it failed */
async function fetchInto(folder, uri) {
  const work = join(dirname(folder), `tensorflow-lite-${version}.apt`);
  rmSync(work, { recursive: true, force: true });
  try {
    const archives = join(work, 'archives');
    const aptGet = privateApt(work, archives, uri);
    if ((await aptGet('update')) !== 0)
      return 'the package list of Debian unstable cannot be fetched (above)';
    const fetched =
      (await aptGet('install', '-y', '--download-only', library)) || (await aptGet('download', headers));
    if (fetched !== 0) return 'its packages cannot be fetched from Debian unstable (above)';
    mkdirSync(folder, { recursive: true });
    for (const archive of readdirSync(archives).filter((name) => name.endsWith('.deb'))) {
      const { code, output } = capture('dpkg-deb', ['-x', join(archives, archive), folder]);
      if (code !== 0) return `${archive} cannot be unpacked: ${output.trim()}`;
    }
    const lib = join(folder, 'usr/lib');
    for (const triple of readdirSync(lib)) giveOwnNames(join(lib, triple), shared);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * apt-get with lists and a state of its own, to fetch packages of unstable without changing the system's. It needs no root.
 * @param {string} folder where it keeps them
 * @param {string} archives where packages go
 * @param {string} uri the archive
 * @returns {(...args: string[]) => Promise<number>} gives the exit code
 */
function privateApt(folder, archives, uri) {
  for (const name of [join(folder, 'lists/partial'), join(folder, 'parts'), join(archives, 'partial')])
    mkdirSync(name, { recursive: true });
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const source = ['Types: deb', `URIs: ${uri}`, 'Suites: sid', 'Components: main', `Signed-By: ${key}`, ''];
  writeFileSync(join(folder, 'sid.sources'), source.join('\n'));
  const architecture = capture('dpkg', ['--print-architecture']).stdout.trim();
  const installed = ofTheSystem.map((name) =>
    [
      `Package: ${name}`,
      'Status: install ok installed',
      `Architecture: ${architecture}`,
      'Version: 9999',
      '',
    ].join('\n'),
  );
  writeFileSync(join(folder, 'status'), installed.join('\n'));
  const options = {
    'Dir::Etc::SourceList': join(folder, 'sid.sources'),
    'Dir::Etc::SourceParts': join(folder, 'parts'),
    'Dir::Etc::Preferences': join(folder, 'preferences'),
    'Dir::Etc::PreferencesParts': join(folder, 'parts'),
    'Dir::State': folder,
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::State::Status': join(folder, 'status'),
    'Dir::Cache': folder,
    'Dir::Cache::Archives': archives,
    // The archive of unstable may be served by a mirror that is older than its Release file allows.
    'Acquire::Check-Valid-Until': 'false',
    'Acquire::Languages': 'none',
    'APT::Update::Error-Mode': 'any',
    'APT::Install-Recommends': 'false',
    'Debug::NoLocking': 'true',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return (...args) =>
    run('apt-get', ['-q', ...flags, ...args], { cwd: archives, env: { ...process.env, LC_ALL: 'C' } });
}
