import { type Choices, type GrammarPart, GrammarProblem, type GrammarRules } from './grammar-part.js';

/** How deep parentheses may be nested: llama.cpp's parser calls itself for each, and ends the process when its stack is full. */
const deepest = 200;

/** How often a part may be repeated: llama.cpp takes a higher bound for none. */
const mostRepetitions = 1999;

const escapes: Readonly<Record<string, RegExp>> = {
  x: /[0-9a-fA-F]{2}/y,
  u: /[0-9a-fA-F]{4}/y,
  U: /[0-9a-fA-F]{8}/y,
};

/** Reads a grammar in llama.cpp's form (GBNF). */
export class GrammarReader {
  readonly #text: string;
  readonly #rules = new Map<string, Choices>();
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws {GrammarProblem} for what llama.cpp cannot read, or reads as something else. */
  rules(): GrammarRules {
    if (this.#text.includes('\0')) throw new GrammarProblem('has a character of code 0');
    this.#blanks(true);
    while (this.#at < this.#text.length) this.#rule();
    return this.#rules;
  }

  #rule(): void {
    const name = this.#take(/[a-zA-Z0-9-]+/y) ?? this.#fail('the name of a rule must come');
    this.#blanks(false);
    if (this.#take(/::=/y) === undefined) this.#fail('"::=" must come');
    this.#blanks(true);
    this.#rules.set(name, this.#choices(false));
    if (this.#take(/\r\n?|\n/y) === undefined && this.#at < this.#text.length) {
      this.#fail('no part of a rule begins');
    }
    this.#blanks(true);
  }

  #choices(isNested: boolean): Choices {
    const choices = [this.#sequence(isNested)];
    while (this.#take(/\|/y) !== undefined) {
      this.#blanks(true);
      choices.push(this.#sequence(isNested));
    }
    return choices;
  }

  #sequence(isNested: boolean): GrammarPart[] {
    const parts: GrammarPart[] = [];
    for (;;) {
      const repetition = this.#repetition(isNested);
      if (repetition !== undefined) {
        const part = parts.pop();
        if (part === undefined || isNothing(part)) this.#fail('there is nothing to repeat before this');
        parts.push({ kind: 'repetition', part, ...repetition });
      } else {
        const part = this.#part();
        if (part === undefined) return parts;
        parts.push(part);
      }
      this.#blanks(isNested);
    }
  }

  #part(): GrammarPart | undefined {
    switch (this.#text[this.#at]) {
      case '"':
        return this.#literal();
      case '[':
        return this.#set();
      case '(':
        return this.#group();
      case '.':
        this.#at++;
        return { kind: 'characters', count: 1 };
      case '<':
      case '!':
        return this.#fail('tokens of a vocabulary cannot be named; write what they stand for in quotes');
    }
    const name = this.#take(/[a-zA-Z0-9-]+/y);
    return name === undefined ? undefined : { kind: 'reference', name };
  }

  #literal(): GrammarPart {
    this.#at++;
    let count = 0;
    for (; this.#text[this.#at] !== '"'; count++) {
      const code = this.#character();
      if (code >= 0xd800 && code <= 0xdfff) this.#fail('half of a surrogate pair is no character');
    }
    this.#at++;
    return { kind: 'characters', count };
  }

  #set(): GrammarPart {
    this.#at++;
    this.#take(/\^/y);
    let count = 0;
    while (this.#text[this.#at] !== ']') {
      const first = this.#character();
      count++;
      if (this.#text[this.#at] !== '-' || this.#text[this.#at + 1] === ']') continue;
      this.#at++;
      const last = this.#character();
      count++;
      if (last < first) this.#fail('a range of characters must not end before it begins');
    }
    this.#at++;
    return { kind: 'characters', count };
  }

  #group(): GrammarPart {
    this.#depth++;
    if (this.#depth > deepest) throw new GrammarProblem(`is nested deeper than ${deepest} levels`);
    this.#at++;
    this.#blanks(true);
    const choices = this.#choices(true);
    if (this.#take(/\)/y) === undefined) this.#fail('")" must come');
    this.#depth--;
    return { kind: 'group', choices };
  }

  #character(): number {
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) this.#fail('the end must not come inside of a literal or a set');
    if (code !== 0x5c) {
      this.#at += code > 0xffff ? 2 : 1;
      return code;
    }
    const letter = this.#text[this.#at + 1] ?? '';
    this.#at += 2;
    const form = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (form !== undefined) {
      const value = Number.parseInt(this.#take(form) ?? this.#fail(`\\${letter} lacks digits`), 16);
      if (value > 0x10ffff) this.#fail('the last character has the code 10FFFF');
      return value;
    }
    const known = '\\"[]-trn'.indexOf(letter);
    if (letter === '' || known < 0) this.#fail(`the escape \\${letter} is unknown`);
    return ('\\"[]-\t\r\n'[known] as string).charCodeAt(0);
  }

  #repetition(isNested: boolean): { least: number; most: number } | undefined {
    const sign = this.#take(/[*+?{]/y);
    if (sign === undefined) return undefined;
    if (sign !== '{') {
      return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Number.POSITIVE_INFINITY };
    }
    this.#blanks(isNested);
    const least = this.#count() ?? this.#fail('a number must come');
    this.#blanks(isNested);
    let most = least;
    if (this.#take(/,/y) !== undefined) {
      this.#blanks(isNested);
      most = this.#count() ?? Number.POSITIVE_INFINITY;
      this.#blanks(isNested);
    }
    if (this.#take(/\}/y) === undefined) this.#fail('"}" must come');
    if (most < least) this.#fail(`a part is to be repeated at least ${least} times, but at most ${most}`);
    return { least, most };
  }

  #count(): number | undefined {
    const digits = this.#take(/[0-9]+/y);
    if (digits === undefined) return undefined;
    if (Number(digits) > mostRepetitions) this.#fail(`a part is repeated more than ${mostRepetitions} times`);
    return Number(digits);
  }

  /** Passes blanks and remarks. */
  #blanks(withLines: boolean): void {
    this.#take(withLines ? /(?:[ \t\r\n]|#[^\r\n]*)*/y : /(?:[ \t]|#[^\r\n]*)*/y);
  }

  #take(form: RegExp): string | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fail(reason: string): never {
    const before = this.#text.slice(0, this.#at).split('\n');
    const place = `line ${before.length}, column ${(before.at(-1) as string).length + 1}`;
    throw new GrammarProblem(`cannot be read at ${place}: ${reason}`);
  }
}

function isNothing(part: GrammarPart): boolean {
  return part.kind === 'characters' ? part.count === 0 : part.kind === 'repetition' && part.most === 0;
}
