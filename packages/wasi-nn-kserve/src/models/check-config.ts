import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { RemoteConfig, RemoteModel } from './remote-model.js';

/**
 * Refuses what a guest asks of a model beyond what the host allows.
 *
 * @throws {BackendFailure} `invalid_argument`, before anything is asked of a server.
 */
export function checkConfig(model: RemoteModel, { version, timeoutMs, parameters = {} }: RemoteConfig): void {
  if (version !== undefined && model.version !== undefined && version !== model.version) {
    throw refuse(`the host has chosen the version ${model.version}`);
  }
  if (timeoutMs !== undefined && timeoutMs > model.timeoutMs) {
    throw refuse(`timeoutMs must be at most the host's, ${model.timeoutMs}`);
  }
  const allowed = model.guestParameters ?? [];
  const other = Object.keys(parameters).find((name) => !allowed.includes(name));
  if (other === undefined) return;
  throw refuse(
    `the parameter ${JSON.stringify(other.slice(0, 100))} is not one that guests may set; there are: ${allowed.join(', ') || 'none'}`,
  );
}

/**
 * The outputs that a guest asks for, or all.
 *
 * @throws {BackendFailure} `invalid_argument` for one that the model does not have.
 */
export function chooseOutputs<Output extends { readonly name: string }>(
  outputs: readonly Output[],
  { outputs: names }: RemoteConfig,
): readonly Output[] {
  if (names === undefined) return outputs;
  return names.map((name) => {
    const output = outputs.find((each) => each.name === name);
    if (output !== undefined) return output;
    const known = outputs.map((each) => each.name).join(', ');
    throw refuse(`there is no output ${JSON.stringify(name.slice(0, 100))}; there are: ${known}`);
  });
}

function refuse(reason: string): BackendFailure {
  return new BackendFailure('invalid_argument', `The model's configuration cannot be used: ${reason}.`);
}
