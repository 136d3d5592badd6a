import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRuntime, findWasmEdge } from '@wasmedge-plugins/core';
import { expect, it, onTestFinished } from 'vitest';
import { httpsReqPlugin } from './plugin.js';

const missing = await findWasmEdge().then(
  () => undefined,
  (error: Error) => error.message,
);
const required = (process.env.CI_REQUIRE ?? '').includes('wasmedge');
const versions = /removed from WasmEdge after 0\.12\.1/;

it.skipIf(missing !== undefined && !required)('says which versions can load the native plug-in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'httpsreq-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'none.so');
  const create = () => createRuntime({ plugins: [httpsReqPlugin({ provider: 'native', nativePath: file })] });
  await expect(create()).rejects.toMatchObject({
    code: 'ERR_NATIVE_PLUGIN_NOT_FOUND',
    message: expect.stringMatching(versions),
  });
  writeFileSync(file, 'no library');
  await expect(create()).rejects.toMatchObject({
    code: 'ERR_NATIVE_PLUGIN_INVALID',
    message: expect.stringContaining(file),
  });
});
