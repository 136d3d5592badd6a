import { NnError } from '../errors.js';

/** Most bytes of a configuration. */
export const longestConfig = 64 * 1024;

/** How deep a configuration may be nested; the deepest that a backend knows has two levels. */
const deepestNesting = 32;

/** Most members of all objects and arrays of a configuration together. */
const maxMembers = 4096;

/**
 * Looks at a guest's JSON before anything parses it: a short text may be nested as deep as it is long.
 *
 * @throws {NnError} `invalid_argument` when it is nested too deep, or has too many members.
 */
export function checkConfigText(text: string): void {
  let depth = 0;
  let members = 0;
  // A text in quotation marks, or one of the characters that make structure.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{},]/gs)) {
    if (token === '[' || token === '{') {
      depth++;
      members++;
    } else if (token === ']' || token === '}') depth--;
    else if (token === ',') members++;
    if (depth > deepestNesting) throw refuse(`nested deeper than ${deepestNesting} levels`);
    if (members > maxMembers) throw refuse(`a list of more than ${maxMembers} members`);
  }
}

function refuse(reason: string): NnError {
  return new NnError('invalid_argument', `The guest's configuration is ${reason}.`);
}
