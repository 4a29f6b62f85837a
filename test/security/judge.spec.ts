import { describe, expect, it } from '@jest/globals';
import { type ApiOperation, readApiDocument } from './api.ts';
import { dutifulRoles } from './duties.ts';
import { exampleOf } from './example.ts';
import { openJudge, type Try } from './judge.ts';
import { routeFaults } from './routes.ts';
import type { WireReply } from './wire.ts';

const headers = {
  'content-type': 'application/problem+json; charset=utf-8',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'SAMEORIGIN',
  'cache-control': 'no-store',
  'x-request-id': 'req_1',
};
const body = { type: '/problems/not-found', title: '未找到', status: 404, code: 'not-found', detail: 'Nothing.' };
const text = JSON.stringify({ ...body, instance: '/', requestId: 'req_1', errors: [] });
const reply = (change: Partial<WireReply> = {}): WireReply => ({ status: 404, headers, text, ...change });
const tried: Try = {
  ...{ kind: 'wrong court', operation: 'cases-read', expected: [404], forbidden: ['欧阳慎独', 'case_7'] },
  request: { method: 'GET', target: '/api/v1/cases/case_7', headers: {}, body: null },
};
const faults = (each: WireReply, change: Partial<Try> = {}) => openJudge().judge({ ...tried, ...change }, each);

describe('the judge of the security suite', () => {
  it('lets a refusal pass that is as designed, also when it repeats what the caller sent', () => {
    expect(faults(reply())).toEqual([]);
    expect(faults(reply({ text: text.replace('Nothing.', 'case_7') }))).toEqual([]);
  });

  it.each([
    ['another status', reply({ status: 200 })],
    ['a name', reply({ text: text.replace('Nothing.', '欧阳慎独') })],
    ['a name, encoded', reply({ text: text.replace('Nothing.', encodeURIComponent('欧阳慎独')) })],
    ['a name in a header', reply({ headers: { ...headers, link: encodeURIComponent('欧阳慎独') } })],
    ['another form', reply({ headers: { ...headers, 'content-type': 'application/json' } })],
    ['a problem of another status', reply({ text: text.replace('404', '403') })],
    ['a header less', reply({ headers: { ...headers, 'content-security-policy': undefined } })],
    ['a header that tells', reply({ headers: { ...headers, 'x-powered-by': 'it' } })],
  ])('sees %s', (_, each) => {
    expect(faults(each)).toHaveLength(1);
  });

  it('sees an id that the caller did not send', () => {
    const target = '/api/v1/cases/case_8';
    const request = { ...tried.request, target };
    expect(faults(reply({ text: text.replace('Nothing.', 'case_7') }), { request })).toHaveLength(1);
  });
});

describe('what nobody thought of', () => {
  const document = readApiDocument();
  const routes = document.operations.map(({ method, path }) => ({ method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') }));
  const said = (more: { method: string; url: string }[]) =>
    routeFaults([...routes, ...more], document).filter((each) => each.includes('tried by nothing'));

  it('is a route outside of the document and of the list', () => {
    expect(said([])).toEqual([]);
    expect(said([{ method: 'GET', url: '/api/v1/backdoor' }])).toEqual([
      'GET /api/v1/backdoor is tried by nothing: declare it with @Operation, or name it in test/security/outside.ts with a reason',
    ]);
    expect(said([{ method: 'POST', url: '/health/live' }])).toHaveLength(1);
  });

  it('is an operation that the document has and the router has not', () => {
    expect(routeFaults(routes.slice(1), document)[0]).toContain('has no route');
  });

  it('is an operation of which nobody said who may use it', () => {
    const strange: ApiOperation = { ...document.operations[0]!, id: 'spells-cast', tag: 'spells' };
    expect(() => dutifulRoles(strange)).toThrow(/duties\.ts/);
  });

  it('is a field for which nothing fits', () => {
    const parts = { resolve: document.resolve, fixtures: {} };
    expect(() => exampleOf(parts, { type: 'string', pattern: '^spell_[0-9]+$' }, ['spellId'])).toThrow(/world\.ts/);
    expect(exampleOf({ ...parts, fixtures: { spellId: 'spell_1' } }, { type: 'string' }, ['spellId'])).toBe('spell_1');
  });
});
