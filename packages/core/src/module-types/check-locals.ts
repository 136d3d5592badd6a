import { readSections, sectionId } from './sections.js';
import { readValueType } from './value-type.js';

/** Most local variables of a function: the implementation limit of the WebAssembly JavaScript interface. */
export const mostLocals = 50_000;

/**
 * Refuses a module with a function of more than {@link mostLocals} local variables. A few bytes can declare four billion of them,
 * and WasmEdge ends the process when there is no memory for them.
 *
 * @throws {InvalidGuestError} for such a function, and when the bytes are not a module.
 */
export function checkLocals(bytes: Uint8Array): void {
  for (const { id, reader } of readSections(bytes)) {
    if (id !== sectionId.code) continue;
    for (let left = reader.count(); left > 0; left--) {
      const body = reader.part(reader.u32());
      let locals = 0;
      for (let groups = body.count(); groups > 0; groups--) {
        locals += body.u32();
        if (locals > mostLocals) {
          throw body.invalid(`a function with ${locals} local variables (${mostLocals} at most)`);
        }
        readValueType(body);
      }
    }
  }
}
