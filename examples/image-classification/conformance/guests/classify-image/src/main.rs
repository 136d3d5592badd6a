//! Names the shape on a picture: `classify-image MODEL LAYOUT [MODEL LAYOUT …]`. A model has the name that the host gave it, a layout is
//! `nchw` or `nhwc`; the picture comes on stdin, 32 × 32 pixels of three bytes. The labels are in the file `models/labels.txt`.

use std::error::Error;
use std::io::Read;
use wasi_nn::{ExecutionTarget, GraphBuilder, GraphEncoding, TensorType};

const SIDE: usize = 32;
const CHANNELS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let labels = std::fs::read_to_string("models/labels.txt")?;
    let mut pixels = Vec::new();
    std::io::stdin().read_to_end(&mut pixels)?;
    if pixels.len() != SIDE * SIDE * CHANNELS {
        return Err(format!(
            "the picture has {} bytes, not {}",
            pixels.len(),
            SIDE * SIDE * CHANNELS
        )
        .into());
    }
    for call in arguments.chunks(2) {
        let [model, layout] = call else {
            return Err("usage: classify-image MODEL LAYOUT [MODEL LAYOUT …]".into());
        };
        let (label, score) = labels
            .lines()
            .zip(classify(model, layout, &pixels)?)
            .max_by(|(_, one), (_, other)| one.total_cmp(other))
            .ok_or("the model gave no scores")?;
        println!("{model}: {label} {score:.3}");
    }
    Ok(())
}

/// The score of each label.
fn classify(model: &str, layout: &str, pixels: &[u8]) -> Result<Vec<f32>, Box<dyn Error>> {
    // The host knows the encoding of a model that has a name.
    let graph = GraphBuilder::new(GraphEncoding::Autodetec, ExecutionTarget::CPU)
        .build_from_cache(model)?;
    let mut context = graph.init_execution_context()?;
    let (shape, image) = lay_out(layout, pixels)?;
    context.set_input(0, TensorType::F32, &shape, image)?;
    context.compute()?;
    let mut scores = vec![0.0; 16];
    let written = context.get_output(0, &mut scores)?;
    scores.truncate(written / size_of::<f32>());
    Ok(scores)
}

/// Numbers from 0 to 1 in the order that a model takes.
fn lay_out(layout: &str, pixels: &[u8]) -> Result<([usize; 4], Vec<f32>), String> {
    let number = |&byte: &u8| f32::from(byte) / 255.0;
    match layout {
        "nhwc" => Ok((
            [1, SIDE, SIDE, CHANNELS],
            pixels.iter().map(number).collect(),
        )),
        "nchw" => {
            let channel = |index| pixels.iter().skip(index).step_by(CHANNELS).map(number);
            Ok((
                [1, CHANNELS, SIDE, SIDE],
                (0..CHANNELS).flat_map(channel).collect(),
            ))
        }
        _ => Err(format!("there is no layout {layout}")),
    }
}
