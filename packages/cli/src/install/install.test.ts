import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileLibrary, compilerProblem } from '../__fixtures__/compile-library.js';
import { describeWhere } from '../__fixtures__/describe-where.js';
import { libraryProblem } from '../__fixtures__/engines.js';
import { compilePlugin } from '../__fixtures__/native-plugins.js';
import { type BinResult, runBinBeside } from '../__fixtures__/run-bin.js';
import { ReleaseServer } from './__fixtures__/release-server.js';
import { opensslProblem, selfSigned } from './__fixtures__/self-signed.js';
import { type TarEntry, tarball } from './__fixtures__/tarball.js';
import type { Installed } from './install-plugin.js';

// The plug-in is a library of our own that has the one function WasmEdge looks for; its data does not compress, as machine code hardly does.

const version = '0.14.1';
const fileName = 'libwasmedgePluginWasiCrypto.so';
const [machine, otherMachine] = process.arch === 'arm64' ? ['aarch64', 62] : ['x86_64', 183];
const here = `linux-${process.arch}`;
const asset = `WasmEdge-plugin-wasi_crypto-${version}-manylinux2014_${machine}.tar.gz`;
const runtime = `WasmEdge-${version}-manylinux2014_${machine}.tar.gz`;

function buildPlugin(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'cli-install-plugin-'));
  writeFileSync(join(folder, 'noise'), randomBytes(200_000));
  const source = `const void *GetDescriptor(void) { return 0; }
    __asm__(".section .rodata\\n.incbin \\"noise\\"\\n.text");`;
  const bytes = readFileSync(compileLibrary(folder, fileName, source));
  rmSync(folder, { recursive: true });
  return bytes;
}

const plugin = compilerProblem === undefined ? buildPlugin() : Buffer.alloc(0);

function otherLibrary(): Buffer {
  return readFileSync(compileLibrary(folder, 'libother.so', 'int other(void) { return 0; }'));
}

/** Whether a file tells what it is can only be tested where WasmEdge's headers are. */
const declaredWrongly: [string, () => Buffer, RegExp][] =
  libraryProblem === undefined
    ? [
        [
          'is another plug-in',
          () => readFileSync(compilePlugin(folder, 'libother.so', { name: 'wasi_logging', apiVersion: '4' })),
          /is the plug-in "wasi_logging", but should be wasi_crypto/,
        ],
        [
          'is for another release',
          () => readFileSync(compilePlugin(folder, 'libother.so', { name: 'wasi_crypto', apiVersion: '2' })),
          /version 2 of the plug-in API, and WasmEdge 0\.14\.1 has version 4/,
        ],
      ]
    : [];

