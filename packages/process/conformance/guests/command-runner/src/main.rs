//! Runs one command of the host, as `env`, `timeout` and a pipe would:
//! `command-runner [--stdin] [--timeout MS] [--env KEY VALUE]... [--] PROGRAM [ARGUMENT]...`
//! With `--stdin` the command gets what this guest can read. Its output becomes this guest's output. The exit code is the command's,
//! 125 when it was refused or could not be started, and 2 for a wrong usage.

use std::io::{Read, Write};
use std::process::exit;
use wasmedge_process_interface::Command;

fn usage() -> ! {
    eprintln!("usage: command-runner [--stdin] [--timeout MS] [--env KEY VALUE]... [--] PROGRAM [ARGUMENT]...");
    exit(2)
}

fn main() {
    let mut args = std::env::args().skip(1);
    let mut input = Vec::new();
    let mut timeout = 10_000;
    let mut variables = Vec::new();
    let program = loop {
        let arg = args.next().unwrap_or_else(|| usage());
        match arg.as_str() {
            "--stdin" => {
                if let Err(error) = std::io::stdin().read_to_end(&mut input) {
                    eprintln!("command-runner: cannot read stdin: {error}");
                    exit(2)
                }
            }
            "--timeout" => timeout = args.next().and_then(|ms| ms.parse().ok()).unwrap_or_else(|| usage()),
            "--env" => match (args.next(), args.next()) {
                (Some(key), Some(value)) => variables.push((key, value)),
                _ => usage(),
            },
            "--" => break args.next().unwrap_or_else(|| usage()),
            _ => break arg,
        }
    };

    // The crate passes this guest's own environment on, and `--env` adds to it.
    let output = Command::new(program)
        .args(args)
        .envs(variables)
        .stdin_u8vec(&input)
        .timeout(timeout)
        .output();
    let written = std::io::stdout()
        .write_all(&output.stdout)
        .and_then(|()| std::io::stderr().write_all(&output.stderr));
    if let Err(error) = written {
        eprintln!("command-runner: cannot write: {error}");
        exit(2)
    }
    exit(if output.status < 0 { 125 } else { output.status })
}
