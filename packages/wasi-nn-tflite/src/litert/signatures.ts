const signatureField = 7;

/**
 * Takes the signatures out of a copy of a model: LiteRT.js would name inputs and outputs by the first of them, and TensorFlow Lite's C library
 * knows those of the graph. The model is a flatbuffer: the table of its fields says where the list of signatures is, and the list begins with
 * its length.
 */
export function removeSignatures(model: Uint8Array): void {
  const view = new DataView(model.buffer, model.byteOffset, model.byteLength);
  try {
    const table = view.getUint32(0, true);
    const fields = table - view.getInt32(table, true);
    const entry = 4 + signatureField * 2;
    if (view.getUint16(fields, true) < entry + 2) return;
    const offset = view.getUint16(fields + entry, true);
    if (offset === 0) return;
    const place = table + offset;
    view.setUint32(place + view.getUint32(place, true), 0, true);
  } catch (error) {
    // Numbers that lead outside of the model: LiteRT.js refuses it.
    if (!(error instanceof RangeError)) throw error;
  }
}