let folder: string;
let server: ReleaseServer;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-install-'));
});
afterEach(() => {
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const target = () => join(folder, 'plugin', fileName);
const left = () => {
  const downloads = join(folder, 'cache', 'wasmedge-plugins', 'downloads');
  return existsSync(downloads) ? readdirSync(downloads) : [];
};

/** Runs the command with the test's server and folders. */
function install(
  args: readonly string[] = [],
  named = `wasi_crypto@${version}`,
  env: Readonly<Record<string, string>> = {},
): Promise<BinResult> {
  const platform = args.includes('--platform') ? [] : ['--platform', here];
  const all = ['install', named, ...platform, '--dir', join(folder, 'plugin'), ...args];
  return runBinBeside(all, {
    env: {
      WASMEDGE_PLUGINS_RELEASES: server.url,
      XDG_CACHE_HOME: join(folder, 'cache'),
      HTTP_PROXY: undefined,
      http_proxy: undefined,
      NO_COLOR: '1',
      ...env,
    },
  });
}

async function serve(files: Readonly<Record<string, Buffer>>): Promise<ReleaseServer> {
  server = await ReleaseServer.start(version, files);
  return server;
}

const serveEntries = (entries: readonly TarEntry[]) => serve({ [asset]: tarball(entries) });
const honest = [{ path: fileName, content: plugin }];
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describeWhere(compilerProblem, 'install', () => {
  it('puts the plug-in of the release into the folder, and says what it did', async () => {
    const archive = tarball(honest);
    await serve({ [asset]: archive });
    const { status, stdout, stderr } = await install();
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `wasi_crypto ${version} is installed: ${target()}\nfrom ${asset}, SHA-256 ${sha256(archive)}, as published\n`,
    });
    expect(stderr).toMatch(new RegExp(`^downloading ${asset} \\(0\\.\\d MB\\)\ndownloaded ${asset}`));
    expect(sha256(readFileSync(target()))).toBe(sha256(plugin));
    expect(statSync(target()).mode & 0o111).not.toBe(0);
    expect(readdirSync(join(folder, 'plugin'))).toEqual([fileName]);
    expect(left()).toEqual([]);
  });

  it('tells the same as JSON, with stdout for nothing else', async () => {
    const archive = tarball(honest);
    await serve({ [asset]: archive });
    const { status, stdout } = await install(['--json', '--version', version], 'wasi-crypto');
    expect(status).toBe(0);
    expect(JSON.parse(stdout) satisfies Installed).toEqual({
      plugin: 'wasi_crypto',
      version,
      asset,
      url: `${server.url}/${version}/${asset}`,
      sha256: sha256(archive),
      path: target(),
      outcome: 'placed',
      resumedAt: 0,
    });
  });

  it('takes the address of an option before that of the variable, with a path in it', async () => {
    await serve({ [asset]: tarball(honest) });
    server.behaviour = {
      redirect: (path) => (path.startsWith('/mirror/') ? path.replace('/mirror', '') : undefined),
    };
    expect((await install(['--base-url', `${server.url}/mirror/`])).status).toBe(0);
    expect(server.seen.map(({ path }) => path)).toEqual([
      `/mirror/${version}/SHA256SUM`,
      `/${version}/SHA256SUM`,
      `/mirror/${version}/${asset}`,
      `/${version}/${asset}`,
    ]);
  });

  it('goes through the proxy of the environment, except to hosts that need none', async () => {
    await serveEntries(honest);
    const tunnels: string[] = [];
    // undici asks a proxy for plain HTTP as a server, for HTTPS as a tunnel; it may change its mind.
    const forward = (request: IncomingMessage, response: ServerResponse) => {
      tunnels.push(new URL(request.url ?? '').host);
      get(request.url ?? '', (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
    };
    const proxy = createServer(forward).on('connect', (request, client) => {
      tunnels.push(request.url ?? '');
      const target = connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        client.pipe(target).pipe(client);
      });
      target.on('error', () => client.destroy());
      client.on('error', () => target.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const env = { HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    expect((await install([], undefined, { ...env, NO_PROXY: '127.0.0.1' })).status).toBe(0);
    expect(tunnels).toEqual([]);
    expect((await install([], undefined, { ...env, NO_PROXY: '' })).stdout).toContain('is already installed');
    expect(new Set(tunnels)).toEqual(new Set([new URL(server.url).host]));
    proxy.closeAllConnections();
    proxy.close();
  });

  it('finds the process plug-in in the archive of the runtime when the release has no asset of it', async () => {
    const name = 'libwasmedgePluginWasmEdgeProcess.so';
    const root = `WasmEdge-${version}-Linux`;
    await serve({
      [runtime]: tarball([
        { path: `${root}/`, type: '5' },
        { path: `${root}/lib64/libwasmedge.so.0`, content: 'the runtime' },
        { path: `${root}/lib64/libwasmedge.so`, type: '2', linkpath: 'libwasmedge.so.0' },
        { path: `${root}/lib64/wasmedge/${name}`, content: plugin },
      ]),
    });
    const { status, stdout } = await install(['--json'], `wasmedge_process@${version}`);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ asset: runtime, path: join(folder, 'plugin', name) });
    expect(readdirSync(join(folder, 'plugin'))).toEqual([name]);
  });

  it('prefers its own asset to the archive of the runtime', async () => {
    const own = `WasmEdge-plugin-wasmedge_process-${version}-manylinux2014_${machine}.tar.gz`;
    const content = tarball([{ path: 'libwasmedgePluginWasmEdgeProcess.so', content: plugin }]);
    await serve({ [runtime]: tarball([]), [own]: content });
    const { stdout } = await install(['--json'], `process@${version}`);
    expect(JSON.parse(stdout)).toMatchObject({ asset: own });
  });

  it('leaves the same file alone, and another one unless it is told to replace it', async () => {
    await serveEntries(honest);
    expect((await install()).status).toBe(0);
    expect((await install()).stdout).toContain('is already installed');
    writeFileSync(target(), 'another version');
    const { status, stderr } = await install();
    expect(status).toBe(1);
    expect(stderr).toMatch(/is a different file.*another backend[\s\S]*--force.*\[ERR_INSTALL_TARGET\]/);
    expect(readFileSync(target(), 'utf8')).toBe('another version');
    expect((await install(['--force'])).stdout).toContain('replacing another file');
    expect(sha256(readFileSync(target()))).toBe(sha256(plugin));
    expect(readdirSync(join(folder, 'plugin'))).toEqual([fileName]);
  });

  it('says so when the folder cannot be made', async () => {
    await serveEntries(honest);
    writeFileSync(join(folder, 'plugin'), 'a file');
    const { status, stderr } = await install();
    expect(status).toBe(1);
    expect(stderr).toMatch(/--dir.*\[ERR_INSTALL_TARGET\]/);
  });
});

describeWhere(compilerProblem, 'an interrupted download', () => {
  it('goes on in the same run, from where the server stopped', async () => {
    const archive = tarball(honest);
    await serve({ [asset]: archive });
    server.behaviour = { cutAfter: 30_000, cuts: 2 };
    const { status, stderr } = await install();
    expect(status).toBe(0);
    expect(stderr).toMatch(/interrupted .*, resuming at \d+ bytes/);
    const ranges = server.seen.filter(({ path }) => path.endsWith(asset)).map(({ range }) => range);
    expect(ranges).toEqual([undefined, 'bytes=30000-', 'bytes=60000-']);
    expect(server.seen.at(-1)?.ifRange).toBe(`"${sha256(archive)}"`);
    expect(sha256(readFileSync(target()))).toBe(sha256(plugin));
  });

  it('goes on in the next run when the server stops for good', async () => {
    await serveEntries(honest);
    server.behaviour = { cutAfter: 20_000 };
    const { status, stderr } = await install();
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /interrupted 4 times.* 80000 bytes are kept; run the command again .*\[ERR_DOWNLOAD\]/,
    );
    expect(existsSync(target())).toBe(false);
    server.behaviour = {};
    server.seen.length = 0;
    const again = await install(['--json']);
    expect(again.status).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ resumedAt: 80_000 });
    expect(server.seen.map(({ range }) => range)).toEqual([undefined, 'bytes=80000-']);
    expect(sha256(readFileSync(target()))).toBe(sha256(plugin));
    expect(left()).toEqual([]);
  });

  it('begins anew when the server knows no ranges, or has another file by now', async () => {
    await serveEntries(honest);
    server.behaviour = { cutAfter: 30_000, cuts: 1, ranges: false };
    expect((await install()).status).toBe(0);
    expect(sha256(readFileSync(target()))).toBe(sha256(plugin));
    rmSync(target());
    server.behaviour = { cutAfter: 20_000, etag: '"old"' };
    expect((await install()).status).toBe(1);
    server.behaviour = { etag: '"new"' };
    expect((await install()).status).toBe(0);
    expect(server.seen.at(-1)).toMatchObject({ range: 'bytes=80000-', ifRange: '"old"' });
    expect(sha256(readFileSync(target()))).toBe(sha256(plugin));
  });

  it('begins anew when what was kept is not the beginning of the file', async () => {
    const archive = tarball(honest);
    await serve({ [asset]: archive });
    server.behaviour = { cutAfter: 20_000 };
    await install();
    const [kept] = left().filter((name) => name.endsWith('.partial'));
    writeFileSync(
      join(folder, 'cache', 'wasmedge-plugins', 'downloads', kept as string),
      Buffer.alloc(80_000),
    );
    server.behaviour = {};
    expect((await install()).status).toBe(0);
    expect(sha256(readFileSync(target()))).toBe(sha256(plugin));
  });

  it('takes over what a process left that was killed', async () => {
    const archive = tarball(honest);
    await serve({ [asset]: archive });
    server.behaviour = { cutAfter: 20_000 };
    await install();
    const downloads = join(folder, 'cache', 'wasmedge-plugins', 'downloads');
    // The number of a process that cannot be: above the limit of Linux and macOS.
    renameSync(
      join(downloads, `${sha256(archive)}.partial`),
      join(downloads, `${sha256(archive)}.99999999.partial`),
    );
    server.behaviour = {};
    expect(JSON.parse((await install(['--json'])).stdout)).toMatchObject({ resumedAt: 80_000 });
  });

  it('ends when the server says nothing more', async () => {
    await serveEntries(honest);
    server.behaviour = { cutAfter: 10_000, stalls: true };
    const { status, stderr } = await install(['--timeout', '1000']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/no data for 1000 ms.*\[ERR_DOWNLOAD\]/);
  });
});

