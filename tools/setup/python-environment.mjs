// @ts-check
import { existsSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { capture, run } from '../lib/run.mjs';
import { ensurePackages } from './apt.mjs';
import { setupMode } from './mode.mjs';

/** A virtual environment of Python with one package of the Python package index; made once for all checkouts. */
export class PythonEnvironment {
  #title;
  #requirement;
  /** Its folder. */
  folder;

  /**
   * @param {string} title what messages call the package
   * @param {string} name of the package
   * @param {string} version
   */
  constructor(title, name, version) {
    this.#title = `${title} ${version}`;
    this.#requirement = `${name}==${version}`;
    const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
    this.folder = join(cache, 'wasmedge-plugins', `${name}-${version}`);
  }

  /** Its Python, if the environment is there. */
  get python() {
    const python = join(this.folder, 'bin/python');
    return existsSync(python) ? python : undefined;
  }

  /**
   * Makes it, where that is allowed.
   * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
   */
  async ensure() {
    const commands = [
      `python3 -m venv ${this.folder}`,
      `${this.folder}/bin/pip install ${this.#requirement}`,
    ];
    if (setupMode() === 'off') {
      const reason = 'not installed, and WASMEDGE_SETUP=off forbids installing it';
      return { what: this.#title, reason, commands };
    }
    const python = await ensurePackages({
      what: `Python, for ${this.#title}`,
      works: () => capture('python3', ['-c', 'import venv, ensurepip']).code === 0,
      packages: ['python3-venv'],
      elsewhere: 'Install a Python that makes virtual environments.',
    });
    if (python !== undefined) return python;
    const reason = await this.#make();
    return reason === undefined ? undefined : { what: this.#title, reason, commands };
  }

  async #make() {
    console.log(`Setting up ${this.#title} in ${this.folder} ...`);
    // Built next to its place and moved, so that an environment that exists is complete; its scripts are called by path.
    const unfinished = `${this.folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const made = await run('python3', ['-m', 'venv', unfinished]);
    if (made !== 0) return `the virtual environment could not be made (exit code ${made}, above)`;
    const python = join(unfinished, 'bin/python');
    const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', this.#requirement];
    const installed = await run(python, pip);
    if (installed !== 0)
      return `pip could not install it (exit code ${installed}, above): the Python package index may be out of reach`;
    renameSync(unfinished, this.folder);
    return undefined;
  }
}
