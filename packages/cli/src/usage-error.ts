/** The command line cannot be understood; ends the command with exit code 2. */
export class UsageError extends Error {}
