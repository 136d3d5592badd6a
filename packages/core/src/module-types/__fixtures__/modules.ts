/** One of every kind of import and export that Node 20 accepts. */
export const richModule = `(module
  (type $pair (func (param i32 i64) (result f32 f64)))
  (import "env" "pair" (func $pair (type $pair)))
  (import "env" "vector" (func (param v128) (result v128)))
  (import "env" "references" (func (param funcref externref) (result externref)))
  (import "env" "table" (table 2 5 externref))
  (import "env" "counter" (global $counter (mut i64)))
  (import "env" "constant" (global $constant i32))
  (import "env" "größe 🧭" (func))
  (import "env" "oops" (tag $oops (param i32)))
  (table $own 3 funcref)
  (memory $memory 1 16)
  (tag $mine (param f64))
  (global $i32 (mut i32) (i32.const -5))
  (global $i64 i64 (i64.const 0x7fff_ffff_ffff_ffff))
  (global $f32 f32 (f32.const 1.5))
  (global $f64 f64 (f64.const -2.25))
  (global $function funcref (ref.func $add))
  (global $nothing externref (ref.null extern))
  (global $vector v128 (v128.const i64x2 1 2))
  (global $copy i32 (global.get $constant))
  (global $last (mut f64) (f64.const 0))
  (func $add (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (export "add" (func $add))
  (export "pair again" (func $pair))
  (export "imported counter" (global $counter))
  (export "own table" (table $own))
  (export "imported table" (table 0))
  (export "memory" (memory $memory))
  (export "i32" (global $i32))
  (export "i64" (global $i64))
  (export "function" (global $function))
  (export "nothing" (global $nothing))
  (export "vector" (global $vector))
  (export "copy" (global $copy))
  (export "last" (global $last))
  (export "mine" (tag $mine))
  (export "" (func $add))
  (elem (table $own) (i32.const 0) func $add)
  (data (i32.const 0) "some data")
)`;

/** A module of the given sections, each `[id, ...content]` with content of less than 128 bytes. */
export function moduleOf(...sections: readonly (readonly [id: number, ...content: number[]])[]): Uint8Array {
  const body = sections.flatMap(([id, ...content]) => [id, content.length, ...content]);
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...body]);
}
