// @ts-check

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../lib/repository.mjs';
import { capture } from '../../lib/run.mjs';
import { openVinoPython } from '../../setup/python-wheels.mjs';

/** Where models and what makes them are kept. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wasmedge-plugins');
const scripts = join(repositoryRoot, 'tools/models/mobilenet');
const conformance = (/** @type {string} */ file) => join(repositoryRoot, 'packages', file);

/** The package whose classes write models of TensorFlow Lite; in an environment of its own, which takes some seconds to make. */
const litePackage = 'ai-edge-litert==2.3.0';

/**
 * The models of one backend: each as its files.
 * @typedef {{ mobilenet: string[], tiny: string[], large: string[] }} Models
 */

/** A model that adds two tensors of 6 numbers. */
export const tinyLiteModel = conformance('wasi-nn-tflite/conformance/models/add.tflite');

/** The package that writes models of ONNX, likewise. */
const onnxPackage = 'onnx==1.23.2';

/** @typedef {import('./libraries.mjs').LibraryName | 'onnx'} ModelKind */

/** @type {Readonly<Record<ModelKind, { script: string, python: () => string, endings: string[], tiny: string[] }>>} */
const sources = {
  openvino: {
    script: 'to_openvino.py',
    python: () => openVinoPython() ?? 'python3',
    endings: ['xml', 'bin'],
    tiny: ['xml', 'bin'].map((ending) => conformance(`wasi-nn-openvino/conformance/models/add.${ending}`)),
  },
  tflite: {
    script: 'to_tflite.py',
    python: () => pythonWith(litePackage),
    endings: ['tflite'],
    tiny: [tinyLiteModel],
  },
  onnx: {
    script: 'to_onnx.py',
    python: () => pythonWith(onnxPackage),
    endings: ['onnx'],
    tiny: [conformance('wasi-nn-onnx/conformance/models/add.onnx')],
  },
  pytorch: {
    script: 'to_torchscript.py',
    // The system's, whose package python3-torch fits the system's libtorch.
    python: () => (existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3'),
    endings: ['pt'],
    tiny: [conformance('wasi-nn-pytorch/conformance/models/add.pt')],
  },
};

/**
 * The models of a backend, made when they are not in the cache yet: 17 MB each.
 * @param {ModelKind} name
 * @returns {Models | { reason: string }} the reason why they cannot be made here
 */
export function modelsOf(name) {
  const { script, python, endings, tiny } = sources[name];
  const source = createHash('sha256');
  for (const file of [script, 'layers.py']) source.update(readFileSync(join(scripts, file)));
  const folder = join(cache, `bench-${name}-${source.digest('hex').slice(0, 16)}`);
  if (!existsSync(folder)) {
    // Made next to its place and moved, so that a folder that exists is complete.
    const unfinished = `${folder}.${process.pid}.unfinished`;
    mkdirSync(unfinished, { recursive: true });
    const { code, stderr } = capture(python(), ['-B', join(scripts, script), unfinished]);
    if (code !== 0) {
      rmSync(unfinished, { recursive: true });
      return { reason: `${script} could not make its model: ${stderr.trim().split('\n').at(-1)}` };
    }
    renameSync(unfinished, folder);
  }
  const files = (/** @type {string} */ model) => endings.map((ending) => join(folder, `${model}.${ending}`));
  return { mobilenet: files('mobilenet'), tiny, large: files('large') };
}

/** A Python with a package, in an environment of its own. @param {string} requirement */
export function pythonWith(requirement) {
  const environment = join(cache, `bench-${requirement.replace('==', '-')}`);
  const python = join(environment, 'bin/python');
  if (existsSync(python) || process.env.WASMEDGE_SETUP === 'off')
    return existsSync(python) ? python : 'python3';
  capture('python3', ['-m', 'venv', environment]);
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', requirement];
  if (capture(python, pip).code === 0) return python;
  rmSync(environment, { recursive: true, force: true });
  return 'python3';
}
