import type { IncomingMessage } from 'node:http';

/** A body, or why there is none. */
export type BodyOutcome =
  { readonly status: 'ok'; readonly text: string } | { readonly status: 'tooBig' | 'aborted' };

/** Reads a request's body up to `maxBytes`, and not a byte of what would be more. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyOutcome> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return { status: 'tooBig' };
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) return { status: 'tooBig' };
      chunks.push(chunk);
    }
  } catch {
    // The client left in the middle: there is nobody to answer.
    return { status: 'aborted' };
  }
  return { status: 'ok', text: Buffer.concat(chunks).toString('utf8') };
}
