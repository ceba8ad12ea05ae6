/** Where the server says what people who run it should know. Hosts decide where it goes; never standard output. */
export type Log = (level: 'info' | 'warning' | 'error', message: string) => void;
