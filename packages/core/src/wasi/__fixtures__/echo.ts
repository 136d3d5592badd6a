import { WasiGuest } from './wasi-guest.js';

// A program of its own, since a test runner's standard streams are not the test's: copies input to output, says on stderr how it ended.
using guest = new WasiGuest();
let text = guest.read(0);
let errno = 0;
while (typeof text === 'string' && text !== '' && errno === 0) {
  errno = guest.write(1, text);
  text = guest.read(0);
}
guest.call('fd_close', 1);
guest.write(2, `ended with ${errno}`);
