import { readLaunch } from '../protocol/child-launch.js';
import { guardProcess } from './guard-process.js';
import { limitProcess } from './limit-process.js';
import { ProcessChannel } from './process-channel.js';
import { recordCalls } from './record-calls.js';
import { serveMember } from './serve-member.js';

// The program of the process of a member.

const launch = readLaunch();
await guardProcess(launch);
recordCalls();
serveMember(new ProcessChannel(), () => limitProcess(launch));
