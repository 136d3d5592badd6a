//! A chat in the terminal: each line of standard input is a question, whose answer is printed as it comes. The argument is the model's name; variables are options.

use std::io::{BufRead, Write};
use wasmedge_wasi_nn::{
    BackendError, Error, ExecutionTarget, GraphBuilder, GraphEncoding, GraphExecutionContext,
    TensorType,
};

fn main() -> Result<(), Error> {
    let model = std::env::args().nth(1).expect("the name of a model");
    let graph = GraphBuilder::new(GraphEncoding::Ggml, ExecutionTarget::AUTO)
        .config(options())
        .build_from_cache(&model)?;
    let mut context = graph.init_execution_context()?;
    let mut dialogue = String::new();
    for line in std::io::stdin().lock().lines() {
        dialogue += &format!("<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n", line?);
        let answer = answer(&mut context, &dialogue)?;
        dialogue += &format!("{answer}<|im_end|>\n");
    }
    Ok(())
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
            Err(Error::BackendError(BackendError::ContextFull | BackendError::PromptTooLong)) => {
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
