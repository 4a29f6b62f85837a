import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { faults, syntheticDebtor, type Truth, truthOf } from '../../apps/simulator/src/index.ts';
import { redisIsInstalled, redisMissing, type RedisServer, startRedis } from '../integration/redis-server.ts';
import { operationsOfDocument, sendCanaries } from './canary-requests.ts';
import { canariesIn, databaseTexts, redisText } from './canary-search.ts';
import { debtorBody, openCourt, type Reply } from './court.ts';
import { type Product, startProduct, tokens } from './product.ts';
import { repository } from './running-process.ts';
import { keyOfTruth } from './true-report.ts';

jest.setTimeout(120_000);

const seed = 1;
const canary = syntheticDebtor(seed, 77_777);

/** Name and number of the debtor, and everything that is his or stands beside it in the world. */
function canariesOf({ agencies }: Truth): string[] {
  const assets = agencies.flatMap((agency) => agency.assets);
  const more = assets.flatMap((asset) => {
    if (asset.kind === 'deposit-account') return asset.coRights.map(({ holderName }) => holderName);
    if (asset.kind === 'vehicle') return [asset.vin];
    return [asset.location, asset.certificateNo, ...asset.coOwners.map(({ name }) => name)];
  });
  return [...new Set([canary.name, canary.idNumber, canary.idNumber.slice(6, 17), ...assets.map(keyOfTruth), ...more])];
}

const operations = operationsOfDocument();
/** Those that take anything at all; the others are asked too. */
const withInput = operations.filter(
  ({ parameters, bodyNames, takesFile }) => parameters.length > 0 || bodyNames !== null || takesFile,
);
const rounds = 5;

/** Every agency fails in some way, and in the next round in another: no channel meets the same fault twice. */
function faultsOfRound({ agencies }: Product, round: number) {
  const used = faults.filter((fault) => fault !== 'huge-body');
  return [...Map.groupBy(agencies, ({ channelId }) => channelId).values()].flatMap((group) =>
    group.map(({ agencyId }, place) => {
      const fault = used[(place + round * group.length) % used.length]!;
      return { agencyId, category: null, fault, times: null, afterMs: 200 };
    }),
  );
}

const engines = [
  { engine: 'postgres' as const, available: true },
  { engine: 'redis' as const, available: redisIsInstalled() },
];

