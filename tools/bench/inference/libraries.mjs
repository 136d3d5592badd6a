// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openVinoFolder } from '../../setup/python-wheels.mjs';
import { tensorFlowLiteFolder, tensorFlowLiteHeaders } from '../../setup/tensorflow-lite.mjs';

/**
 * How a program in C or C++ is built on a library.
 * @typedef {object} Library
 * @property {string} compiler
 * @property {string} source
 * @property {string[]} flags before the source
 * @property {string[]} link after it
 * @property {string} folder where its libraries are, which the loader is told as well
 * @property {'nchw' | 'nhwc'} layout
 *
 * @typedef {'openvino' | 'tflite' | 'pytorch'} LibraryName
 */

/** @type {Readonly<Record<LibraryName, () => Library | { reason: string }>>} */
export const libraries = { openvino, tflite, pytorch };

function openvino() {
  const folder = openVinoFolder();
  const file = folder && find(folder, /^libopenvino_c\.so(\.\d+)*$/);
  if (folder === undefined || file === undefined) return { reason: 'OpenVINO is not here' };
  const headers = [join(dirname(folder), 'include'), '/usr/include'].find((place) =>
    existsSync(join(place, 'openvino/c/openvino.h')),
  );
  if (headers === undefined) return { reason: 'the headers of OpenVINO are not here' };
  return c('openvino.c', headers, folder, file, 'nchw');
}

function tflite() {
  const folder = tensorFlowLiteFolder();
  const file = folder && find(folder, /^libtensorflow(lite_c|-lite)\.so(\.\d+)*$/);
  if (folder === undefined || file === undefined)
    return { reason: "TensorFlow Lite's C library is not here" };
  const headers = tensorFlowLiteHeaders();
  if (headers === undefined) return { reason: 'the headers of TensorFlow Lite are not here' };
  return c('tflite.c', headers, folder, file, 'nhwc');
}

/** @returns {Library | { reason: string }} */
function pytorch() {
  const place = process.env.WASMEDGE_PLUGINS_LIBTORCH || '/usr';
  const headers = join(place, 'include');
  if (!existsSync(join(headers, 'torch/script.h')))
    return { reason: 'libtorch with its headers is not here' };
  const triples = existsSync('/usr/lib')
    ? readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu'))
    : [];
  const folder = [...triples.map((triple) => join(place, 'lib', triple)), join(place, 'lib')].find(
    (candidate) => existsSync(candidate) && find(candidate, /^libtorch_cpu\.so/) !== undefined,
  );
  if (folder === undefined) return { reason: 'the libraries of libtorch are not here' };
  // The system's own folder is searched anyway, and must not come before the compiler's.
  const include = place === '/usr' ? [] : ['-isystem', headers];
  return {
    compiler: 'c++',
    source: 'pytorch.cpp',
    flags: [
      '-O2',
      '-D_GLIBCXX_USE_CXX11_ABI=1',
      ...include,
      '-isystem',
      join(headers, 'torch/csrc/api/include'),
    ],
    link: [`-L${folder}`, `-Wl,-rpath,${folder}`, '-Wl,--no-as-needed', '-ltorch', '-ltorch_cpu', '-lc10'],
    folder,
    layout: 'nchw',
  };
}

/**
 * @param {string} source
 * @param {string} headers
 * @param {string} folder
 * @param {string} file
 * @param {'nchw' | 'nhwc'} layout
 * @returns {Library}
 */
function c(source, headers, folder, file, layout) {
  return {
    compiler: 'cc',
    source,
    flags: ['-O2', '-std=gnu11', `-I${headers}`],
    // What the library itself needs lies beside it.
    link: [join(folder, file), `-Wl,-rpath,${folder}`, '-Wl,--allow-shlib-undefined'],
    folder,
    layout,
  };
}

/**
 * @param {string} folder
 * @param {RegExp} pattern
 */
function find(folder, pattern) {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()[0];
}
