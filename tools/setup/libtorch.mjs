// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../lib/dependencies.mjs';
import { repositoryRoot } from '../lib/repository.mjs';
import { capture } from '../lib/run.mjs';
import { ensurePackages, hasApt, installCommand } from './apt.mjs';

const what = 'libtorch, for the tests of PyTorch';

/** The library with its headers, a compiler for the shim, and Python's torch, which makes the suite's models. */
const packages = ['libtorch-dev', 'python3-torch', 'g++'];
const packageName = '@wasmedge-plugins/wasi-nn-pytorch';

/**
 * Makes sure of libtorch and of the shim that is built for it, without which the tests of PyTorch are left out. It is 156 MB to download, so it
 * is installed only when WASMEDGE_SETUP_BACKENDS is "all"; where it is there already, it is used.
 * @returns {Promise<import('./left-out.mjs').LeftOut | undefined>} what could not be had
 */
export async function ensureLibtorch() {
  if (!hasLibtorch() && hasApt() && process.env.WASMEDGE_SETUP_BACKENDS !== 'all') {
    const reason = 'not installed, and 156 MB to download: WASMEDGE_SETUP_BACKENDS=all installs it';
    return { what, reason, commands: ['sudo apt-get update', installCommand(packages)] };
  }
  const elsewhere = 'Install libtorch, name its folder in WASMEDGE_PLUGINS_LIBTORCH, and run this again.';
  return (await ensurePackages({ what, works: hasLibtorch, packages, elsewhere })) ?? (await ensureShim());
}

function hasLibtorch() {
  return Boolean(process.env.WASMEDGE_PLUGINS_LIBTORCH) || existsSync('/usr/include/torch/script.h');
}

/** Builds the shim with the package's own command, which does nothing when it is there. */
async function ensureShim() {
  await build([packageName]);
  const command = join(repositoryRoot, 'packages/wasi-nn-pytorch/bin/wasi-nn-pytorch-build.js');
  const { code, output } = capture(process.execPath, [command]);
  if (code === 0) return undefined;
  return { what: "PyTorch's shim", reason: output.trim(), commands: ['npx wasi-nn-pytorch-build'] };
}