for (const { engine, available } of engines) {
  if (!available) process.stderr.write(`${redisMissing}\n`);
  (available ? describe : describe.skip)(`a person asked about, with the queue on ${engine}`, () => {
    let product: Product;
    let redis: RedisServer | null = null;
    let canaries: string[];
    const problems: Reply[] = [];
    let searched = 0;

    beforeAll(async () => {
      redis = engine === 'redis' ? await startRedis() : null;
      product = await startProduct({
        latency: 0.05,
        environment: { CHAKONG_LOG_LEVEL: 'debug' },
        channelText: (text) => text.replace('deadlineMs: 5000', 'deadlineMs: 800'),
        ...(redis ? { queueUrl: redis.url } : {}),
      });
      canaries = canariesOf(truthOf({ seed, debtor: canary, agencies: product.agencies }));
    });
    afterAll(async () => {
      await product?.stop();
      await redis?.stop();
    });

    it('is asked about when all is well, when agencies fail in every way, and in every wrong form', async () => {
      const { court } = product;
      const report = await court.closed(await court.ask(canary), { complete: true });
      const text = JSON.stringify(report);
      expect(canaries.filter((each) => text.includes(each)).length).toBeGreaterThan(3); // the net catches what it should
      let failing = '';
      for (let round = 0; round < rounds; round += 1) {
        await product.setFaults(faultsOfRound(product, round + (engine === 'redis' ? rounds : 0)));
        failing = await court.ask(canary, { dueInMs: 1_500, reason: '线路恢复后复查' });
        if (round === 0) problems.push(...(await wrongRequests(product)));
        await court.closed(failing);
      }
      await product.setFaults([]);
      problems.push(await court.requery(failing));
      const ids = {
        inquiryId: failing,
        reportId: report.reportId,
        caseId: await court.openCase(),
        agencyId: 'bank.bailu',
      };
      for (const operation of operations) {
        for (const asker of [court, openCourt(product.gatewayUrl, tokens.sun)]) {
          const replies = await sendCanaries(asker, operation, { person: canary, ids });
          problems.push(...replies.filter(({ status }) => status >= 400).map(withoutWhatClientsMadeUp));
          expect(replies.filter(({ status }) => status >= 500).map(({ text }) => [operation.path, text])).toEqual([]);
        }
      }
      expect(operations.length).toBeGreaterThan(40);
      expect(withInput.filter(({ bodyNames }) => bodyNames !== null && bodyNames.length > 0).length).toBeGreaterThan(
        10,
      );
      expect(problems.filter(({ status }) => status >= 400).length).toBeGreaterThan(8);
    });

    it('stands in no trace, for none is made: whoever adds them adds a search here', () => {
      const { dependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
      expect(Object.keys(dependencies).filter((name) => /telemetry|zipkin|jaeger|dd-trace|sentry/.test(name))).toEqual(
        [],
      );
    });

    it('stands in no log line of any process', () => {
      const written = product.written();
      expect(written.split('\n').length).toBeGreaterThan(100);
      searched += 1;
      expect(canariesIn('log', written, canaries)).toEqual([]);
    });

    it('stands in no table of the queue and of the store that is not sealed', async () => {
      const tables = new Map([
        ...(await databaseTexts(product.databaseUrl, 'public')),
        ...(await databaseTexts(product.databaseUrl, 'bullmq')),
      ]);
      expect([...tables].find(([name]) => name.endsWith('answers'))?.[1]).toMatch(/bank\.bailu/);
      expect(tables.get('public.data_keys')).toMatch(/dk-[0-9a-f]{16}/);
      for (const name of ['public.audit_events', 'public.audit_head']) expect([...tables.keys()]).toContain(name);
      searched += tables.size;
      expect([...tables].flatMap(([name, text]) => canariesIn(name, text, canaries))).toEqual([]);
    });

    if (engine === 'redis') {
      it('stands nowhere in Redis', async () => {
        const text = await redisText(redis!.url);
        expect(text).toMatch(/inq_/);
        searched += 1;
        expect(canariesIn('redis', text, canaries)).toEqual([]);
      });
    }

    it('stands in no metric', async () => {
      const own = await (await fetch(`${product.metricsUrl}/metrics`)).text();
      const gateway = await openCourt(product.gatewayUrl, tokens.sun).request('GET', '/metrics');
      expect(own).toMatch(/chakong_answers_total\{/);
      expect(gateway.text).toMatch(/chakong_http_request_duration_seconds/);
      searched += 2;
      expect(canariesIn('metrics', own + gateway.text, canaries)).toEqual([]);
    });

    it('stands in no problem body and in no header of an answer', () => {
      const told = problems.map(({ text, headers }) => text + JSON.stringify([...headers]));
      expect(told.flatMap((text, index) => canariesIn(`problem ${index}`, text, canaries))).toEqual([]);
      searched += told.length;
      process.stdout.write(
        `canary (${engine}): ${canaries.length} canaries, ${withInput.length} operations, ${rounds} rounds of faults, ${searched} places searched, 0 hits\n`,
      );
    });
  });
}

/** The canary in every place where a careless answer could repeat it. */
async function wrongRequests({ court }: Product): Promise<Reply[]> {
  const { name, idNumber } = canary;
  const withKey = () => ({ 'idempotency-key': randomUUID() });
  const post = (path: string, body: unknown, headers: Record<string, string> = withKey()) =>
    court.request('POST', path, { body, headers });
  const json = { ...withKey(), 'content-type': 'application/json' };
  const caseId = await court.openCase();
  const body = await court.inquiryBody(canary);
  const replies = [
    await court.request('POST', 'cases', { raw: `{"caseNumber": "${name} ${idNumber}`, headers: json }),
    await post('cases', { [name]: idNumber, caseNumber: [idNumber] }),
    await post(`cases/${caseId}/debtors`, { ...debtorBody(canary), kind: name, role: idNumber, [idNumber]: name }),
    await post(`cases/${caseId}/debtors`, {
      ...debtorBody(canary),
      ids: [{ type: name, number: `${idNumber}${idNumber}` }],
    }),
    await post(`cases/${idNumber}/debtors`, debtorBody(canary)),
    await post('inquiries', { ...body, debtorId: idNumber, purpose: name }),
    await post('inquiries', { ...body, scope: { categories: [name], agencies: [idNumber], except: [name] } }),
    await post('inquiries', { ...body, legal: { documentName: name } }),
    await post('inquiries', { ...body, dueAt: idNumber }),
    await post('inquiries', body, { 'idempotency-key': idNumber }),
    await court.request('GET', `agencies?q=${encodeURIComponent(name)}&${idNumber}=${idNumber}`),
    await court.request('GET', `inquiries/${idNumber}`),
    await court.request('GET', `inquiries?cursor=${encodeURIComponent(name)}`),
    await court.request('GET', `${encodeURIComponent(name)}/${idNumber}`),
    await court.request('GET', 'me', {
      headers: { 'x-request-id': `${idNumber}`, authorization: `Bearer ckt_${idNumber}` },
    }),
  ];
  // the address a client made up comes back as `instance`, and a key or a request id of its own is its own affair
  return replies.map(withoutWhatClientsMadeUp);
}

const withoutWhatClientsMadeUp = (reply: Reply): Reply => ({
  ...reply,
  text: withoutInstance(reply.text),
  headers: withoutRequestId(reply.headers),
});

const withoutInstance = (text: string): string =>
  text.replace(/"instance":"[^"]*"/, '').replace(/"requestId":"[^"]*"/, '');

function withoutRequestId(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete('x-request-id');
  return kept;
}
