import { NnError } from '@wasmedge-plugins/wasi-nn';
import { type ConfigRules, checkConfigText, longestConfig, readConfig } from '@wasmedge-plugins/wasi-nn/kit';
import { type GuestConfig, optionsOf } from './options/guest-options.js';
import { idleOptions } from './options/idle-options.js';
import { type GGMLRelease, isFrom } from './release.js';

/** How the JSON of guests is read: unknown names are ignored, which guests rely on. */
export function optionRulesOf(release: GGMLRelease): ConfigRules {
  return {
    malformed: 'invalid_encoding',
    unknown: 'ignore',
    otherJson: 'empty',
    withoutEffect: isFrom(release, '0.15') ? idleOptions : {},
    wholeNumbers: 'exact',
  };
}

/**
 * Reads the JSON that a guest passes as input 1.
 *
 * @throws {NnError} `too_large` for more than 64 KiB.
 * @throws {NnError} `invalid_encoding` for what is not JSON, `invalid_argument` for an option of the wrong type or an image, `unsupported_operation`
 * for what needs a projector or speech.
 */
export function readOptions(release: GGMLRelease, json: string): GuestConfig {
  if (Buffer.byteLength(json) > longestConfig) {
    throw new NnError('too_large', `The options have more than ${longestConfig} bytes.`);
  }
  checkConfigText(json);
  const config = readConfig(optionsOf(release), json, 'guest', optionRulesOf(release));
  refuseOtherMedia(config);
  return config;
}

/**
 * Pictures and speech need libraries that node-llama-cpp does not have.
 *
 * @throws {NnError} `invalid_argument` for an image, `unsupported_operation` for the rest.
 */
export function refuseOtherMedia(config: GuestConfig): void {
  if (config.image) throw new NnError('invalid_argument', 'Images are not supported; omit "image".');
  const given = [config.mmproj && 'mmproj', config.tts && 'tts', config['model-vocoder'] && 'model-vocoder'];
  const name = given.find(Boolean);
  if (name === undefined) return;
  throw new NnError(
    'unsupported_operation',
    `The option "${name}" is not supported: node-llama-cpp computes text only; omit it.`,
  );
}

/** A picture in a prompt, as guests of WasmEdge write it. */
const picture = /<img src="data:image\/[^;"]*;base64,[^"]*"/;

/**
 * From 0.15 on, a prompt with a picture needs a projector; before, it is a text like any other.
 *
 * @throws {NnError} `invalid_argument` for such a prompt.
 */
export function refusePictures(release: GGMLRelease, prompt: string): void {
  if (!isFrom(release, '0.15') || !picture.test(prompt)) return;
  throw new NnError(
    'invalid_argument',
    'The prompt has a picture, and pictures are not supported; omit the tag <img>.',
  );
}
