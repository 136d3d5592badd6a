import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkGrammar } from './check-grammar.js';
import { schemaToGrammar } from './schema-to-grammar.js';

// llama.cpp's own examples, which come with node-llama-cpp.
const examples = fileURLToPath(new URL('../../node_modules/node-llama-cpp/llama/grammars/', import.meta.url));

describe('checkGrammar', () => {
  it.runIf(existsSync(examples))("takes all of llama.cpp's examples", () => {
    const names = readdirSync(examples).filter((name) => name.endsWith('.gbnf'));
    expect(names.length).toBeGreaterThan(5);
    for (const name of names)
      expect(() => checkGrammar(readFileSync(`${examples}${name}`, 'utf8'))).not.toThrow();
  });

  // Forms of the guide to GBNF that comes with llama.cpp.
  it.each([
    'root ::= "a"',
    '# nothing\n\n root ::= # here\n  "a" | # there\n "b"',
    'root ::= ("1. " move\n " " move "\\n")+\nmove ::= [a-h] [1-8] [+#]?\r\n',
    'root ::= [^\\n\\x00-\\x1F"\\]-]{1,1999} .*',
    'root ::= "\\u00e9" [\\U0001F600-\\U0010FFFF] "é" [ぁ-ゟ]',
    'root ::= "a"{2} "b"{2,} "c"{ 0 , 2 } "d"*+?',
    'root ::= "a" root |',
    'root ::= (("a"*)*)*',
    'root ::= "" [] ()',
  ])('takes %j', (grammar) => {
    expect(() => checkGrammar(grammar)).not.toThrow();
  });

  // What the grammars of schemas have at most.
  it.each<object>([
    { type: 'array', items: { type: 'string', maxLength: 1000 }, maxItems: 1000, minItems: 900 },
    { properties: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`p${index}`, {}])) },
    { $ref: '#/$defs/a', $defs: { a: { properties: { a: { $ref: '#/$defs/a' } } } } },
    {},
  ])('takes what is made of a schema', (schema) => {
    expect(() => checkGrammar(schemaToGrammar(JSON.stringify(schema)))).not.toThrow();
  });

  it.each<[string, RegExp]>([
    ['root ::= "a"{5,1}', /at least 5 times, but at most 1/],
    ['root ::= "a"{0,2000}', /more than 1999 times/],
    ['root ::= "a"{99999999999999999999}', /more than 1999 times/],
    ['root ::= [z-a]', /line 1, column 14: a range/],
    ['root ::= "\\UFFFFFFFF"', /10FFFF/],
    ['root ::= [\\U00110000]', /10FFFF/],
    ['root ::= "\\ud800"', /surrogate/],
    ['root ::= "\\q"', /escape \\q is unknown/],
    ['root ::= "\\x4"', /lacks digits/],
    ['root ::= <[1000]>', /tokens/],
    ['root ::= !<foo>', /tokens/],
    ['root ::= "a', /the end must not come/],
    ['root ::= [a', /the end must not come/],
    ['root ::= (', /"\)" must come/],
    ['root ::= "a"{', /a number must come/],
    ['root ::= "a"{1,', /"}" must come/],
    ['root ::= *', /nothing to repeat/],
    ['root ::= ""*', /nothing to repeat/],
    ['root : "a"', /"::=" must come/],
    ['root ::= "a"\n| "b"', /line 2, column 1/],
    ['a_b ::= "a"', /"::=" must come/],
    ['', /no rule "root"/],
    ['other ::= "a"', /no rule "root"/],
    ['root ::= a', /the rule "a", which it does not have/],
    ['root ::= root "a"', /can begin with itself/],
    ['root ::= a root "x" | "y"\na ::= b\nb ::= "q"?', /can begin with itself/],
    ['root ::= a\na ::= "x"? (b "y")*\nb ::= a', /can begin with itself/],
    [`root ::= ${'('.repeat(20_000)}`, /nested deeper/],
    [`root ::= ${'a? '.repeat(1000)}\na ::= "x"? "y"?`, /ambiguous/],
    [`root ::= "z" ${'a? '.repeat(1000)}\na ::= "x"? "y"?`, /ambiguous/],
    ['root ::= (("a"? "b"?){100}){100}', /ambiguous/],
    [
      `root ::= r0\n${Array.from({ length: 30 }, (_, i) => `r${i} ::= r${i + 1} | r${i + 1} "a"`).join('\n')}\nr30 ::= "b"`,
      /ambiguous/,
    ],
    [
      `${Array.from({ length: 5000 }, (_, i) => `r${i} ::= r${i + 1}`).join('\n')}\nr5000 ::= "a"\nroot ::= r0`,
      /begin with one another/,
    ],
    [`root ::= ${`"${'a'.repeat(100)}"{1900} `.repeat(10)}`, /elements/],
    [`root ::= "${'a'.repeat(300_000)}"`, /more than 262144 characters/],
    ['root ::= "a\0"', /code 0/],
  ])('refuses grammar %#', (grammar, message) => {
    const before = performance.now();
    expect(() => checkGrammar(grammar)).toThrow(message);
    expect(() => checkGrammar(grammar)).toThrow(expect.objectContaining({ errnoName: 'invalid_argument' }));
    // Twice, and far from what would be noticed.
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
