// @ts-check
import { join } from 'node:path';
import { repositoryRoot } from '../lib/repository.mjs';

/** A file of a package, as `process/conformance/command-runner.wasm`. @param {string} path */
export const packageFile = (path) => join(repositoryRoot, 'packages', path);
