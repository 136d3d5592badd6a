// A library in Rust. Build it with:
// rustc --target wasm32-unknown-unknown --crate-type cdylib -O -C strip=symbols add.rs -o add.wasm
#[unsafe(no_mangle)]
pub extern "C" fn add(a: i32, b: i32) -> i32 {
    a.wrapping_add(b)
}
