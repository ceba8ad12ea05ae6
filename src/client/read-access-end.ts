import * as v from 'valibot';
import { infoSchema } from '../shared/protocol/index.ts';

/**
 * When the host lets this token in no more unless it is used until then, by the host's wall clock; null where the host
 * does not say. Never throws: it is good to know and nothing more.
 */
export async function readAccessEnd(
  token: string,
  signal: AbortSignal,
  request: typeof fetch = fetch,
): Promise<number | null> {
  try {
    const response = await request('/v1/info', {
      headers: { Authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
    const info = v.safeParse(infoSchema, await response.json());
    const endsWallMs = info.success ? Date.parse(info.output.expiresAt) : NaN;
    return Number.isNaN(endsWallMs) ? null : endsWallMs;
  } catch {
    // Unreachable, or no JSON: the connection itself tells what matters.
    return null;
  }
}
