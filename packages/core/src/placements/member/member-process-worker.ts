import { ProcessChannel } from './process-channel.js';
import { serveMember } from './serve-member.js';

// The program of the process of a member.

serveMember(new ProcessChannel());
