import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisposedError, InvalidArgumentError } from '@wasmedge-plugins/core';
import { NnError } from '@wasmedge-plugins/wasi-nn';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { continued, dialogue, embedding, modelBytes, modelUrl, noModelUrl } from '../conformance/models.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import { ggml } from './plugin.js';
import type { GenerateOptions } from './session/generate-options.js';
import type { GGMLSession } from './session/session.js';

const source = { file: modelUrl, config: { 'ctx-size': 256, threads: 1 } } as const;
const greedy = { temperature: 0 } as const;
const ask = (content: string) => [{ role: 'user', content } as const];
const withoutEnd = (text: string) => text.replace(/<[^<]+>$/, '');

/** The model of the suite, with another chat template of the same length: blanks at its end say nothing. */
function withTemplate(template: string): Uint8Array {
  const bytes = modelBytes();
  const text = Buffer.from(bytes.buffer);
  const key = 'tokenizer.chat_template';
  // Behind the key stand the type, in 4 bytes, and the length, in 8.
  const start = text.indexOf(key) + key.length + 12;
  const length = Number(text.readBigUInt64LE(start - 8));
  text.write(template.padEnd(length), start, length, 'latin1');
  return bytes;
}

const circular: Record<string, unknown> = {};
circular.self = circular;

