// A WASI command in Rust. Build it with: rustc --target wasm32-wasip1 -O -C strip=symbols hello.rs -o hello.wasm
fn main() {
    println!("hello");
}
