import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  encodedText,
  encodedTexts,
  encoderUrl,
  furthest,
  query,
  rankings,
  rerankerUrl,
  unpooled,
} from '../../conformance/encoders.js';
import { describeWithLibrary } from '../__fixtures__/describe-with-library.js';
import { ggml } from '../plugin.js';
import type { GGMLSession } from './session.js';

const config = { threads: 1 } as const;

/** The encoder, whose file says that it pools vectors in another way. */
function encoderWithPooling(pooling: number): Uint8Array {
  const bytes = readFileSync(encoderUrl);
  const name = Buffer.from('bert.pooling_type');
  const at = bytes.indexOf(name) + name.length;
  // Its type, an unsigned number of 32 bits, stands between.
  expect([bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)]).toEqual([4, 1]);
  bytes.writeUInt32LE(pooling, at + 4);
  return bytes;
}

await describeWithLibrary(() => {
  let session: GGMLSession;
  beforeAll(async () => {
    session = await ggml().session({ file: encoderUrl, config: { ...config, 'ctx-size': 644 } });
  }, 120_000);
  afterAll(() => session?.[Symbol.dispose]());

  // What NumPy computes of the same file.
  it.each(encodedTexts)('embeds a text of $tokens tokens', async ({ text, vector }) => {
    const given = await session.embed(text);
    expect(given).toHaveLength(32);
    expect(furthest(given, vector)).toBeLessThan(1e-3);
  });

  it('refuses what is longer than the model, and what asks for text, and goes on', async () => {
    const { text, vector } = encodedText(640);
    await expect(session.embed(`${text} 9`)).rejects.toMatchObject({
      errnoName: 'prompt_too_long',
      message: expect.stringMatching(/641 tokens; the model has positions for 640/),
    });
    await expect(session.generate('The sea').text()).rejects.toMatchObject({
      errnoName: 'unsupported_operation',
      message: expect.stringMatching(
        /architecture bert gives vectors or scores .* use embed\(\) or rank\(\)/,
      ),
    });
    await expect(session.generate([{ role: 'user', content: 'Hello!' }]).text()).rejects.toMatchObject({
      errnoName: 'unsupported_operation',
    });
    expect(furthest(await session.embed(text), vector)).toBeLessThan(1e-3);
  });

  // What NumPy computes of the same file.
  it('ranks documents, the best first, and embeds in between', async () => {
    using other = await ggml().session({ file: rerankerUrl, config: { ...config, reranking: true } });
    const documents = rankings.map(({ document }) => document);
    const best = rankings
      .map((answer, index) => ({ ...answer, index }))
      .sort((first, second) => second.score - first.score);
    const check = async () => {
      const ranked = await other.rank(query, documents);
      expect(ranked.map(({ document, index }) => [document, index])).toEqual(
        best.map(({ document, index }) => [document, index]),
      );
      for (const [place, { score }] of ranked.entries()) {
        expect(Math.abs(score - (best[place]?.score ?? 9))).toBeLessThan(5e-3);
      }
    };
    await check();
    expect(furthest(await other.embed(unpooled.text), unpooled.vector)).toBeLessThan(1e-3);
    await check();
    expect(await other.rank(query, [])).toEqual([]);
    await expect(other.rank(query, ['a '.repeat(200)])).rejects.toMatchObject({
      errnoName: 'prompt_too_long',
    });
    await check();
  });

  it('ranks whatever release the guests were written for', async () => {
    using other = await ggml({ release: '0.14' }).session({ file: rerankerUrl, config });
    const [best] = await other.rank(query, [rankings[0]?.document ?? '']);
    expect(Math.abs((best?.score ?? 9) - (rankings[0]?.score ?? 0))).toBeLessThan(5e-3);
  });

  it('refuses to rank what is no text, and by a model that does not rank', async () => {
    const rank = session.rank as (query: unknown, documents: unknown) => Promise<unknown>;
    for (const given of [
      [5, ['a']],
      ['a', 'a'],
      ['a', [5]],
    ]) {
      await expect(rank(given[0], given[1])).rejects.toThrow(InvalidArgumentError);
    }
    await expect(session.rank('a', ['b'])).rejects.toMatchObject({
      errnoName: 'invalid_argument',
      message: expect.stringMatching(/no head that ranks .* load a reranker/),
    });
    const { text, vector } = encodedText(7);
    expect(furthest(await session.embed(text), vector)).toBeLessThan(1e-3);
    await expect(
      ggml().session({ file: encoderUrl, config: { ...config, reranking: true } }),
    ).rejects.toMatchObject({ errnoName: 'invalid_argument' });
  });

  it('refuses vectors of a model whose file says that it gives scores', async () => {
    using other = await ggml().session({ file: encoderWithPooling(4), config });
    await expect(other.embed('The sea')).rejects.toMatchObject({
      errnoName: 'invalid_argument',
      message: expect.stringMatching(/scores in place of vectors; use rank\(\)/),
    });
  });

  // WasmEdge 0.17.1: "sequence pooling if the model has it", otherwise the last token.
  it('gives the vector of the last token where the file says nothing of pooling', async () => {
    using other = await ggml().session({ file: rerankerUrl, config });
    expect(furthest(await other.embed(unpooled.text), unpooled.vector)).toBeLessThan(1e-3);
  });

  it('refuses a file that pools vectors in a way that there is not', async () => {
    await expect(ggml().session({ file: encoderWithPooling(5), config })).rejects.toMatchObject({
      errnoName: 'invalid_argument',
      message: expect.stringMatching(/pools vectors in an unknown way/),
    });
  });
});
