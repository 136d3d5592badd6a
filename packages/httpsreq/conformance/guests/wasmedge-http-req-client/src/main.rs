//! Sends one HTTPS request with the crates `wasmedge_http_req` and `wasmedge_wasi_socket`:
//! `wasmedge-http-req-client [--crate-only] URL`
//! The crate opens a WASI socket but knows no TLS, so this guest opens the socket as the crate does, takes the request's text from the
//! crate, gives it to the plug-in, and parses the answer with the crate. With `--crate-only` the crate's own `send` is all there is.
//! Prints `status=` and the body after `body=`. The exit code is 0 for an answer, 1 for none (with `error=` and, where there is one,
//! `errno=`), and 2 for a wrong usage.

use std::convert::TryFrom;
use std::io::Write;
use std::process::exit;
use wasmedge_http_req::{
    error::Error,
    request::{Request, RequestBuilder},
    response::Response,
    uri::Uri,
};
use wasmedge_wasi_socket::TcpStream;

#[link(wasm_import_module = "wasmedge_httpsreq")]
extern "C" {
    fn wasmedge_httpsreq_send_data(host: *const u8, host_len: u32, port: u32, body: *const u8, body_len: u32);
    fn wasmedge_httpsreq_get_rcv(buffer: *mut u8);
    fn wasmedge_httpsreq_get_rcv_len() -> u32;
}

fn usage() -> ! {
    eprintln!("usage: wasmedge-http-req-client [--crate-only] URL");
    exit(2)
}

fn fail(error: &Error) -> ! {
    println!("error={error}");
    if let Error::IO(cause) = error {
        println!("errno={}", cause.raw_os_error().unwrap_or(-1));
    }
    exit(1)
}

/// The host is not followed by a zero byte, as a Rust string is not.
fn through_plugin(uri: &Uri, body: &mut Vec<u8>) -> Result<Response, Error> {
    let host = uri.host().unwrap_or("");
    let port = uri.corr_port();
    let _socket = TcpStream::connect((host, port))?;
    let request = RequestBuilder::new(uri).header("Connection", "Close").parse_msg();
    let received = unsafe {
        wasmedge_httpsreq_send_data(
            host.as_ptr(),
            host.len() as u32,
            port.into(),
            request.as_ptr(),
            request.len() as u32,
        );
        let mut received = vec![0; wasmedge_httpsreq_get_rcv_len() as usize];
        wasmedge_httpsreq_get_rcv(received.as_mut_ptr());
        received
    };
    Response::try_from(&received, body)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (crate_only, url) = match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--crate-only", url] => (true, url),
        [url] => (false, url),
        _ => usage(),
    };
    let uri = Uri::try_from(url).unwrap_or_else(|error| fail(&error));
    let mut body = Vec::new();
    let response = if crate_only {
        Request::new(&uri).send(&mut body)
    } else {
        through_plugin(&uri, &mut body)
    }
    .unwrap_or_else(|error| fail(&error));
    println!("status={}", u16::from(response.status_code()));
    print!("body=");
    std::io::stdout().write_all(&body).expect("stdout is open");
    println!();
}
