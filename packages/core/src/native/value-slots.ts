/** Size of a WasmEdge_Value: 16 bytes of payload, 8 of type, 8 of padding. */
export const valueSize = 32;
