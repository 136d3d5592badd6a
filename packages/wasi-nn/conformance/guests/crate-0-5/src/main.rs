//! Calls models by name through the crate `wasi-nn`. Each pair of arguments is a model to call and what it is: `add` for one that adds
//! two tensors, or an element type for one that gives its input back. Prints a line for each.

use wasi_nn::{ExecutionTarget, GraphBuilder, GraphEncoding, TensorType};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    for call in arguments.chunks(2) {
        let [model, kind] = call else {
            panic!("a model without its kind")
        };
        match run(model, kind) {
            Ok(output) => println!("{model}={output}"),
            Err(error) => println!("{model}: {error}"),
        }
    }
}

fn run(model: &str, kind: &str) -> Result<String, wasi_nn::Error> {
    // The crate gives no encoding to the host when a model has a name.
    let graph =
        GraphBuilder::new(GraphEncoding::Openvino, ExecutionTarget::CPU).build_from_cache(model)?;
    let mut context = graph.init_execution_context()?;
    if kind == "add" {
        let numbers = [1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0];
        context.set_input(0, TensorType::F32, &[2, 3], numbers)?;
        context.set_input(
            1,
            TensorType::F32,
            &[2, 3],
            numbers.map(|number| number / 2.0),
        )?;
        context.compute()?;
        let mut sum = [0.0_f32; 8];
        let written = context.get_output(0, &mut sum)?;
        return Ok(format!("{:?}", &sum[..written / 4]));
    }
    match kind {
        "f16" => context.set_input(0, TensorType::F16, &[4], [0x3c00_u16, 0xbc00, 0, 1])?,
        "f32" => context.set_input(0, TensorType::F32, &[4], [1.5_f32, -2.0, 0.0, 3e38])?,
        "u8" => context.set_input(0, TensorType::U8, &[4], [0_u8, 1, 127, 255])?,
        "i32" => context.set_input(0, TensorType::I32, &[4], [0_i32, -1, i32::MIN, i32::MAX])?,
        _ => panic!("no element type {kind}"),
    }
    context.compute()?;
    let mut bytes = [0_u8; 64];
    let written = context.get_output(0, &mut bytes)?;
    Ok(bytes[..written]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}
