import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, type HostModule, hostFunction, hostModule, signature } from '../index.js';

/** Passes a text on to a function of `web` or `store`, which gives the length of the answer that it puts at 1024. */
const guest = await wat(`(module
  (import "web" "get" (func $get (param i32 i32) (result i32)))
  (import "store" "put" (func $put (param i32 i32 i32)))
  (import "store" "sum" (func $sum (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/a?b=ü")
  (data (i32.const 16) "apples")
  (func (export "get") (result i32) (call $get (i32.const 0) (i32.const 7)))
  (func (export "shop") (result i64)
    (call $put (i32.const 16) (i32.const 6) (i32.const 3))
    (call $put (i32.const 16) (i32.const 6) (i32.const 39))
    (call $sum (i32.const 16) (i32.const 6))))`);
const exports = { get: signature([], ['i32']), shop: signature([], ['i64']) } as const;

async function startServer(): Promise<string> {
  const server = createServer((request, response) => response.end(`you asked for ${request.url}`));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const web = (origin: string) =>
  hostModule('web', {
    get: hostFunction(
      ['i32', 'i32'],
      ['i32'],
      async ({ memory, signal }, at, length) => {
        const response = await fetch(origin + (await memory.readString(at, length)), { signal });
        const bytes = new Uint8Array(await response.arrayBuffer());
        await memory.write(1024, bytes);
        return bytes.length;
      },
      { on: 'caller' },
    ),
  });

interface Store {
  put(name: string, count: number): Promise<void>;
  sum(name: string): Promise<number>;
}

const store = ({ put, sum }: Store): HostModule =>
  hostModule('store', {
    put: hostFunction(
      ['i32', 'i32', 'i32'],
      [],
      async ({ memory }, at, length, count) => put(await memory.readString(at, length), count),
      { on: 'caller' },
    ),
    sum: hostFunction(
      ['i32', 'i32'],
      ['i64'],
      async ({ memory }, at, length) => BigInt(await sum(await memory.readString(at, length))),
      { on: 'caller' },
    ),
  });

const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'store-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
};

/** A file of lines, for a Node.js without a database. */
async function openLines(): Promise<Store> {
  const file = join(await folder(), 'rows');
  return {
    put: (name, count) => appendFile(file, `${JSON.stringify([name, count])}\n`),
    sum: async (name) => {
      const rows: [string, number][] = (await readFile(file, 'utf8'))
        .trim()
        .split('\n')
        .map((row) => JSON.parse(row));
      return rows.filter((row) => row[0] === name).reduce((sum, [, count]) => sum + count, 0);
    },
  };
}

interface Sqlite {
  readonly DatabaseSync: new (
    file: string,
  ) => {
    exec(sql: string): void;
    prepare(sql: string): { run(...values: unknown[]): void; get(...values: unknown[]): { sum: number } };
    close(): void;
  };
}

const sqlite = process.getBuiltinModule?.('node:sqlite' as 'node:fs') as unknown as Sqlite | undefined;

async function openSqlite({ DatabaseSync }: Sqlite): Promise<Store> {
  const database = new DatabaseSync(join(await folder(), 'rows.db'));
  onTestFinished(() => database.close());
  database.exec('create table rows (name text, count integer)');
  const put = database.prepare('insert into rows values (?, ?)');
  const sum = database.prepare('select sum(count) as sum from rows where name = ?');
  return {
    put: async (...row) => {
      put.run(...row);
    },
    sum: async (name) => sum.get(name).sum,
  };
}

forEachEngine((engine) => {
  describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
    const make = async (open: () => Promise<Store>) => {
      const hostModules = [web(await startServer()), store(await open())];
      const runtime = await createRuntime({ engine, placement, hostModules });
      onTestFinished(() => runtime[Symbol.asyncDispose]());
      return runtime.instantiate(guest, { exports });
    };

    it('a guest gets what fetch() has fetched', async () => {
      const instance = await make(openLines);
      const length = await instance.exports.get();
      const answer = Buffer.from(await instance.readMemory(1024, length)).toString();
      expect(answer).toBe('you asked for /a?b=%C3%BC');
    });

    it('a guest writes to a store in a file, and reads from it', async () => {
      const instance = await make(openLines);
      expect(await instance.exports.shop()).toBe(42n);
    });

    it.skipIf(sqlite === undefined)(
      'a guest writes to SQLite, and reads from it (node:sqlite, from Node.js 22.13 on)',
      async () => {
        const instance = await make(() => openSqlite(sqlite as Sqlite));
        expect(await instance.exports.shop()).toBe(42n);
      },
    );
  });
});
