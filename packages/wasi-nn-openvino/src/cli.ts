import { openVINO } from './plugin.js';

/** The OpenVINO plug-in in `wasmedge-plugins run`. */
export const commandLine = openVINO.commandLine;
export { describeModel } from './describe-model.js';
