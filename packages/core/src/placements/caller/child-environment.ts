import { UnsupportedByPlacementError } from '../../errors/placement-errors.js';

/** What programs need to find their files and libraries and the network, in the letters of POSIX and of Windows. */
const passedOn = new Set([
  ...['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR', 'TMP', 'TEMP', 'XDG_CACHE_HOME'],
  ...['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'DYLD_FALLBACK_LIBRARY_PATH'],
  ...['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
  ...['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'],
  ...['SYSTEMROOT', 'SYSTEMDRIVE', 'WINDIR', 'COMSPEC', 'PATHEXT', 'USERPROFILE'],
  ...['PROGRAMFILES', 'PROGRAMDATA', 'APPDATA', 'LOCALAPPDATA'],
]);
const passedOnPrefix = /^(?:LC_|WASMEDGE_)/;

const depthVariable = 'WASMEDGE_PLUGINS_DEPTH';
/** How many processes of guests may be started by one another. */
const maxDepth = 4;

/**
 * The whole environment of a member's process.
 *
 * @throws {UnsupportedByPlacementError} in a process that is one too many below others.
 */
export function childEnvironment(
  named: Readonly<Record<string, string>> = {},
  own: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  const depth = Number.parseInt(own[depthVariable] ?? '', 10) || 0;
  if (depth >= maxDepth) {
    throw new UnsupportedByPlacementError(
      `Processes that run guests are nested ${depth} deep here, and at most ${maxDepth} levels are allowed. Use placement: 'worker' here, or create the runtime further up.`,
    );
  }
  const passed = Object.entries(own).filter(
    ([name]) => passedOn.has(name.toUpperCase()) || passedOnPrefix.test(name),
  );
  return {
    ...Object.fromEntries(passed),
    ...named,
    [depthVariable]: String(depth + 1),
    // Electron's program is Node.js with this variable only.
    ELECTRON_RUN_AS_NODE: '1',
    // Node.js adds the host's value of this one unless the environment has the key.
    NODE_V8_COVERAGE: named.NODE_V8_COVERAGE,
  };
}
