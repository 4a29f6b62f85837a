import { belongings, everything, type Field, rolesWith } from '../field.ts';
import type { Try } from '../judge.ts';
import { courts, personOf, roles } from '../people.ts';
import { openExamples } from '../outside.ts';
import { bearer, written } from '../requests.ts';

/** Headers by which a proxy might tell who somebody is; nobody is believed. */
const claims: readonly Readonly<Record<string, string>>[] = [
  { 'x-forwarded-user': 'usr_north-officer', 'x-remote-user': 'usr_north-officer', 'x-user-id': 'usr_north-officer' },
  { 'x-role': 'officer', 'x-roles': 'officer,ops,auditor', 'x-scopes': 'cases:read operations:read' },
  { 'x-court-code': courts.north.code, 'x-tenant-id': courts.north.code },
  { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1;host=localhost' },
  { 'x-original-url': '/health/live', 'x-rewrite-url': '/health/live', 'x-original-uri': '/health/live' },
  { 'x-http-method-override': 'GET', 'x-http-method': 'GET', 'x-method-override': 'GET' },
  { 'x-ssl-client-verify': 'SUCCESS', 'x-ssl-client-s-dn': 'CN=usr_north-officer', 'x-client-cert': 'MIIB' },
  { host: 'localhost', 'x-forwarded-host': 'localhost', origin: 'null' },
];

export const claimTries = ({ operations, requests, world }: Field): Try[] =>
  operations.flatMap((operation) => {
    const draft = requests.draft(operation, 'north');
    const may = rolesWith(operation);
    const mayNot = roles.find((role) => !may.includes(role));
    const [reader] = may;
    const hasForeign = requests.places(draft, 'north').some(({ at }) => at === 'path');
    const tryOf = (headers: Readonly<Record<string, string>>, expected: number, forbidden: readonly string[]): Try => ({
      ...{ kind: 'claims in headers', operation: operation.id, expected: [expected], forbidden },
      request: written(draft, headers),
    });
    return claims.flatMap((claim) => [
      tryOf(claim, 401, everything(world)),
      ...(mayNot ? [tryOf({ ...claim, ...bearer(personOf(mayNot, 'north').token) }, 403, everything(world))] : []),
      ...(reader && hasForeign
        ? [tryOf({ ...claim, ...bearer(personOf(reader, 'south').token) }, 404, belongings(world, 'north'))]
        : []),
    ]);
  });

/** More headers than a request may have; refused before anybody looks who it is. */
export const longHeaderTries = ({ operations, requests, world }: Field): Try[] =>
  operations.map((operation) => ({
    ...{ kind: 'headers too long', operation: operation.id, expected: [413, 431], forbidden: everything(world) },
    request: { ...written(requests.draft(operation, 'north'), { 'x-long': 'x'.repeat(40_000) }), body: null },
  }));

/** Open pages stay what they are, whatever address a header names, and hold nothing of anybody. */
export const openPageTries = ({ world }: Field): Try[] =>
  openExamples.flatMap((target) =>
    [
      {},
      { 'x-original-url': `/api/v1/cases/${world.north.ids['caseId']}`, ...bearer('ckt_wrong-0000000000000000') },
    ].map((headers) => ({
      ...{ kind: 'open pages', operation: target, expected: target.endsWith('nowhere') ? [404] : [200] },
      request: { method: 'GET', target, headers, body: null },
      forbidden: everything(world),
    })),
  );
