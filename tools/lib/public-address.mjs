// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository.mjs';

/** Where the project lies in public: the `package.json` at the top says it, and what else names it is made from that. @param {string} [root] the checkout */
export function publicAddress(root = repositoryRoot) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const address = addressIn(manifest);
  if (address === undefined)
    throw new Error(`${root}/package.json has no "repository": say there where the project lies.`);
  return address;
}

/** The address that a manifest names, as a browser takes it. @param {Record<string, any>} manifest @returns {string | undefined} */
export function addressIn({ repository }) {
  return repository?.url.replace(/^git\+/, '').replace(/\.git$/, '');
}

/** The address of a file or a folder of the checkout. @param {string} path with `/` between folders @param {string} [address] @param {'blob' | 'tree'} [kind] */
export function addressOf(path, address = publicAddress(), kind = 'blob') {
  return `${address}/${kind}/main/${path}`;
}
