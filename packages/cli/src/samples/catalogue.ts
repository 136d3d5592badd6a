/** A guest or a model to begin with, and what comes with it. */
export interface Sample {
  readonly name: string;
  /** The package that has its files as `<package>/samples/<file>`. */
  readonly packageName: string;
  readonly description: string;
  /** The first one is the guest or the model; the others are its sources and inputs. */
  readonly files: readonly [string, ...string[]];
  /** The command that uses it, with this command's name in front. */
  readonly next: string;
}

/** Every sample there is, those of packages that are not installed too. */
export const samples: readonly Sample[] = [
  {
    name: 'hello',
    packageName: '@wasmedge-plugins/core',
    description: 'a WASI command that prints "hello", and how it is written in WAT, Rust and C',
    files: ['hello.wasm', 'hello.wat', 'hello.rs', 'hello.c'],
    next: 'run hello.wasm',
  },
  {
    name: 'add',
    packageName: '@wasmedge-plugins/core',
    description: 'a library that adds two numbers, and how it is written in WAT, Rust, C and AssemblyScript',
    files: ['add.wasm', 'add.wat', 'add.rs', 'add.c', 'add.as.ts'],
    next: 'run --reactor add.wasm add 3 4',
  },
  {
    name: 'command-runner',
    packageName: '@wasmedge-plugins/process',
    description: 'a guest in Rust that starts a command of the host',
    files: ['command-runner.wasm', 'command-runner.rs'],
    next: 'run --allow-command node command-runner.wasm -- node --version',
  },
  {
    name: 'crypto-script',
    packageName: '@wasmedge-plugins/wasi-crypto',
    description: 'a guest in Rust that hashes, signs and encrypts',
    files: ['crypto-script.wasm', 'crypto-script.rs'],
    next: 'run crypto-script.wasm hash SHA-256 32 616263',
  },
  {
    name: 'http-req-wasi-client',
    packageName: '@wasmedge-plugins/httpsreq',
    description: 'a guest in Rust that requests a page by HTTPS',
    files: ['http-req-wasi-client.wasm', 'http-req-wasi-client.rs'],
    next: 'run --allow-host example.org http-req-wasi-client.wasm --show-body https://example.org/',
  },
  {
    name: 'digits',
    packageName: '@wasmedge-plugins/wasi-nn-tflite',
    description: 'a model that reads a digit on a picture, and two pictures',
    files: ['digits.tflite', 'digit-3.png', 'digit-3.pgm', 'digit-7.png', 'digit-7.pgm'],
    next: 'model digits.tflite --ts',
  },
  {
    name: 'chat',
    packageName: '@wasmedge-plugins/wasi-nn-ggml',
    description:
      'a small language model, which knows a few dialogues, and a guest in Rust that chats with it',
    files: ['chat.wasm', 'chat.rs', 'chat.gguf'],
    next: 'run --nn-preload default:GGML:AUTO:chat.gguf chat.wasm default',
  },
];
