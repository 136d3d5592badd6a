import { lacksHelpers, prepareHelpers } from '../../helpers/helper-program.js';
import type { Logger } from '../../logger/logger.js';
import type { RuntimeReport } from '../../runtime/runtime-report.js';
import type { TraceSink } from '../../trace/trace-event.js';
import type { PackedSetup, Started } from '../protocol/messages.js';
import type { News } from './check-news.js';
import type { CodeForMembers } from './code-for-members.js';
import { Member, type MemberEvents } from './member.js';
import type { Transport, TransportEvents } from './transport.js';

/** What a source makes members of. */
export interface MemberSetup {
  open(events: TransportEvents): Transport;
  readonly setup: PackedSetup;
  /** Why its engine was chosen. */
  readonly engineReason: string;
  readonly logger: Logger;
  readonly trace: TraceSink | undefined;
  /** Has the compiled code of guests; `undefined` on engine `v8`. */
  readonly code: CodeForMembers | undefined;
  readonly answers: MemberEvents['answers'];
  /** Told what the runtime of a fresh member has chosen. */
  onStart(report: RuntimeReport): void;
  readonly onOutput: MemberEvents['onOutput'];
  /** Told when a member that has lived ends. Default: nobody is. */
  onEnd?(member: Member, error: Error): void;
  /** Whether there is no other when a member that has lived has ended. Default: `false`. */
  readonly hasOneMember?: boolean | undefined;
}

/** Gives a runtime its member, and a fresh one when it has ended. */
export class MemberSource implements MemberEvents {
  readonly #parts: MemberSetup;
  #member: Member | undefined;
  #opening: Promise<Member> | undefined;
  /** The one that is being opened. */
  #starting: Member | undefined;
  #report: RuntimeReport | undefined;
  /** Whether what one guest leaves in the objects of host modules is there for the next, as the latest member says. */
  hostObjectsKeepState = false;
  #disposed: Error | undefined;
  /** What ended the member that was the only one. */
  #over: Error | undefined;

  constructor(parts: MemberSetup) {
    this.#parts = parts;
  }

  /** The member that lives, if one does. */
  get current(): Member | undefined {
    return this.#member;
  }

  /** What the latest member's runtime has chosen. */
  get report(): RuntimeReport {
    return this.#report as RuntimeReport;
  }

  /** The member that lives, or a fresh one. @throws what its runtime cannot be made for. */
  open(): Promise<Member> {
    if (this.#member !== undefined) return Promise.resolve(this.#member);
    const over = this.#over ?? this.#disposed;
    if (over !== undefined) return Promise.reject(over);
    this.#opening ??= this.#start().finally(() => {
      this.#opening = undefined;
      this.#starting = undefined;
    });
    return this.#opening;
  }

  async dispose(error: Error): Promise<void> {
    this.#disposed = error;
    // It may never be there.
    this.#starting?.end(error);
    await this.#opening?.catch(() => {});
    const member = this.#member;
    member?.end(error);
    await member?.whenEnded;
  }

  get onOutput(): MemberEvents['onOutput'] {
    return this.#parts.onOutput;
  }

  get answers(): MemberEvents['answers'] {
    return this.#parts.answers;
  }

  onNews(member: Member, news: News): void {
    switch (news.kind) {
      case 'log':
        this.#parts.logger(news.level, news.message);
        break;
      case 'trace':
        this.#parts.trace?.(news.event);
        break;
      case 'wantsCode':
        this.#parts.code?.answer(member, news);
        break;
      case 'execution':
        this.#parts.code?.noteExecution(news.execution);
    }
  }

  onEnd(member: Member, error: Error): void {
    if (this.#member !== member) return;
    this.#member = undefined;
    if (this.#parts.hasOneMember) this.#over = error;
    this.#parts.onEnd?.(member, error);
  }

  async #start(): Promise<Member> {
    if (lacksHelpers()) await prepareHelpers();
    if (this.#disposed !== undefined) throw this.#disposed;
    const member = new Member(this.#parts.open, this);
    this.#starting = member;
    try {
      const { value } = await member.request({ kind: 'start', setup: this.#parts.setup });
      const { report, hostObjectsKeepState } = value as Started;
      this.hostObjectsKeepState = hostObjectsKeepState;
      this.#report = { ...report, engineReason: this.#parts.engineReason };
      this.#parts.onStart(this.#report);
    } catch (error) {
      member.end(error as Error);
      await member.whenEnded;
      throw error;
    }
    if (member.error !== undefined) throw member.error;
    this.#member = member;
    return member;
  }
}
