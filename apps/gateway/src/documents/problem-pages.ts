import { problemStatus, type ProblemCode } from '#contracts';
import type { FastifyInstance } from 'fastify';
import { problemCatalogue } from '../http/problem-catalogue.ts';
import { notFound } from '../http/problem-error.ts';

/** The pages behind the `type` of every problem. */
export function problemRoutes(fastify: Pick<FastifyInstance, 'get'>): void {
  fastify.get('/problems', (_, reply) => reply.type('text/html; charset=utf-8').send(listPage()));
  fastify.get<{ Params: { code: string } }>('/problems/:code', ({ params }, reply) => {
    if (!isCode(params.code)) throw notFound('problem');
    return reply.type('text/html; charset=utf-8').send(problemPage(params.code));
  });
}

const isCode = (text: string): text is ProblemCode => Object.hasOwn(problemCatalogue, text);
const codes = (): ProblemCode[] => Object.keys(problemCatalogue).filter(isCode);

function problemPage(code: ProblemCode): string {
  const { zh, en, meaning, fix } = problemCatalogue[code];
  return page(
    `${zh} · ${code}`,
    `<h1>${zh}</h1><p lang="en"><strong>${en}</strong> (<code>${code}</code>, HTTP ${problemStatus[code]})</p><p lang="en">${meaning}</p><p lang="en">${fix}</p><p><a href="/problems">全部 All problems</a></p>`,
  );
}

function listPage(): string {
  const rows = codes().map(
    (code) =>
      `<li><a href="/problems/${code}">${code}</a> ${problemStatus[code]} ${problemCatalogue[code].zh} <span lang="en">${problemCatalogue[code].en}</span></li>`,
  );
  return page('问题 Problems', `<h1>问题 Problems</h1><ul>${rows.join('')}</ul>`);
}

/** Named by its hash in the policy of the page (http/security-headers.ts). */
export const problemStyle = 'body{font:1rem/1.6 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}';

/** The texts are ours and hold no markup. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${problemStyle}</style></head><body>${body}</body></html>
`;
