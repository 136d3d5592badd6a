import { watchParent } from '../member/watch-parent.js';

// A program that ends with the process of a number, though it loops.

await watchParent(Number(process.argv[2]));
process.stdout.write(`${process.pid}\n`);
for (;;);
