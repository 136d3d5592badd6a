//! A chat in the terminal: each line of standard input is a question, whose answer is printed as it comes. The argument is the model's name; variables are options.

use std::io::{BufRead, Write};
use std::process::ExitCode;
use wasmedge_wasi_nn::{
    BackendError, Error, ExecutionTarget, GraphBuilder, GraphEncoding, GraphExecutionContext,
    TensorType,
};

fn main() -> ExitCode {
    let Some(model) = std::env::args().nth(1) else {
        eprintln!("Give the name of a model as the argument.");
        return ExitCode::from(2);
    };
    match chat(&model) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", advice(&error, &model));
            ExitCode::FAILURE
        }
    }
}

fn chat(model: &str) -> Result<(), Error> {
    let graph = GraphBuilder::new(GraphEncoding::Ggml, ExecutionTarget::AUTO)
        .config(options())
        .build_from_cache(model)?;
    let mut context = graph.init_execution_context()?;
    let mut dialogue = String::new();
    for line in std::io::stdin().lock().lines() {
        let question = format!("<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n", line?);
        let mut result = answer(&mut context, &format!("{dialogue}{question}"));
        if is_too_long(&result) && !dialogue.is_empty() {
            eprintln!("(The context is full; what was said before is forgotten.)");
            dialogue.clear();
            result = answer(&mut context, &question);
        }
        if is_too_long(&result) {
            eprintln!("(This is too long; ask something shorter, or set the variable ctx_size to more tokens.)");
            continue;
        }
        dialogue += &format!("{question}{}<|im_end|>\n", result?);
    }
    Ok(())
}

fn is_too_long(result: &Result<String, Error>) -> bool {
    matches!(result, Err(Error::BackendError(BackendError::PromptTooLong)))
}

/// What to do about an error that ends the chat.
fn advice(error: &Error, model: &str) -> String {
    match error {
        Error::BackendError(BackendError::NotFound) => format!(
            "There is no model named {model}; give a name that the host has, or have it name one: --nn-preload {model}:GGML:AUTO:model.gguf"
        ),
        Error::BackendError(BackendError::ModelNotFound) => {
            format!("The file of the model {model} is not there; correct its path.")
        }
        Error::BackendError(BackendError::InvalidArgument) => format!(
            "The model {model} cannot be used with these options; look at the variables ctx_size and temp, and at what the host says of the model."
        ),
        Error::BackendError(BackendError::TooLarge) => {
            format!("The host has no room for the model {model}; set the variable ctx_size to fewer tokens.")
        }
        _ => format!("{error}; the host's log says why."),
    }
}

/// The options of the model, of which variables may set some.
fn options() -> String {
    let variable = |name: &str, otherwise: &str| std::env::var(name).unwrap_or(otherwise.into());
    format!(
        "{{\"ctx-size\": {}, \"temp\": {}}}",
        variable("ctx_size", "2048"),
        variable("temp", "0.8")
    )
}

/// Prints the answer piece by piece, a character as soon as all its bytes are there.
fn answer(context: &mut GraphExecutionContext, dialogue: &str) -> Result<String, Error> {
    context.set_input(0, TensorType::U8, &[1], dialogue.as_bytes())?;
    let mut bytes = Vec::new();
    let mut printed = 0;
    loop {
        match context.compute_single() {
            Ok(()) => (),
            Err(Error::BackendError(BackendError::EndOfSequence)) => break,
            Err(Error::BackendError(BackendError::ContextFull)) => {
                print!(" (the context is full)");
                break;
            }
            Err(error) => return Err(error),
        }
        let mut buffer = [0_u8; 256];
        let written = context.get_output_single(0, &mut buffer)?;
        bytes.extend_from_slice(&buffer[..written]);
        if let Ok(whole) = std::str::from_utf8(&bytes[printed..]) {
            print!("{whole}");
            printed = bytes.len();
        }
        std::io::stdout().flush()?;
    }
    println!();
    context.fini_single()?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
