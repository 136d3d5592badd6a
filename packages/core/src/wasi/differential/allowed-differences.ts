import type { Allowance } from './difference.js';

/** Where wasmtime 50 answers differently, and why our answer stays. */
export const allowedDifferences: readonly Allowance[] = [
  {
    calls: /: path_/,
    ours: /^notcapable$/,
    theirs: /^perm$/,
    why: 'A path that leads out of its folder: notcapable is the number that preview 1 has for what a descriptor does not allow. perm is what wasmtime makes of the same refusal.',
  },
  {
    calls: /path_symlink "\.\.\/secret"/,
    ours: /^notcapable$/,
    theirs: /^success$/,
    why: 'A link that leads out of the folder is refused when it is made, not only when it is followed: another program of the host may follow it.',
  },
  {
    calls: /path_filestat_get 3 1 "out3"|links are read and made: the folder/,
    ours: /^noent$|out->/,
    theirs: /^perm$|out3->/,
    why: 'What follows from the link that was not made.',
  },
  {
    calls:
      /fd_seek .* 3:|fd_seek .* 3$|path_open .* 64 |fd_fdstat_set_flags \S+ 64|fd_advise .* 6$|set_times .* 16$|clock_\S+ (4|99)/,
    ours: /^inval$/,
    theirs: /^trap: .*Invalid (flag|enum) value/,
    why: 'A number that is outside of its enumeration ends the guest on wasmtime. inval is an answer that a guest can handle, and what WasmEdge gives.',
  },
  {
    calls: /clock_\S+ [23]/,
    ours: /^success positive$/,
    theirs: /^badf$/,
    why: 'The specification has clocks of the time that the processor spent. wasmtime has none.',
  },
  {
    calls: /poll_oneoff (clock (2|99)|type 3)/,
    ours: /^success \{user 100 (notsup|inval) /,
    theirs: /^inval$/,
    why: 'The specification gives each event an error of its own, so one subscription that cannot be served does not take the others away.',
  },
  {
    calls: /poll_oneoff (reads|writes) 99/,
    ours: /^success \{user 100 badf /,
    theirs: /^badf$/,
    why: 'The same for descriptors that are not open: poll(2) tells of them in their own record too (POLLNVAL).',
  },
  {
    calls: /poll_oneoff (reads|writes) 3/,
    ours: /^success \{user 100 success /,
    theirs: /^badf$/,
    why: 'poll(2) tells of a folder, as of a file, that it is always ready.',
  },
  {
    calls: /fd_(read|pread) (3|\$f)/,
    ours: /^isdir$/,
    theirs: /^badf$/,
    why: 'read(2) on a folder is EISDIR.',
  },
  {
    calls: /fd_readdir \$f/,
    ours: /^notdir$/,
    theirs: /^badf$/,
    why: 'getdents(2) on a file is ENOTDIR.',
  },
  {
    calls: /fd_p?read \$f \[2,2\]/,
    ours: / 4$/,
    theirs: / 2$/,
    why: 'readv(2) goes on to the next buffer. wasmtime fills the first only, which a read may do.',
  },
  {
    calls: /fd_(sync|datasync) 3/,
    ours: /^success$/,
    theirs: /^badf$/,
    why: 'fsync(2) works on a folder, and databases rely on it. wasmtime only syncs files.',
  },
  {
    calls: /fd_fdstat_set_flags [03] /,
    ours: /^(success|inval)$/,
    theirs: /^badf$/,
    why: 'fcntl(2) sets flags on anything that is open; a read of standard input that must not wait needs it.',
  },
  {
    calls: /fd_allocate/,
    ours: /^(success|inval|fbig|notcapable|isdir|badf|nodev)$/,
    theirs: /^(notsup|badf)$/,
    why: 'wasmtime does not allocate. posix_fallocate(3) does.',
  },
  {
    calls: /fd_seek \$f 9223372036854775807/,
    ours: /^(inval|overflow)$/,
    theirs: /^success/,
    why: 'lseek(2) refuses a position that no file of the system can have (EINVAL). wasmtime keeps positions by itself and looks when they are used.',
  },
  {
    calls: /what is open for reading only, or for writing only: fd_/,
    ours: /^notcapable$/,
    theirs: /./,
    why: 'The specification answers notcapable for a right that a descriptor does not have. wasmtime has given up rights and looks at how the file was opened.',
  },
  {
    calls: /path_link 3 1 "d\/g" 3 "followed"|hard links: the folder/,
    ours: /^success$|followed/,
    theirs: /^inval$|hard/,
    why: 'linkat(2) takes AT_SYMLINK_FOLLOW. wasmtime refuses the flag, even where there is no link.',
  },
  {
    calls: /path_remove_directory 3 "(new\/|toEmpty\/|toFolder\/e\/)"/,
    ours: /^(success|notdir)$/,
    theirs: /^inval$/,
    why: 'A slash behind a name says that it is a folder (POSIX, XBD 4.16): rmdir(2) removes it, and answers ENOTDIR for a link. wasmtime refuses every such path.',
  },
  {
    calls: /path_remove_directory 3 "new"|links are removed, not what they lead to: the folder/,
    ours: /^noent$|empty/,
    theirs: /^success$|empty/,
    why: 'What follows from the folders that wasmtime did not remove.',
  },
  {
    calls: /path_remove_directory 3 "new\/\.\."/,
    ours: /^notempty$/,
    theirs: /^inval$/,
    why: 'rmdir(2) answers EINVAL for a path that ends in `.`, and ENOTEMPTY for one that ends in `..`.',
  },
  {
    calls: /path_unlink_file 3 "toEmpty\/"/,
    ours: /^notdir$/,
    theirs: /^isdir$/,
    why: 'unlink(2) does not follow the link, slash or not, and a link is not a folder: ENOTDIR.',
  },
];
