import { describe, expect, it } from 'vitest';
import { UnsupportedByPlacementError } from '../../index.js';
import { childEnvironment } from './child-environment.js';

describe('the environment of a child process', () => {
  it('has what finds files, libraries and the network, what was named, and nothing else of the host', () => {
    const own = {
      PATH: '/bin',
      Path: 'C:\\',
      LC_ALL: 'C',
      HTTPS_PROXY: 'http://proxy.example',
      no_proxy: 'inner.example',
      WASMEDGE_LIBRARY: '/lib/libwasmedge.so',
      DATABASE_URL: 'postgres://user:secret@host',
      NODE_OPTIONS: '--inspect',
      NODE_V8_COVERAGE: '/tmp/coverage',
      LD_PRELOAD: '/lib/other.so',
    };
    expect(childEnvironment({ SHOWN: '1', LC_ALL: 'de_DE' }, own)).toEqual({
      PATH: '/bin',
      Path: 'C:\\',
      LC_ALL: 'de_DE',
      HTTPS_PROXY: 'http://proxy.example',
      no_proxy: 'inner.example',
      WASMEDGE_LIBRARY: '/lib/libwasmedge.so',
      SHOWN: '1',
      WASMEDGE_PLUGINS_DEPTH: '1',
      ELECTRON_RUN_AS_NODE: '1',
      NODE_V8_COVERAGE: undefined,
    });
  });

  it('tells how many processes lie above, and ends that after four', () => {
    let environment: NodeJS.ProcessEnv = {};
    for (let depth = 1; depth <= 4; depth++) {
      environment = childEnvironment({ WASMEDGE_PLUGINS_DEPTH: '0' }, environment);
      expect(environment.WASMEDGE_PLUGINS_DEPTH).toBe(String(depth));
    }
    expect(() => childEnvironment({}, environment)).toThrow(UnsupportedByPlacementError);
  });
});
