/** The buffers of the byte arrays in `response`, itself or one level down, that own their whole buffer and so can be moved. */
export function ownBuffers(response: unknown): ArrayBuffer[] {
  const candidates: unknown[] =
    response instanceof Uint8Array
      ? [response]
      : typeof response === 'object' && response !== null
        ? Object.values(response)
        : [];
  const buffers = new Set<ArrayBuffer>();
  for (const bytes of candidates) {
    if (!(bytes instanceof Uint8Array) || !(bytes.buffer instanceof ArrayBuffer)) continue;
    if (bytes.byteLength > 0 && bytes.byteLength === bytes.buffer.byteLength) buffers.add(bytes.buffer);
  }
  return [...buffers];
}
