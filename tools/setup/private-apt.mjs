// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, run } from '../lib/run.mjs';

/** An apt that knows one suite, keeps everything in one folder, and changes nothing of the system's. It needs no root. */
export class PrivateApt {
  #folder;
  #options;

  /**
   * @param {string} folder where its lists are kept
   * @param {{ uri: string, suite: string }} source
   */
  constructor(folder, { uri, suite }) {
    this.#folder = folder;
    for (const name of ['lists/partial', 'cache/archives/partial', 'parts'])
      mkdirSync(join(folder, name), { recursive: true });
    const sources = join(folder, 'sources.sources');
    const status = join(folder, 'status');
    writeFileSync(status, '');
    writeFileSync(
      sources,
      [
        'Types: deb',
        `URIs: ${uri}`,
        `Suites: ${suite}`,
        'Components: main',
        'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg',
        '',
      ].join('\n'),
    );
    this.#options = Object.entries({
      'Dir::Etc::SourceList': sources,
      'Dir::Etc::SourceParts': join(folder, 'parts'),
      'Dir::Etc::Preferences': join(folder, 'preferences'),
      'Dir::Etc::PreferencesParts': join(folder, 'parts'),
      'Dir::State': folder,
      'Dir::State::Lists': join(folder, 'lists'),
      'Dir::State::Status': status,
      'Dir::Cache': join(folder, 'cache'),
      // The archive of unstable may be served by a mirror that is older than its Release file allows.
      'Acquire::Check-Valid-Until': 'false',
      'Acquire::Languages': 'none',
      'APT::Update::Error-Mode': 'any',
    }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  }

  /** @returns {Promise<number>} the exit code */
  update() {
    return run('apt-get', ['-q', ...this.#options, 'update'], { env: plainEnvironment });
  }

  /**
   * The packages with everything that they depend on.
   * @param {string[]} packages
   * @param {string[]} without packages that are left out, with what only they depend on
   */
  closure(packages, without) {
    const found = new Set(packages);
    for (const name of found) {
      for (const dependency of this.#dependencies(name))
        if (!without.includes(dependency)) found.add(dependency);
    }
    return [...found];
  }

  /**
   * Fetches packages into a folder.
   * @param {string} folder
   * @param {string[]} packages
   * @returns {Promise<number>} the exit code
   */
  download(folder, packages) {
    mkdirSync(folder, { recursive: true });
    const args = ['-q', ...this.#options, 'download', ...packages];
    return run('apt-get', args, { cwd: folder, env: plainEnvironment });
  }

  /** @param {string} name */
  #dependencies(name) {
    const { stdout } = capture('apt-cache', [...this.#options, 'depends', '--important', name], {
      env: plainEnvironment,
      cwd: this.#folder,
    });
    return dependenciesIn(stdout);
  }
}

/**
 * Reads the output of "apt-cache depends": of alternatives the first counts, and names in angle brackets are not packages.
 * @param {string} text
 */
export function dependenciesIn(text) {
  const names = [];
  let isAlternative = false;
  for (const match of text.matchAll(/^ (\|| ?)\s*(?:Pre)?Depends: (\S+)$/gm)) {
    const [, bar = '', name = ''] = match;
    if (!isAlternative && !name.startsWith('<')) names.push(name.replace(/:.*$/, ''));
    isAlternative = bar === '|';
  }
  return names;
}

const plainEnvironment = { ...process.env, LC_ALL: 'C' };
