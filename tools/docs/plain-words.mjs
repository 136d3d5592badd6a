// @ts-check

/**
 * Phrases at which readers stumbled, each with what to write instead.
 *
 * @type {readonly (readonly [RegExp, string])[]}
 */
const phrases = [
  [/\b(?:nothing|none) is allowed that (?:is|was) not named\b/i, 'everything is denied unless you list it'],
  [/\b(?:leave|leaves|leaving|left) (?:\S+ ){0,3}away\b/i, 'omit …'],
  [/\b[Ll]eave (?:`[^`]+`|--\w+|it|them|either|\w+) out(?:,| or|;|\.)/, 'omit …'],
  [/\bdefects are not(?: kept)?\b/i, 'known upstream bugs are fixed here'],
  [/\bhas not (?:the|a|an)\b|\bhave not (?:the|a|an)\b/i, 'does not have …, or … does not match'],
  [/(?<!there )\bis no (?:file|plug-in|guest|error|option|module|number|match|matter|such)\b/i, 'is not a …'],
  [/\b(?:caller|host|user|guest|program)(?:'s|s') matter\b/i, 'say who does what: "apply … yourself"'],
  [/\bhas no way\b/i, 'cannot …, or … lacks …'],
  [/\bso much as\b/i, 'even'],
  [/\bfor ever\b/i, 'forever'],
  [/\bthe other way round\b/i, 'vice versa'],
  [/\bwithout a word\b/i, 'silently'],
  [/\b(?:may not|cannot) be had\b|\bcan be had\b/i, 'is (not) available'],
  [/\bthat is told\b|\bis told and not\b/i, 'is reported'],
  [/\bbounds? (?:is|are) met\b/i, 'a limit is reached'],
  [/\bKept as upstream has it\b/i, 'The same as upstream'],
  [/\bthe processor's time\b/i, 'CPU time'],
];

/**
 * What of a text is not plain: where, what, and what to write instead.
 *
 * @param {string} name of the file
 * @param {string} text
 * @returns {string[]}
 */
export function notPlain(name, text) {
  return phrases.flatMap(([phrase, better]) =>
    [...text.matchAll(new RegExp(phrase, `g${phrase.flags}`))].map(
      ({ 0: found, index }) =>
        `${name}:${text.slice(0, index).split('\n').length}: "${found}"; better: ${better}`,
    ),
  );
}

/**
 * A source without its comments, on the same lines: what programs print, and code.
 *
 * @param {string} source
 */
export function withoutComments(source) {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) =>
    comment.replaceAll(/[^\n]/g, ''),
  );
}
