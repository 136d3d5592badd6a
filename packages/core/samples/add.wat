;; A library: it exports a function that adds two numbers. Made by: npx wat2wasm add.wat -o add.wasm
(module
  (func (export "add") (param $a i32) (param $b i32) (result i32)
    (i32.add (local.get $a) (local.get $b))))
