import wabt from 'wabt';

const { parseWat } = await wabt();

const features = {
  exceptions: true,
  threads: true,
  multi_memory: true,
  memory64: true,
  extended_const: true,
  reference_types: true,
  simd: true,
};

/**
 * Compiles the text format with wabt. Newer features need not be known to the engine that runs the test.
 *
 * @param names whether the module has a section with the names that the text gives. Default: false.
 */
export function wat(source: string, names = false): Uint8Array<ArrayBuffer> {
  const module = parseWat('fixture.wat', new TextEncoder().encode(source), features);
  try {
    module.resolveNames();
    return Uint8Array.from(module.toBinary({ write_debug_names: names }).buffer);
  } finally {
    module.destroy();
  }
}
