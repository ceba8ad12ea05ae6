/** How much a line matters, the most first. */
export const logLevels = ['error', 'warning', 'info'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where the server says what people who run it should know. Hosts decide where it goes; never standard output. */
export type Log = (level: LogLevel, message: string) => void;
