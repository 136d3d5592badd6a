//! Makes the calls of the process plug-in that its arguments name, in that order, and prints what they answer, a line each. A text
//! that starts with `hex:` is bytes. See the match below for the calls.

use std::time::{Instant, SystemTime, UNIX_EPOCH};
use wasmedge_process_interface::wasmedge_process::*;

fn bytes(text: String) -> Vec<u8> {
    match text.strip_prefix("hex:") {
        Some(digits) => digits
            .as_bytes()
            .chunks(2)
            .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
            .collect(),
        None => text.into_bytes(),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn with(text: String, call: unsafe extern "C" fn(*const i8, u32)) {
    let bytes = bytes(text);
    unsafe { call(bytes.as_ptr().cast(), bytes.len() as u32) }
}

fn output(length: unsafe extern "C" fn() -> u32, get: unsafe extern "C" fn(*mut u8)) -> Vec<u8> {
    unsafe {
        let mut bytes = vec![0; length() as usize];
        get(bytes.as_mut_ptr());
        bytes
    }
}

fn milliseconds_of_second() -> u32 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_millis()
}

fn main() {
    let mut args = std::env::args().skip(1);
    let mut filled = Vec::new();
    while let Some(call) = args.next() {
        let mut next = || args.next().expect("a call lacks its operand");
        match call.as_str() {
            "name" => with(next(), wasmedge_process_set_prog_name),
            "arg" => with(next(), wasmedge_process_add_arg),
            "stdin" => with(next(), wasmedge_process_add_stdin),
            "env" => {
                let (key, value) = (bytes(next()), bytes(next()));
                let lengths = (key.len() as u32, value.len() as u32);
                unsafe {
                    wasmedge_process_add_env(key.as_ptr().cast(), lengths.0, value.as_ptr().cast(), lengths.1)
                }
            }
            "timeout" => unsafe { wasmedge_process_set_timeout(next().parse().unwrap()) },
            // Adds that many bytes of a pattern to stdin.
            "fill-stdin" => {
                let length: u32 = next().parse().unwrap();
                filled = (0..length).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
                unsafe { wasmedge_process_add_stdin(filled.as_ptr().cast(), length) }
            }
            "stdout-is-filled" => {
                let same = output(wasmedge_process_get_stdout_len, wasmedge_process_get_stdout) == filled;
                println!("stdout-is-filled={same}")
            }
            // Waits until a second of the wall clock has just begun.
            "align" => while !(50..150).contains(&milliseconds_of_second()) {},
            "run" => {
                let start = Instant::now();
                let result = unsafe { wasmedge_process_run() };
                println!("took={}", start.elapsed().as_millis());
                println!("run={result}")
            }
            "exit-code" => println!("exit-code={}", unsafe { wasmedge_process_get_exit_code() }),
            "stdout-length" => println!("stdout-length={}", unsafe { wasmedge_process_get_stdout_len() }),
            "stderr-length" => println!("stderr-length={}", unsafe { wasmedge_process_get_stderr_len() }),
            "stdout" => {
                println!("stdout={}", hex(&output(wasmedge_process_get_stdout_len, wasmedge_process_get_stdout)))
            }
            "stderr" => {
                println!("stderr={}", hex(&output(wasmedge_process_get_stderr_len, wasmedge_process_get_stderr)))
            }
            other => panic!("no call {other}"),
        }
    }
}
