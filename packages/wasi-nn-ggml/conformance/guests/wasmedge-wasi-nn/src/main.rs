//! Asks a language model through the crate that LlamaEdge uses. The arguments are the model's name, the JSON of its options, what to do, and a prompt, as often as there
//! is something to do; what came of it is printed line by line.

use wasmedge_wasi_nn::{
    BackendError, Error, ExecutionTarget, Graph, GraphBuilder, GraphEncoding,
    GraphExecutionContext, TensorType,
};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    for chunk in arguments.chunks(4) {
        let [model, options, task, prompt] = chunk else {
            panic!("a model, options, a task and a prompt")
        };
        if let Err(error) = run(model, options, task, prompt) {
            println!("error: {error}");
        }
    }
}

fn run(model: &str, options: &str, task: &str, prompt: &str) -> Result<(), Error> {
    match task {
        "whole" => whole(model, options, prompt),
        "pieces" => pieces(model, options, prompt),
        "llamaedge" => llamaedge(model, options, prompt),
        "rounds" => (0..5).try_for_each(|_| round(model, options, prompt)),
        _ => panic!("no task {task}"),
    }
}

fn load(model: &str, options: &str) -> Result<Graph, Error> {
    GraphBuilder::new(GraphEncoding::Ggml, ExecutionTarget::AUTO)
        .config(options.to_string())
        .build_from_cache(model)
}

fn set(context: &mut GraphExecutionContext, prompt: &str) -> Result<(), Error> {
    // As the guests of WasmEdge's examples do: the shape is not that of the bytes.
    context.set_input(0, TensorType::U8, &[1], prompt.as_bytes())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\n', "\\n")
}

fn output(context: &GraphExecutionContext, index: usize) -> Result<String, Error> {
    let mut buffer = vec![0_u8; 24576];
    let written = context.get_output(index, &mut buffer)?;
    Ok(text(&buffer[..written]))
}

fn whole(model: &str, options: &str, prompt: &str) -> Result<(), Error> {
    let graph = load(model, options)?;
    let mut context = graph.init_execution_context()?;
    set(&mut context, prompt)?;
    println!("{}", output(&context, 1)?);
    match context.compute() {
        Err(Error::BackendError(BackendError::ContextFull)) => println!("context full"),
        other => other?,
    }
    println!("{}", output(&context, 0)?);
    println!("{}", output(&context, 1)?);
    Ok(())
}

fn pieces(model: &str, options: &str, prompt: &str) -> Result<(), Error> {
    let graph = load(model, options)?;
    let mut context = graph.init_execution_context()?;
    set(&mut context, prompt)?;
    let mut all = Vec::new();
    loop {
        match context.compute_single() {
            Ok(()) => (),
            Err(Error::BackendError(BackendError::EndOfSequence)) => break,
            Err(error) => return Err(error),
        }
        let mut buffer = [0_u8; 64];
        let written = context.get_output_single(0, &mut buffer)?;
        all.push(
            buffer[..written]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>(),
        );
    }
    println!("{}", all.join(" "));
    println!("{}", output(&context, 1)?);
    context.fini_single()
}

/// Reads outputs as LlamaEdge does: into a vector that has room, and a length of 0.
fn llamaedge(model: &str, options: &str, prompt: &str) -> Result<(), Error> {
    let graph = load(model, options)?;
    let mut context = graph.init_execution_context()?;
    set(&mut context, prompt)?;
    context.compute()?;
    for index in [0, 1] {
        let mut buffer: Vec<u8> = Vec::with_capacity(245_888);
        let written = context.get_output(index, &mut buffer)?;
        // The host has written them.
        unsafe { buffer.set_len(written) };
        println!("{}", text(&buffer));
    }
    let mut nothing: Vec<u8> = Vec::new();
    println!("{:?}", context.get_output(0, &mut nothing).is_ok());
    Ok(())
}

fn round(model: &str, options: &str, prompt: &str) -> Result<(), Error> {
    let graph = load(model, options)?;
    let mut context = graph.init_execution_context()?;
    set(&mut context, prompt)?;
    context.compute()?;
    println!("{}", output(&context, 0)?);
    graph.unload()
}
