const picturesOnly = 'up to 0.14.1 every input is taken for a picture of 224 by 224';

const oneInput = `every set_input makes a new request, so that a model with two inputs is never computed; ${picturesOnly}`;

/** What WasmEdge's plug-in with OpenVINO does instead, by the name of the case; other differences stand at the cases. */
export const upstreamDifferences: Readonly<Record<string, string>> = {
  'a model is loaded, computes, and tells its output and its size': oneInput,
  'a named model is loaded once, and is the same graph again': oneInput,
  'contexts of one graph do not disturb each other': oneInput,
  'more than 16 graphs stay usable, the first among them': oneInput,
  'graphs and contexts of a guest are nothing to another one in the same runtime': oneInput,
  'an input that the model does not have, or of another type, is refused and the others stay': oneInput,
  'computing before every input is there is an error, and nothing was computed': oneInput,
  'outputs are those of the last computation': oneInput,
  'data of another length than the shape has is an invalid argument':
    'as many bytes are read as the shape has, whatever the length',
  'get_output checks its ranges and its index, and writes nothing when it fails': oneInput,
  'a guest of the crate wasi-nn 0.5.0 loads by name, computes, and reads what went wrong': oneInput,
  'a guest of the crate wasi-nn 0.6.0 loads by name, computes, and reads what went wrong': oneInput,
  'set_input checks every range, the element type and the context': picturesOnly,
  'only the low 8 bits of an element type count': picturesOnly,
  'a model with weights answers to the last bit': picturesOnly,
  'a dimension that is not fixed takes any length, also another one the next time': picturesOnly,
};
