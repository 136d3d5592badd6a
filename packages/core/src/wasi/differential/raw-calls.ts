import { wat } from '../../__fixtures__/wat.js';

/** Parameters of the functions that the scenarios call, `i` for i32 and `I` for i64, from the specification of preview 1. */
const functions: Readonly<Record<string, string>> = {
  args_get: 'ii',
  args_sizes_get: 'ii',
  clock_res_get: 'ii',
  clock_time_get: 'iIi',
  environ_get: 'ii',
  environ_sizes_get: 'ii',
  fd_advise: 'iIIi',
  fd_allocate: 'iII',
  fd_close: 'i',
  fd_datasync: 'i',
  fd_fdstat_get: 'ii',
  fd_fdstat_set_flags: 'ii',
  fd_fdstat_set_rights: 'iII',
  fd_filestat_get: 'ii',
  fd_filestat_set_size: 'iI',
  fd_filestat_set_times: 'iIIi',
  fd_pread: 'iiiIi',
  fd_prestat_dir_name: 'iii',
  fd_prestat_get: 'ii',
  fd_pwrite: 'iiiIi',
  fd_read: 'iiii',
  fd_readdir: 'iiiIi',
  fd_renumber: 'ii',
  fd_seek: 'iIii',
  fd_sync: 'i',
  fd_tell: 'ii',
  fd_write: 'iiii',
  path_create_directory: 'iii',
  path_filestat_get: 'iiiii',
  path_filestat_set_times: 'iiiiIIi',
  path_link: 'iiiiiii',
  path_open: 'iiiiiIIii',
  path_readlink: 'iiiiii',
  path_remove_directory: 'iii',
  path_rename: 'iiiiii',
  path_symlink: 'iiiii',
  path_unlink_file: 'iii',
  poll_oneoff: 'iiii',
  sched_yield: '',
  sock_accept: 'iii',
  sock_shutdown: 'ii',
};

/** Names of all functions that {@link rawCalls} exports. */
export const functionNames = Object.keys(functions);

/**
 * A guest that exports WASI functions under their own names.
 *
 * @param broken a function that answers success and does nothing.
 */
export function rawCalls(broken?: string): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(functions);
  const parameters = (text: string) => [...text].map((each) => (each === 'i' ? 'i32' : 'i64')).join(' ');
  return wat(`(module
    ${entries.map(([name, text]) => `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${parameters(text)}) (result i32)))`).join('\n')}
    (memory (export "memory") 4)
    ${entries
      .map(([name, text]) => {
        const call = `${[...text].map((_, index) => `local.get ${index}`).join(' ')} call $${name}`;
        return `(func (export "${name}") (param ${parameters(text)}) (result i32) ${name === broken ? 'i32.const 0' : call})`;
      })
      .join('\n')})`);
}
