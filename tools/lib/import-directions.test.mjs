// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { publicPackages } from './repository.mjs';

// The arrows of ARCHITECTURE.md, "The house". The command loads the other packages when it is told to, without an import of theirs.
const backend = ['core', 'wasi-nn'];
/** @type {Record<string, readonly string[]>} */
const directions = {
  core: [],
  conformance: ['core'],
  cli: ['core', 'conformance'],
  process: ['core'],
  'wasi-crypto': ['core'],
  httpsreq: ['core'],
  'wasi-nn': ['core'],
  'wasi-nn-openvino': backend,
  'wasi-nn-pytorch': backend,
  'wasi-nn-tflite': backend,
};

const imported = /\b(?:from|import|require)\b\s*\(?\s*'([^'.][^']*)'/g;

const imports = publicPackages().flatMap(({ folder }) =>
  readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/test|__fixtures__/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(folder, 'src', file), 'utf8').matchAll(imported)].map(([, name = '']) => ({
        from: basename(folder),
        file,
        name,
      })),
    ),
);

it('packages import each other only as the architecture says', () => {
  const against = imports.filter(({ from, name }) => {
    const [, other] = /^@wasmedge-plugins\/([^/]+)/.exec(name) ?? [];
    return other !== undefined && other !== from && !directions[from]?.includes(other);
  });
  expect(against).toEqual([]);
  expect(imports.length).toBeGreaterThan(500);
});

it('nothing imports koffi but one room of core', () => {
  const rooms = imports.filter(({ name }) => name === 'koffi').map(({ from, file }) => join(from, file));
  expect(rooms).toContain(join('core', 'native', 'koffi.ts'));
  expect(rooms.filter((file) => !file.startsWith(join('core', 'native')))).toEqual([]);
});
