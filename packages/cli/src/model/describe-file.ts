import { statSync } from 'node:fs';
import { findPluginPackage } from '@wasmedge-plugins/core';
import { PackageMissingError, UsageError } from '../errors.js';
import { importOptional } from '../packages/import-optional.js';
import { kindOfFile } from './kind-of-file.js';
import type { ModelDescription } from './model-description.js';

/**
 * Has the package of its format describe a model.
 *
 * @throws {UsageError} for a file that is not a model.
 * @throws {PackageMissingError} when the package is not installed.
 */
export async function describeFile(path: string): Promise<ModelDescription> {
  const found = kindOfFile(path);
  if (!statSync(path).isFile()) throw new UsageError(`${path} is not a file; give the file of a model`);
  if (found.kind !== 'model') {
    throw new UsageError(
      found.kind === 'unknown'
        ? `${path} is not a model of a format that is known: TensorFlow Lite, ONNX (.onnx), GGUF, OpenVINO (its .xml file) or TorchScript (.pt)`
        : `${path} is not a model; see what it is: wasmedge-plugins inspect ${path}`,
    );
  }
  const { packageName } = findPluginPackage('wasi_nn', found.backend);
  const module = await importOptional(`${packageName}/cli`);
  if (module === undefined) throw new PackageMissingError([packageName], `to read models of ${found.title}`);
  return (module.describeModel as (path: string) => Promise<ModelDescription>)(path);
}
