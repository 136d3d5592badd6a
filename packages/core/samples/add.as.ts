// A library in AssemblyScript. Build it with: npx asc add.as.ts --outFile add.wasm --runtime stub
export function add(a: i32, b: i32): i32 {
  return a + b;
}
