import { workerData } from 'node:worker_threads';
import type { ThreadMemberData } from '../protocol/thread-member-data.js';
import { serveMember } from './serve-member.js';
import { ThreadChannel } from './thread-channel.js';

// The program of the thread of a member.

serveMember(new ThreadChannel(workerData as ThreadMemberData));
