import { expect, test } from 'vitest';
import { formatSignature } from '../../values/signature.js';
import { createWasi } from '../create-wasi.js';

// Listed by a C program from libwasmedge 0.14.1: the functions of WasmEdge_ModuleInstanceCreateWASI and their types.
const ofWasmEdge: Record<string, string> = {
  args_get: '(i32 i32)',
  args_sizes_get: '(i32 i32)',
  clock_res_get: '(i32 i32)',
  clock_time_get: '(i32 i64 i32)',
  environ_get: '(i32 i32)',
  environ_sizes_get: '(i32 i32)',
  epoll_oneoff: '(i32 i32 i32 i32)',
  fd_advise: '(i32 i64 i64 i32)',
  fd_allocate: '(i32 i64 i64)',
  fd_close: '(i32)',
  fd_datasync: '(i32)',
  fd_fdstat_get: '(i32 i32)',
  fd_fdstat_set_flags: '(i32 i32)',
  fd_fdstat_set_rights: '(i32 i64 i64)',
  fd_filestat_get: '(i32 i32)',
  fd_filestat_set_size: '(i32 i64)',
  fd_filestat_set_times: '(i32 i64 i64 i32)',
  fd_pread: '(i32 i32 i32 i64 i32)',
  fd_prestat_dir_name: '(i32 i32 i32)',
  fd_prestat_get: '(i32 i32)',
  fd_pwrite: '(i32 i32 i32 i64 i32)',
  fd_read: '(i32 i32 i32 i32)',
  fd_readdir: '(i32 i32 i32 i64 i32)',
  fd_renumber: '(i32 i32)',
  fd_seek: '(i32 i64 i32 i32)',
  fd_sync: '(i32)',
  fd_tell: '(i32 i32)',
  fd_write: '(i32 i32 i32 i32)',
  path_create_directory: '(i32 i32 i32)',
  path_filestat_get: '(i32 i32 i32 i32 i32)',
  path_filestat_set_times: '(i32 i32 i32 i32 i64 i64 i32)',
  path_link: '(i32 i32 i32 i32 i32 i32 i32)',
  path_open: '(i32 i32 i32 i32 i32 i64 i64 i32 i32)',
  path_readlink: '(i32 i32 i32 i32 i32 i32)',
  path_remove_directory: '(i32 i32 i32)',
  path_rename: '(i32 i32 i32 i32 i32 i32)',
  path_symlink: '(i32 i32 i32 i32 i32)',
  path_unlink_file: '(i32 i32 i32)',
  poll_oneoff: '(i32 i32 i32 i32)',
  proc_raise: '(i32)',
  random_get: '(i32 i32)',
  sched_yield: '()',
  sock_accept: '(i32 i32)',
  sock_accept_v2: '(i32 i32 i32)',
  sock_bind: '(i32 i32 i32)',
  sock_bind_v2: '(i32 i32 i32)',
  sock_connect: '(i32 i32 i32)',
  sock_connect_v2: '(i32 i32 i32)',
  sock_getaddrinfo: '(i32 i32 i32 i32 i32 i32 i32 i32)',
  sock_getlocaladdr: '(i32 i32 i32 i32)',
  sock_getlocaladdr_v2: '(i32 i32 i32)',
  sock_getpeeraddr: '(i32 i32 i32 i32)',
  sock_getpeeraddr_v2: '(i32 i32 i32)',
  sock_getsockopt: '(i32 i32 i32 i32 i32)',
  sock_listen: '(i32 i32)',
  sock_listen_v2: '(i32 i32)',
  sock_open: '(i32 i32 i32)',
  sock_open_v2: '(i32 i32 i32)',
  sock_recv: '(i32 i32 i32 i32 i32 i32)',
  sock_recv_from: '(i32 i32 i32 i32 i32 i32 i32)',
  sock_recv_from_v2: '(i32 i32 i32 i32 i32 i32 i32 i32)',
  sock_recv_v2: '(i32 i32 i32 i32 i32 i32)',
  sock_send: '(i32 i32 i32 i32 i32)',
  sock_send_to: '(i32 i32 i32 i32 i32 i32 i32)',
  sock_send_to_v2: '(i32 i32 i32 i32 i32 i32 i32)',
  sock_send_v2: '(i32 i32 i32 i32 i32)',
  sock_setsockopt: '(i32 i32 i32 i32 i32)',
  sock_shutdown: '(i32 i32)',
};

test('every function of WasmEdge 0.14.1 is there, with its signature, and no other', () => {
  using wasi = createWasi(undefined);
  const { module } = wasi;
  expect(module?.name).toBe('wasi_snapshot_preview1');
  const own = Object.fromEntries(
    Object.entries(module.functions).map(([name, type]) => [name, formatSignature(type)]),
  );
  const expected = Object.entries(ofWasmEdge).map(([name, params]) => [name, `${params} -> (i32)`]);
  expect(own).toEqual(Object.fromEntries([...expected, ['proc_exit', '(i32) -> ()']]));
});
