import type { ModelName } from '../../protocol/messages.js';

const modelsPath = '/v2/models/';

/** Where everything about a model is. */
export function modelPath({ name, version }: ModelName): string {
  const path = `${modelsPath}${encodeURIComponent(name)}`;
  return version === undefined || version === '' ? path : `${path}/versions/${encodeURIComponent(version)}`;
}

/** Where a region of shared memory is registered. */
export function regionPath(name: string): string {
  return `/v2/systemsharedmemory/region/${encodeURIComponent(name)}`;
}

/** Whether what is not found there is a model; otherwise it is something that the server cannot do. */
export function isOfModel(path: string): boolean {
  return path.startsWith(modelsPath);
}
