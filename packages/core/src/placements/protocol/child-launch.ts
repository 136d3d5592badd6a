/** What the process of a member is told when it is started, before any request. */
export interface ChildLaunch {
  /** The number of the process that has started it. */
  readonly parent: number;
  /** Bytes of data that it may have besides what it starts with. Default: no bound. */
  readonly memoryBytes?: number | undefined;
  /** Seconds of the processor's time that it may take in all. Default: no bound. */
  readonly cpuSeconds?: number | undefined;
}

/** What follows the program's file on the command line of the process. */
export function launchArguments(launch: ChildLaunch): readonly string[] {
  return [JSON.stringify(launch)];
}

/** What {@link launchArguments} has told this process. */
export function readLaunch(): ChildLaunch {
  return JSON.parse(process.argv[2] ?? '') as ChildLaunch;
}
