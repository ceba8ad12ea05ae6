import { request } from 'node:http';
import * as v from 'valibot';
import type { Clock } from '../../shared/lifecycle/clock.ts';
import { timeoutCode, type NamedContainer, type ProbeMethods } from './probe-messages.ts';

/** How long an engine may take, and how much it may say. */
const deadlineMs = 3_000;
const mostBytes = 8 * 1024 * 1024;
/** The longest name that travels. */
const mostCharacters = 1_024;

const containerSchema = v.object({
  Id: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
  Names: v.optional(v.nullable(v.array(v.string()))),
  Image: v.optional(v.nullable(v.string())),
});

/**
 * Makes what asks an engine, over its Unix socket, for the containers that run: `GET /containers/json` of Docker's
 * API, which Podman serves too. Fails with the code of the system's error, with `unsupported` where nobody listens,
 * with `timeout` past 3 s, and with no code for an answer that is none.
 */
export function createListContainers(clock: Clock): (params: unknown) => Promise<readonly NamedContainer[]> {
  return async (params) => {
    const { path } = params as ProbeMethods['containers']['params'];
    try {
      return parseContainers(await get(clock, path, '/containers/json'));
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ECONNREFUSED') throw thrown;
      const message = `No engine listens at ${path}.`;
      throw Object.assign(new Error(message, { cause: thrown }), { code: 'unsupported' });
    }
  };
}

/** What of an answer can be used; an entry of another form is passed over. Throws where there is no list at all. */
function parseContainers(text: string): NamedContainer[] {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (thrown) {
    throw new Error('The engine gave an answer that is no JSON.', { cause: thrown });
  }
  if (!Array.isArray(answer)) throw new Error('The engine gave no list of containers.');
  return answer.flatMap((entry) => {
    const parsed = v.safeParse(containerSchema, entry);
    if (!parsed.success) return [];
    const { Id: id, Names, Image } = parsed.output;
    // A link from another container is a name too, with that one's name before it.
    const own = Names?.find((name) => !name.slice(1).includes('/')) ?? Names?.[0];
    return [{ id, name: shorten(own?.replace(/^\//, '')), image: shorten(Image) }];
  });
}

function shorten(text: string | null | undefined): string | null {
  return text ? text.slice(0, mostCharacters) : null;
}

async function get(clock: Clock, socketPath: string, path: string): Promise<string> {
  const timer = new AbortController();
  const answer = new Promise<string>((resolve, reject) => {
    // An agent of its own would keep the connection, and a name for the host is asked for by Docker.
    const call = request({ socketPath, path, agent: false, headers: { host: 'localhost' } }, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > mostBytes) call.destroy(new Error('The engine says more than it is asked for.'));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(new Error(`The engine answered with status ${response.statusCode}.`));
      });
    });
    call.on('error', reject);
    call.end();
    void clock.sleep(deadlineMs, timer.signal).then(
      () => {
        const error = Object.assign(new Error(`${socketPath} has not answered.`), { code: timeoutCode });
        reject(error);
        call.destroy(error);
      },
      () => undefined,
    );
  });
  try {
    return await answer;
  } finally {
    timer.abort(new Error('The engine has answered.'));
  }
}
