import { expect, it } from 'vitest';
import { modelUrl } from '../conformance/models.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import { runScript } from './__fixtures__/run-script.js';
import { findLibtorch } from './library/find-libtorch.js';

const head = `
  import { pytorch } from './dist/index.js';
  import { tensor } from '@wasmedge-plugins/wasi-nn';
  const x = tensor('f32', [2], Float32Array.of(1, 2));`;

await describeWithLibrary(() => {
  it('what a model prints goes to stderr, and the process ends as it should', () => {
    const result = runScript(`${head}
      const session = await pytorch().session({ file: new URL('${modelUrl('print')}') });
      console.log([...(await session.runAsync([x]))[0].data].join());
      process.exitCode = 7;`);
    expect(result).toMatchObject({ code: 7, signal: null, stdout: '1,2\n' });
    expect(result.stderr).toContain('said by the model');
  });

  it('a shim that is not a library is an error with the command that builds one', () => {
    const { stdout } = runScript(
      `${head}
      await pytorch().session({ file: new URL('${modelUrl('echo')}') }).catch((error) => console.log(error.code, error.message));`,
      { WASMEDGE_PLUGINS_LIBTORCH_SHIM: modelUrl('echo').pathname },
    );
    expect(stdout).toMatch(
      /^ERR_BACKEND_UNAVAILABLE The shim .* cannot be used: .*npx wasi-nn-pytorch-build/s,
    );
  });

  it('a library that is not a shim is an error too', () => {
    const { stdout } = runScript(
      `${head}
      await pytorch().session({ file: new URL('${modelUrl('echo')}') }).catch((error) => console.log(error.code, error.message));`,
      { WASMEDGE_PLUGINS_LIBTORCH_SHIM: findLibtorch().core },
    );
    expect(stdout).toMatch(
      /^ERR_BACKEND_UNAVAILABLE The shim .* cannot be used: .*npx wasi-nn-pytorch-build/s,
    );
  });
});
