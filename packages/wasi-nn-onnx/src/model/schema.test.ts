import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { schema } from './schema.js';

// Written by tools/models/onnx_models.py, from the descriptors that the package onnx has of its messages.
const recorded = JSON.parse(
  readFileSync(new URL('../../conformance/models/schema.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, string>>>>;

describe('the schema', () => {
  it('has the messages that the format has', () => {
    expect(Object.keys(schema).sort()).toEqual(Object.keys(recorded).sort());
  });

  it.each(Object.entries(schema))('has the fields of %s', (name, fields) => {
    const used = [...fields].filter(([, { type }]) => type !== 'unused');
    const written = used.map(([number, { type, times }]) => [
      String(number),
      `${times === 'once of several' ? '|' : ''}${type}${times === 'any' ? '[]' : ''}`,
    ]);
    expect(Object.fromEntries(written)).toEqual(recorded[name]);
  });
});
