import { wat } from '../../__fixtures__/wat.js';

/** A guest that takes the compiler seconds; one with another seed is another guest. */
export function slowGuest(seed = 0): Uint8Array<ArrayBuffer> {
  const step = (index: number) =>
    `(local.set 0 (i64.xor (i64.mul (local.get 0) (i64.const ${index * 7919 + seed + 3})) (i64.rotl (local.get 0) (i64.const ${index % 61}))))
     (if (i64.gt_u (local.get 0) (i64.const ${index})) (then (i64.store (i32.const ${index * 8}) (local.get 0))))`;
  const steps = Array.from({ length: 400 }, (_, index) => step(index)).join('\n');
  const functions = Array.from(
    { length: 40 },
    (_, index) => `(func (export "f${index}") (param i64) (result i64) ${steps} (local.get 0))`,
  );
  return wat(`(module (memory 1) ${functions.join('\n')})`);
}
