import { httpsReqPlugin } from './plugin.js';

/** The HttpsReq plug-in in `wasmedge-plugins run`. */
export const commandLine = httpsReqPlugin.commandLine;
