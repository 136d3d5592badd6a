//! Sends HTTPS requests through the crate `http_req_wasi`, which opens a WASI socket and then calls the plug-in:
//! `http-req-wasi-client [--method METHOD] [--header NAME VALUE]... [--body TEXT | --body-length BYTES] [--repeat COUNT] [--show-body] URL`
//! Prints `status=`, one `header=` per header (sorted), `length=` and `sha256=` of the body, and with `--show-body` the body after
//! `body=`. `--body-length` sends that many bytes of the repeated alphabet. The exit code is 0 for an answer, 1 for none (with
//! `error=` and, where there is one, `errno=`), and 2 for a wrong usage.

use http_req::{error::Error, request::{Method, Request}, uri::Uri};
use sha2::{Digest, Sha256};
use std::convert::TryFrom;
use std::io::Write;
use std::process::exit;

fn usage() -> ! {
    eprintln!("usage: http-req-wasi-client [--method METHOD] [--header NAME VALUE]... [--body TEXT | --body-length BYTES] [--repeat COUNT] [--show-body] URL");
    exit(2)
}

fn method(name: &str) -> Method {
    match name {
        "GET" => Method::GET,
        "HEAD" => Method::HEAD,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "DELETE" => Method::DELETE,
        "OPTIONS" => Method::OPTIONS,
        "PATCH" => Method::PATCH,
        _ => usage(),
    }
}

fn fail(error: &Error) -> ! {
    println!("error={error}");
    if let Error::IO(cause) = error {
        println!("errno={}", cause.raw_os_error().unwrap_or(-1));
    }
    exit(1)
}

fn main() {
    let mut args = std::env::args().skip(1);
    let mut headers = Vec::new();
    let mut body = None;
    let mut chosen = Method::GET;
    let mut repeat = 1;
    let mut show_body = false;
    let url = loop {
        let arg = args.next().unwrap_or_else(|| usage());
        let mut value = || args.next().unwrap_or_else(|| usage());
        match arg.as_str() {
            "--method" => chosen = method(&value()),
            "--header" => headers.push((value(), value())),
            "--body" => body = Some(value().into_bytes()),
            "--body-length" => {
                let length: usize = value().parse().unwrap_or_else(|_| usage());
                body = Some((b'a'..=b'z').cycle().take(length).collect());
            }
            "--repeat" => repeat = value().parse().unwrap_or_else(|_| usage()),
            "--show-body" => show_body = true,
            _ => break arg,
        }
    };

    let uri = Uri::try_from(url.as_str()).unwrap_or_else(|error| fail(&error));
    let mut request = Request::new(&uri);
    request.method(chosen);
    for (name, value) in &headers {
        request.header(name, value);
    }
    if let Some(body) = &body {
        request.header("Content-Length", &body.len()).body(body);
    }
    for _ in 0..repeat {
        let mut received = Vec::new();
        let response = request.send(&mut received).unwrap_or_else(|error| fail(&error));
        println!("status={}", u16::from(response.status_code()));
        let mut lines: Vec<String> =
            response.headers().iter().map(|(name, value)| format!("header={}: {value}", name.as_ref())).collect();
        lines.sort();
        for line in lines {
            println!("{line}");
        }
        println!("length={}", received.len());
        println!("sha256={:x}", Sha256::digest(&received));
        if show_body {
            print!("body=");
            std::io::stdout().write_all(&received).expect("stdout is open");
            println!();
        }
    }
}
