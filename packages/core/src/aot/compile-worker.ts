import { rmSync, writeSync } from 'node:fs';
import { callElsewhere } from '../native/call-elsewhere.js';
import { hasCompiler } from '../native/has-compiler.js';
import { openLibrary } from '../native/library.js';
import { type CompileRefusal, type CompileRequest, decodeRequest } from './compile-request.js';

// The program of the process that compiles a guest. Its stdout is libwasmedge's log.

const outputFormatWasm = 1;

let folder: string | undefined;
let parts: Buffer[] | undefined = [];

process.stdin.on('data', (part: Buffer) => {
  if (parts === undefined) return;
  parts.push(part);
  const request = decodeRequest(parts);
  if (request === undefined) return;
  parts = undefined;
  folder = request.folder;
  void compile(request);
});

// The one who asked has ended, or does not want it any more. The compiler, in another thread, cannot be stopped otherwise.
process.stdin.on('close', () => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  process.kill(process.pid, 'SIGKILL');
});

async function compile(request: CompileRequest): Promise<void> {
  let refusal: CompileRefusal | undefined;
  try {
    refusal = await callCompiler(request);
  } catch (error) {
    refusal = { message: (error as Error).message };
  }
  if (refusal !== undefined) writeSync(3, JSON.stringify(refusal));
  process.exit(0);
}

async function callCompiler(request: CompileRequest): Promise<CompileRefusal | undefined> {
  const { library, guest, form, level, portable, output } = request;
  const opened = openLibrary(library.path);
  const { c, version } = opened;
  if (version !== library.version) {
    return { message: `${library.path} is libwasmedge ${version} now, and was ${library.version}` };
  }
  if (!hasCompiler(opened)) return { message: 'the compiler is disabled in this build' };
  const configure = Number(c.ConfigureCreate());
  c.ConfigureCompilerSetOptimizationLevel(configure, level);
  c.ConfigureCompilerSetOutputFormat(configure, outputFormatWasm);
  c.ConfigureCompilerSetGenericBinary(configure, portable);
  c.ConfigureCompilerSetInterruptible(configure, form === 'interruptible');
  c.ConfigureStatisticsSetCostMeasuring(configure, form === 'metered');
  const compiler = Number(c.CompilerCreate(configure));
  // Phases are told by lines of the log, and in no other way.
  c.LogSetDebugLevel();
  const code = await callElsewhere(
    c.CompilerCompileFromBuffer,
    ...([compiler, guest, guest.byteLength, output] as const),
  );
  return code === 0 ? undefined : { message: c.ResultGetMessage(code) };
}