await describeWithLibrary(() => {
  let session: GGMLSession;
  beforeAll(async () => {
    session = await ggml().session(source);
  }, 120_000);
  afterAll(() => session?.[Symbol.dispose]());

  // What NumPy computes of the same file.
  it.each(['Speak Japanese.', 'Smile!', 'Speak German.'])(
    'answers "%s" in whole characters',
    async (question) => {
      const { text, inputTokens, tokens } = dialogue(question);
      const generated = session.generate(ask(question), greedy);
      expect(generated.finishReason).toBeUndefined();
      const pieces: string[] = [];
      for await (const piece of generated) pieces.push(piece);
      expect(pieces.join('')).toBe(withoutEnd(text));
      expect(pieces.every((piece) => [...piece].length === 1)).toBe(true);
      expect(generated.counts).toEqual({ prompt: inputTokens, generated: tokens.length });
      expect(generated.finishReason).toBe('end');
    },
  );

  it('continues a text, up to what it is to stop at', async () => {
    const { prompt, text } = continued('The sea');
    expect(await session.generate(prompt, greedy).text()).toBe(withoutEnd(text));
    const cut = async (options: GenerateOptions) => {
      const generated = session.generate(prompt, { ...greedy, ...options });
      return [await generated.text(), generated.finishReason];
    };
    expect(await cut({ stop: ['nowhere', 'boats'] })).toEqual([' was calm, and the ', 'stop']);
    expect(await cut({ stop: 'lay still. A gull sang' })).toEqual([withoutEnd(text), 'end']);
    expect(await cut({ maxTokens: 4 })).toEqual([' was', 'length']);
    expect(await cut({ maxTokens: 0 })).toEqual(['', 'length']);
  });

  it('keeps nothing of one text for the next', async () => {
    const { prompt, text } = continued('The sea');
    using own = await ggml().session({ ...source, config: { ...source.config, temp: 0 } });
    const noise = own.generate(prompt, { temperature: 50, topK: 0, topP: 1, minP: 0, maxTokens: 20 });
    expect(await noise.text()).not.toBe(text.slice(0, 20));
    const bound = own.generate(prompt, { grammar: 'root ::= "x"' });
    expect(await bound.text()).toBe('x');
    expect(await own.generate(prompt).text()).toBe(withoutEnd(text));
  });

  it('does what the options of the session say where a text has none of its own', async () => {
    const { prompt, text } = continued('The sea');
    const given = { ...source.config, temp: 0, 'n-predict': 9, 'reverse-prompt': 'calm', seed: 7 };
    using own = await ggml().session({ ...source, config: given });
    expect(await own.generate(prompt).text()).toBe(' was ');
    expect(await own.generate(prompt, { stop: [] }).text()).toBe(text.slice(0, 9));
    expect(await own.generate(prompt, { maxTokens: 4 }).text()).toBe(' was');
    const wild = { temperature: 5, topK: 0, topP: 1, minP: 0, stop: [] };
    const first = await own.generate(prompt, wild).text();
    expect(await own.generate(prompt, wild).text()).toBe(first);
    expect(await own.generate(prompt, { ...wild, seed: 8 }).text()).not.toBe(first);
    // The release is about guests.
    const older = ggml({ release: '0.14' });
    using bound = await older.session({ ...source, config: { ...source.config, grammar: 'root ::= "x"' } });
    expect(await bound.generate(prompt).text()).toBe('x');
    expect((await bound.generate(prompt, { jsonSchema: { const: 5 } }).text()).trim()).toBe('5');
    expect(await bound.generate(prompt, { ...greedy, grammar: '' }).text()).toBe(withoutEnd(text));
  });

  it('takes a mark of byte order for a part of a text', async () => {
    const bare = session.generate('Hello', { maxTokens: 1 });
    const marked = session.generate('\ufeffHello', { maxTokens: 1 });
    await bare.text();
    await marked.text();
    // Three bytes, each of which is a token of this model.
    expect(marked.counts.prompt).toBe(bare.counts.prompt + 3);
    const mark = session.generate('Hello', { grammar: 'root ::= "\\uFEFF" "a"' });
    expect(await mark.text()).toBe('\ufeffa');
  });

  it('waits for its turn with one signal for many, without a warning of Node.js', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const { signal } = new AbortController();
    const texts = Array.from({ length: 12 }, () =>
      session.generate('The sea', { maxTokens: 1, signal }).text(),
    );
    await Promise.all(texts);
    await new Promise(setImmediate);
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it('tells that the context is full, and that a prompt is too long', async () => {
    using small = await ggml().session({ file: modelUrl, config: { 'ctx-size': 20, threads: 1 } });
    const { prompt, text } = continued('The sea');
    const generated = small.generate(prompt, greedy);
    expect(await generated.text()).toBe(text.slice(0, 13));
    expect(generated.finishReason).toBe('context-full');
    await expect(small.generate('x'.repeat(30)).text()).rejects.toMatchObject({
      errnoName: 'prompt_too_long',
    });
    await expect(small.generate('x'.repeat(10_000_000)).text()).rejects.toThrow(NnError);
    expect(await small.generate(prompt, { ...greedy, maxTokens: 4 }).text()).toBe(' was');
  });

  // Jinja says what is no template, and raises what a template says.
  it.each([
    ['{{ broken', /template cannot be used: ./],
    ["{{ raise_exception('Only German is spoken here') }}", /Only German is spoken here/],
  ])(
    'refuses messages for the template %s, and goes on',
    async (template, reason) => {
      using other = await ggml().session({ ...source, file: withTemplate(template) });
      const generated = other.generate(ask('Hello!'), greedy);
      await expect(generated.text()).rejects.toMatchObject({
        errnoName: 'invalid_argument',
        message: expect.stringMatching(reason),
      });
      expect(await other.generate(continued('The sea').prompt, { ...greedy, maxTokens: 4 }).text()).toBe(
        ' was',
      );
    },
    60_000,
  );

  it('keeps to a JSON schema, and to a grammar', async () => {
    const jsonSchema = {
      type: 'object',
      properties: {
        ok: { type: 'boolean' },
        tags: { type: 'array', items: { enum: ['a', 'b'] }, minItems: 2, maxItems: 2 },
      },
      required: ['ok', 'tags'],
      additionalProperties: false,
    };
    const { ok, tags } = JSON.parse(await session.generate(ask('Hello!'), { ...greedy, jsonSchema }).text());
    expect([typeof ok, tags.length]).toEqual(['boolean', 2]);
    const grammar = 'root ::= "left" | "right"';
    expect(['left', 'right']).toContain(await session.generate(ask('Hello!'), { ...greedy, grammar }).text());
    await expect(session.generate('a', { grammar: 'root ::=(' }).text()).rejects.toMatchObject({
      errnoName: 'invalid_argument',
    });
    // None of them stays.
    expect(await session.generate(ask('Thank you.'), greedy).text()).toBe('You are welcome.');
  });

  it('gives vectors of texts', async () => {
    const vector = await session.embed('The sea');
    expect(vector).toHaveLength(64);
    embedding('The sea').forEach((value, index) => {
      expect(vector[index]).toBeCloseTo(value, 2);
    });
    expect(await session.generate(ask('Thank you.'), greedy).text()).toBe('You are welcome.');
  });

  it('does one thing after another, while this thread goes on', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const texts = await Promise.all([
      session.generate(ask('Hello!'), greedy).text(),
      session.embed('The sea'),
      session.generate(ask('Thank you.'), greedy).text(),
    ]);
    clearInterval(timer);
    expect(texts[0]).toBe('Hello! How can I help you?');
    expect(texts[2]).toBe('You are welcome.');
    expect(turns).toBeGreaterThan(5);
  });

  it('ends when it is told to, and when nobody takes more', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const pieces: string[] = [];
    const all = async () => {
      for await (const piece of session.generate(continued('The sea').prompt, {
        ...greedy,
        signal: controller.signal,
      })) {
        pieces.push(piece);
        if (pieces.length === 3) controller.abort(reason);
      }
    };
    await expect(all()).rejects.toBe(reason);
    expect(pieces).toEqual([' ', 'w', 'a']);
    for await (const _ of session.generate('The sea', greedy)) break;
    expect(await session.generate(ask('Thank you.'), greedy).text()).toBe('You are welcome.');
    await expect(session.generate('a', { signal: AbortSignal.abort(reason) }).text()).rejects.toBe(reason);
    const generated = session.generate(ask('Thank you.'), greedy);
    await generated.text();
    await expect(generated.text()).rejects.toThrow(/iterated once/);
  });

  it('lets those who wait give up, and go on when the one before is aborted while nobody takes more', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const reason = new Error('enough');
    const paused = session.generate('The sea', { ...greedy, signal: first.signal })[Symbol.asyncIterator]();
    await paused.next();
    const given = session.generate('a', { signal: second.signal }).text();
    const next = session.generate(ask('Thank you.'), greedy).text();
    second.abort(reason);
    await expect(given).rejects.toBe(reason);
    first.abort(reason);
    expect(await next).toBe('You are welcome.');
    await expect(paused.next()).rejects.toBe(reason);
  });

  it('refuses what waits when it is disposed, and ends what it embeds', async () => {
    const other = await ggml().session(source);
    const paused = other.generate('The sea', greedy)[Symbol.asyncIterator]();
    await paused.next();
    const waiting = [other.generate('a').text(), other.embed('a')];
    other[Symbol.dispose]();
    for (const each of [...waiting, paused.next()]) await expect(each).rejects.toThrow(DisposedError);
    const third = await ggml().session(source);
    const embedded = third.embed('The sea '.repeat(20));
    setImmediate(() => third[Symbol.dispose]());
    await expect(embedded).rejects.toThrow(DisposedError);
  });

  it('loads bytes, says what is missing, and ends what computes when it is disposed', async () => {
    const other = await ggml().session({ ...source, file: modelBytes() });
    const running = other.generate(continued('The sea').prompt, greedy);
    const all = async () => {
      for await (const _ of running) other[Symbol.dispose]();
    };
    await expect(all()).rejects.toThrow(DisposedError);
    expect(() => other.generate('a')).toThrow(DisposedError);
    await expect(ggml().session({ file: noModelUrl })).rejects.toMatchObject({
      errnoName: 'model_not_found',
    });
    const folder = ggml().session({ file: new URL('./', modelUrl) });
    await expect(folder).rejects.toThrow(/is a directory; name the GGUF file/);
  });

  it.skipIf(process.platform === 'win32')(
    'opens the file that the system finds, also above a link',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ggml-link-'));
      mkdirSync(join(folder, 'models/new'), { recursive: true });
      symlinkSync('models/new', join(folder, 'link'));
      writeFileSync(join(folder, 'models/chat.gguf'), modelBytes());
      using above = await ggml().session({ ...source, file: `${folder}/link/../chat.gguf` });
      expect(await above.generate('The sea', { ...greedy, maxTokens: 4 }).text()).toBe(' was');
      rmSync(folder, { recursive: true });
    },
  );

  it.each<[unknown, unknown, RegExp]>([
    [5, {}, /string, or an array of messages/],
    [[], {}, /string, or an array of messages/],
    [[{ role: 'guest', content: 'a' }], {}, /Message 0 .* must have a role/],
    ['a', { maxToken: 1 }, /no option maxToken\. Did you mean maxTokens/],
    ['a', { maxTokens: -1 }, /maxTokens must be a whole number/],
    ['a', { maxTokens: 2 ** 40 }, /maxTokens must be a whole number from 0 to 4294967295/],
    ['a', { jsonSchema: circular }, /jsonSchema must be an object that JSON can hold: .*circular/],
    ['a', { jsonSchema: { const: 1n } }, /jsonSchema must be an object that JSON can hold: .*BigInt/],
    ['a', { jsonSchema: { toJSON: () => undefined } }, /jsonSchema must be an object that JSON can hold\./],
    ['a', { temperature: Number.NaN }, /temperature must be a number/],
    ['a', { topK: 2 ** 32 }, /topK must be a whole number/],
    ['a', { seed: 1.5 }, /seed must be a whole number/],
    ['a', { grammar: 'root ::= "a"', jsonSchema: {} }, /not both/],
    ['a', { stop: '' }, /stop must be a string/],
    ['a', { stop: '\ud83d' }, /stop must be .* whole characters/],
    [new Array(2), {}, /Message 0 .* must have a role/],
    ['a', { signal: {} }, /signal must be an AbortSignal/],
  ])('refuses to generate %o with %o', (prompt, options, message) => {
    const generate = session.generate as (prompt: unknown, options: unknown) => unknown;
    expect(() => generate(prompt, options)).toThrow(InvalidArgumentError);
    expect(() => generate(prompt, options)).toThrow(message);
  });
});
