import { callElsewhere } from '../../native/call-elsewhere.js';
import type { Library } from '../../native/library.js';
import { NativeArea } from '../../native/native-area.js';
import { ParsedModule } from './parsed-module.js';
import { defaultObjects, type SharedObjects } from './shared-objects.js';

/** Parses and validates a module, or gives the code that it failed with. Calls `goOn` between. */
export function parseModule(
  library: Library,
  { loader, validator }: SharedObjects,
  bytes: Uint8Array,
  goOn: () => void,
): ParsedModule | number {
  const { c, out } = library;
  const parsed = c.LoaderParseFromBuffer(loader, out.address, bytes, bytes.byteLength);
  if (parsed !== 0) return parsed;
  const module = new ParsedModule(library, Number(out.u64[0]));
  let isValid = false;
  try {
    goOn();
    const validated = module.use((pointer) => c.ValidatorValidate(validator, pointer));
    if (validated !== 0) return validated;
    isValid = true;
    return module;
  } finally {
    if (!isValid) module.release();
  }
}

/** One at a time: koffi has few places for such calls, and each works as fast as the machine can. */
let last: Promise<unknown> = Promise.resolve();

/** {@link parseModule} on another thread, with objects of its own: WasmEdge's are for one thread. */
export function parseElsewhere(library: Library, bytes: Uint8Array): Promise<ParsedModule | number> {
  const next = last.then(() => parse(library, bytes));
  last = next.catch(() => {});
  return next;
}

async function parse(library: Library, bytes: Uint8Array): Promise<ParsedModule | number> {
  const { c } = library;
  const { configure } = defaultObjects(library);
  const loader = Number(c.LoaderCreate(configure));
  const validator = Number(c.ValidatorCreate(configure));
  // The addresses stay while the calls run: the area is freed last, and the bytes are held here.
  const area = new NativeArea(8);
  try {
    const parsed = await callElsewhere(
      c.LoaderParseFromBuffer,
      ...([loader, area.address, bytes, bytes.byteLength] as const),
    );
    if (parsed !== 0) return parsed;
    const pointer = Number(area.u64[0]);
    const validated = await callElsewhere(c.ValidatorValidate, validator, pointer);
    const module = new ParsedModule(library, pointer);
    if (validated === 0) return module;
    module.release();
    return validated;
  } finally {
    area[Symbol.dispose]();
    c.ValidatorDelete(validator);
    c.LoaderDelete(loader);
  }
}
