import clientMessages from '../golden/client-messages.json' with { type: 'json' };
import counters from '../golden/counters.json' with { type: 'json' };
import rows from '../golden/rows.json' with { type: 'json' };
import sections from '../golden/sections.json' with { type: 'json' };
import serverMessages from '../golden/server-messages.json' with { type: 'json' };

/** What one connection hears, frame by frame, and what each frame says. */
export interface Golden {
  readonly name: string;
  readonly frames: readonly { readonly bytes: Uint8Array<ArrayBuffer>; readonly message: unknown }[];
}

const files: Readonly<Record<string, readonly { hex: string; message: unknown }[]>> = {
  'client-messages': clientMessages,
  'server-messages': serverMessages,
  counters,
  rows,
  sections,
};

/** The recorded frames of the format, which do not change without a new subprotocol. */
export function readGolden(): Golden[] {
  return Object.entries(files).map(([name, frames]) => ({
    name,
    frames: frames.map(({ hex, message }) => ({ bytes: Uint8Array.from(Buffer.from(hex, 'hex')), message })),
  }));
}
