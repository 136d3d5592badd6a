import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { disguisedModels, modelBytes } from '../../conformance/models.js';
import { describeWithLibrary } from '../__fixtures__/describe-with-library.js';
import { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';
import { createSession } from './session-options.js';

await describeWithLibrary(() => {
  const load = (name: string) => {
    const library = OnnxRuntimeLibrary.open();
    const settings = { threads: 1, optimization: 'none', providers: [] } as const;
    library.c.freeSession(createSession(library, modelBytes(name), settings, []));
  };

  // The reader refuses them before; here they come to the library. The disguised ones name a file of the working directory.
  const plain = ['external', 'external-absolute', 'external-branch', 'external-memory', 'external-outside'];
  it.each([...disguisedModels, ...plain])('the library finds no file for %s', (name) => {
    expect(existsSync('package.json')).toBe(true);
    expect(() => load(name)).toThrow(/could not load the model/);
  });

  it('the library takes a model for one of ONNX, whatever it has where other formats have their mark', () => {
    load('other-format');
  });
});