describeWhere(compilerProblem, 'refuses', () => {
  async function refused(said: RegExp, args?: readonly string[], named?: string): Promise<void> {
    const { status, stdout, stderr } = await install(args, named);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(said);
    const there = existsSync(join(folder, 'plugin')) ? readdirSync(join(folder, 'plugin')) : [];
    expect(there).toEqual([]);
  }

  it('a file that has not the published sum, and keeps nothing of it', async () => {
    await serveEntries(honest);
    server.behaviour = { sums: `${'0'.repeat(64)}  ${asset}\n` };
    await refused(
      /is not the file that was published: its SHA-256 is [0-9a-f]{64}, but the release says 0{64}.*ERR_CHECKSUM/,
    );
    expect(left()).toEqual([]);
  });

  it.each([
    ['no sums at all', undefined, /was not released there, or has no checksums.*\[ERR_RELEASE_ASSET\]/],
    ['sums that are none', '<html>Sign in</html>', /contains no SHA-256 checksums.*\[ERR_CHECKSUM\]/],
    ['sums that never end', `${'x'.repeat(2 ** 21)}`, /too large for a list of checksums.*\[ERR_DOWNLOAD\]/],
  ])('a release with %s', async (_name, sums, said) => {
    await serveEntries(honest);
    server.behaviour = { sums };
    await refused(said);
  });

  it('a release without the asset, and tells what it has instead', async () => {
    const other = `WasmEdge-plugin-wasi_crypto-${version}-darwin_23-arm64.tar.gz`;
    await serve({
      [other]: tarball(honest),
      'WasmEdge-plugin-wasi_nn-ggml-0.14.1-ubuntu20.04_x86_64.tar.gz': tarball([]),
    });
    await refused(
      /none of: .*manylinux2014_.* \[ERR_RELEASE_ASSET\]\n +For this plug-in it has:\n +WasmEdge-plugin-wasi_crypto-0\.14\.1-darwin_23-arm64\.tar\.gz\n$/,
    );
    await refused(/no asset for wasi_nn-pytorch at all/, [], `wasi_nn-pytorch@${version}`);
  });

  it('an asset that has a sum and is not there', async () => {
    await serveEntries(honest);
    server.behaviour = { gone: [asset] };
    await refused(/There is no .*although the release has a checksum for it.*\[ERR_DOWNLOAD\]/);
  });

  it('an archive that is cut off but has the published sum', async () => {
    await serve({ [asset]: tarball(honest).subarray(0, 50_000) });
    await refused(/is damaged: .*\[ERR_ARCHIVE\]/);
  });

  it('what is not an archive', async () => {
    await serve({ [asset]: Buffer.from('not an archive at all'.repeat(100)) });
    await refused(/is damaged: .*\[ERR_ARCHIVE\]/);
  });

  it.each<[string, TarEntry, RegExp]>([
    ['an absolute path', { path: '/tmp/out.so', content: 'x' }, /"\/tmp\/out\.so" leads out/],
    ['a path that goes up', { path: `../${fileName}`, content: 'x' }, /leads out/],
    [
      'a symbolic link out',
      { path: 'link', type: '2', linkpath: '../../etc' },
      /link that leads out.*"\.\.\/\.\.\/etc"/,
    ],
    ['a device', { path: 'null', type: '3' }, /CharacterDevice, not a file/],
  ])('an archive with %s, although the plug-in is in it', async (_name, entry, said) => {
    await serveEntries([...honest, entry]);
    await refused(said);
  });

  it.each<[string, () => Buffer, RegExp]>([
    [
      'is not a library',
      () => Buffer.from('text'),
      /does not contain the plug-in: the file is not a library/,
    ],
    ['is not a plug-in', otherLibrary, /exports no descriptor/],
    [
      'is for another processor',
      () => {
        const other = Buffer.from(plugin);
        other.writeUInt16LE(otherMachine, 18);
        return other;
      },
      /is for linux \w+, but should be for linux \w+/,
    ],
    ...declaredWrongly,
  ])('a file that %s', async (_name, content, said) => {
    await serveEntries([{ path: fileName, content: content() }]);
    await refused(said);
  });

  it('an archive that has the plug-in not at all, or twice', async () => {
    await serveEntries([{ path: 'README', content: 'x' }]);
    await refused(/has no libwasmedgePluginWasiCrypto\.so in it.*\[ERR_ARCHIVE\]/);
    server.stop();
    await serveEntries([...honest, { path: `other/${fileName}`, content: 'y' }]);
    await refused(/has 2 times a lib/);
  });

  it('an archive with more entries than any has', async () => {
    await serveEntries(Array.from({ length: 10_001 }, (_, index) => ({ path: `file-${index}` })));
    await refused(/more than 10000 entries/);
  });

  it('an archive that unpacks to a thousand times its size', async () => {
    await serveEntries([{ path: fileName, content: Buffer.alloc(50_000_000) }]);
    await refused(/ERR_ARCHIVE/);
  });

  it('to follow a server that leads around in a circle', async () => {
    await serve({});
    server.behaviour = { redirect: (path) => path };
    await refused(/too many redirects from .*, more than 10/);
  });

  it.skipIf(opensslProblem !== undefined)(
    `to follow a server from HTTPS to HTTP${opensslProblem ?? ''}`,
    async () => {
      await serveEntries(honest);
      const { key, cert, path } = selfSigned(folder);
      const secure = createSecureServer({ key, cert }, (request, response) =>
        response.writeHead(302, { location: `${server.url}${request.url}` }).end(),
      );
      await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
      const { port } = secure.address() as AddressInfo;
      const env = { NODE_EXTRA_CA_CERTS: path };
      const { status, stderr } = await install(['--base-url', `https://127.0.0.1:${port}`], undefined, env);
      secure.close();
      expect(status).toBe(1);
      expect(stderr).toMatch(/redirects to http:.*which is not HTTPS.*\[ERR_DOWNLOAD\]/);
      expect(server.seen).toEqual([]);
    },
  );

  it('a server that is not there', async () => {
    await serve({});
    server.stop();
    const { status, stderr } = await install();
    expect(status).toBe(1);
    expect(stderr).toMatch(/does not respond: .*ECONNREFUSED.*\[ERR_DOWNLOAD\]/);
  });

  it.each([
    ['win32-x64', 'wasi_crypto@0.15.0', /no plug-in for Windows/],
    ['linux-arm64', 'wasi_nn-openvino@0.15.0', /for Linux x64 only, not for Linux arm64/],
    ['darwin-arm64', 'wasmedge_process@0.15.0', /not for macOS arm64/],
    ['linux-x64', 'wasmedge_httpsreq@0.14.1', /removed from WasmEdge after 0\.12\.1/],
  ])('what WasmEdge did not release, without asking the server: %s %s', async (platform, named, said) => {
    await serve({});
    const { status, stderr } = await install(['--platform', platform], named);
    expect(status).toBe(1);
    expect(stderr).toMatch(said);
    expect(stderr).toMatch(/--provider embedded.*\[ERR_NOT_RELEASED\]/);
    expect(server.seen).toEqual([]);
  });
});

describe('ends with 2 for', () => {
  beforeEach(() => serve({}));

  it.each([
    [
      [],
      'wasi_logging',
      /there is no plug-in "wasi_logging"; known are wasmedge_httpsreq, wasmedge_process, wasi_crypto, wasi_nn-ggml, wasi_nn-openvino/,
    ],
    [
      [],
      'wasi_nn@0.14.1',
      /several backends.*wasi_nn-ggml, wasi_nn-openvino, wasi_nn-pytorch, wasi_nn-tensorflowlite/,
    ],
    [[], 'wasi_crypto@latest', /"latest" is not a version/],
    [['--version', '0.15.0'], 'wasi_crypto@0.14.1', /two versions/],
    [['--platform', 'linux'], 'wasi_crypto@0.14.1', /"linux" is not a platform/],
    [['--base-url', 'ftp://example.org'], 'wasi_crypto@0.14.1', /--base-url must be an address/],
    [['--timeout', 'soon'], 'wasi_crypto@0.14.1', /whole number/],
  ] as const)('%j %s', async (args, named, said) => {
    const { status, stdout, stderr } = await install(args, named);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(said);
  });
});
