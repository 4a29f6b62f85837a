import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.ts';

/** Kinds of requests with a limit of their own, so that what needs little is not kept out by what needs much. */
type Kind = 'read' | 'write' | 'upload';

/**
 * How many requests of a kind this process works on at once. A body may have 1 MB, a file 20 MB: these limits bound the
 * memory they can take. Event streams have seats of their own (events/stream-seats.ts).
 */
const mostAtOnce: Readonly<Record<Kind, number>> = { read: 500, write: 100, upload: 8 };
const retryAfterSeconds = 1;

export interface Crowd {
  /** @returns gives the place free; @throws ProblemError `overloaded` before anything of the request is read */
  enter(request: Pick<FastifyRequest, 'method' | 'headers'>): () => void;
}

export function openCrowd(most: Readonly<Record<Kind, number>> = mostAtOnce): Crowd {
  const inside: Record<Kind, number> = { read: 0, write: 0, upload: 0 };
  return {
    enter(request) {
      const kind = kindOf(request);
      if (inside[kind] >= most[kind]) {
        throw new ProblemError('overloaded', 'Too many requests are being worked on. Nothing was accepted.', {
          headers: { 'retry-after': String(retryAfterSeconds) },
        });
      }
      inside[kind] += 1;
      let isInside = true;
      return () => {
        if (isInside) inside[kind] -= 1;
        isInside = false;
      };
    },
  };
}

function kindOf({ method, headers }: Pick<FastifyRequest, 'method' | 'headers'>): Kind {
  if (method === 'GET' || method === 'HEAD') return 'read';
  return headers['content-type']?.startsWith('multipart/') === true ? 'upload' : 'write';
}
