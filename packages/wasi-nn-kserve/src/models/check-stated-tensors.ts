import { checkOptionNames, InvalidArgumentError } from '@wasmedge-plugins/core';
import { dataTypeSize, isDataType } from '../protocol/data-type.js';
import type { StatedTensor } from '../source.js';

/** @throws {InvalidArgumentError} when the inputs or outputs of a model are not stated as they must be. */
export function checkStatedTensors(where: string, stated: readonly StatedTensor[] | undefined): void {
  if (stated === undefined) return;
  if (!Array.isArray(stated) || stated.length === 0) {
    throw new InvalidArgumentError(
      `${where} must be an array of { name, dataType, shape }, with at least one.`,
    );
  }
  const names = new Set<string>();
  stated.forEach((tensor: StatedTensor, index) => {
    const place = `${where}[${index}]`;
    checkOptionNames<StatedTensor>(place, tensor, { name: true, dataType: true, shape: true });
    const { name, dataType, shape } = tensor;
    if (typeof name !== 'string' || name === '' || names.has(name)) {
      throw new InvalidArgumentError(
        `${place}.name must be its name on the servers, and no other may have it.`,
      );
    }
    names.add(name);
    if (dataType !== undefined && !(typeof dataType === 'string' && isDataType(dataType))) {
      throw new InvalidArgumentError(
        `${place}.dataType must be one of ${Object.keys(dataTypeSize).join(', ')}.`,
      );
    }
    if (shape === undefined) return;
    if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= -1)) {
      throw new InvalidArgumentError(
        `${place}.shape must be an array of whole numbers from 0, or -1 for any length.`,
      );
    }
  });
}
