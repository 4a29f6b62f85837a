import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyRequest } from 'fastify';
import type { AuditEntry } from '#contracts';
import type { Ledger } from '#store';
import { actOfVisitor } from './act-of.ts';
import { requireTraces } from './require-traces.ts';
import { type Audited, expectTrace, tracedLedger } from './traces.ts';

const logged: unknown[] = [];
const kept: AuditEntry[] = [];
const counted: string[] = [];
const plain = { record: async (entry: AuditEntry) => (kept.push(entry), { seq: kept.length, hash: 'h' }) };
const ledger = tracedLedger(plain as unknown as Ledger, (action) => void counted.push(action));
const app = fastify();
const route = (path: string, audit: Audited, handle: (request: FastifyRequest) => Promise<unknown>) =>
  app.get(path, async (request, reply) => {
    expectTrace(request, audit);
    void reply.header('etag', 'x').header('location', '/somewhere');
    return handle(request);
  });
const seen = { secret: '110100199003074112' };

beforeAll(async () => {
  requireTraces(app, { error: (...line) => void logged.push(line) });
  route('/forgotten', 'case.read', async () => seen);
  route('/stream', 'report.read', async () => Readable.from(['secret']));
  route('/other', 'case.read', async (request) => {
    await ledger.record(actOfVisitor(request, { action: 'session.opened' }));
    return seen;
  });
  route('/recorded', ['inquiry.sent', 'inquiry.refused'], async (request) => {
    await ledger.record(actOfVisitor(request, { action: 'inquiry.refused' }));
    return seen;
  });
  route('/none', { none: 'nothing about anybody' }, async () => seen);
  await app.ready();
});
afterAll(() => app.close());

describe('an answer that should leave a trace', () => {
  it.each(['/forgotten', '/stream', '/other'])('does not leave without it: %s', async (url) => {
    const reply = await app.inject({ url });
    expect(reply.statusCode).toBe(500);
    expect(reply.headers['content-type']).toMatch(/problem\+json/);
    expect([reply.headers['etag'], reply.headers['location']]).toEqual([undefined, undefined]);
    expect(reply.body).not.toContain('secret');
    expect(logged.at(-1)).toMatchObject(['audit.missing', { route: url }]);
  });

  it.each(['/recorded', '/none'])('leaves with it: %s', async (url) => {
    expect((await app.inject({ url })).json()).toEqual(seen);
  });

  it('is counted by its action', () => {
    expect(counted).toEqual(['session.opened', 'inquiry.refused']);
  });
});
