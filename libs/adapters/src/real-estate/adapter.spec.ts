import assert from 'node:assert/strict';
import { agencyOf, checks, describeAdapter, inquiryAbout, readFixtures, withTrial, type Trial } from '#conformance';
import { NoAnswer, type Adapter, type HttpPort, type Said } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { realEstate } from './adapter.ts';

const withoutNulls = (settings: unknown): unknown =>
  Object.fromEntries(Object.entries(settings as object).filter(([, value]) => value !== null));

/** Fixtures lay their settings over those below; null takes away a key that the other wire does not know. */
const tried: Adapter = { ...realEstate, settings: z.preprocess(withoutNulls, realEstate.settings) };

const options = {
  folder: new URL('.', import.meta.url),
  settings: {
    wire: 'province-json',
    credentials: { username: 'court', passwordRef: { secret: 'province-password' } },
    realTime: { askingBody: '某市某区人民法院', openIdRef: { secret: 'province-open-id' } },
  },
  agencies: [agencyOf({ agencyId: 'real-estate.sample', code: '990100', category: 'real-estate', region: '990100' })],
  secrets: {
    'province-password': 'synthetic-password',
    'province-open-id': 'synthetic-open-id',
    'city-password': 'synthetic-password',
  },
};

describeAdapter(tried, options);

const city = readFixtures(options.folder).find(({ name }) => name === 'city-found')!;
const conductOnTheWay = checks.filter(({ id }) => /^CT-(1\d|2\d|33|34)$/.test(id));

describe('the wire of a city', () => {
  it.each(conductOnTheWay.map(({ id, says, run }) => [id, says, run] as const))('%s %s', (_, __, run) =>
    withTrial(tried, { ...options, fixture: city }, run),
  );
});

interface Asked {
  readonly path: string;
  readonly message: { readonly head: Record<string, unknown>; readonly data: Record<string, unknown> };
}

const asked = ({ endpoint }: Trial): Asked[] =>
  endpoint.requests.map(({ path, body }) => {
    const text = Buffer.from(body).toString('utf8');
    return { path, message: JSON.parse(text.startsWith('{') ? text : new URLSearchParams(text).get('gxData')!) };
  });

const empty = Object.fromEntries(
  ['tdsyq', 'jsydsyq', 'fdcq', 'hysyq', 'gjzwsyq', 'lq', 'dyaq', 'ygdj', 'cfdj'].map((name) => [name, []]),
);
const good = (data: unknown) => ({ status: 200, body: JSON.stringify({ head: { code: '0000', msg: '' }, data }) });
const expired = { status: 200, body: JSON.stringify({ head: { code: '2010', msg: 'token已过期' }, data: {} }) };
const nothingFound = good({ cxsqjg: [empty] });
const person = inquiryAbout('person');
const verdict = ({ verdict: said }: Said): string => said;

/** Something a test waits for. */
function occasion() {
  let happens = (): void => undefined;
  const happened = new Promise<void>((resolve) => {
    happens = resolve;
  });
  return { happened, happens: () => happens() };
}

/** A platform that counts its tokens and accepts only the newest. */
function platform(trial: Trial) {
  const state = { issued: 0 };
  trial.endpoint.behaveAs(({ path, body }) => {
    if (path === '/token') return good({ token: `token-${(state.issued += 1)}` });
    return new URLSearchParams(Buffer.from(body).toString()).get('gxData')!.includes(`"token-${state.issued}"`)
      ? nothingFound
      : expired;
  });
  return state;
}

const province = (run: (trial: Trial) => Promise<void>) => withTrial(tried, options, run);

describe('the token of a province', () => {
  it('is fetched once for many askings at a time', () =>
    province(async (trial) => {
      const state = platform(trial);
      const said = await Promise.all(Array.from({ length: 20 }, () => trial.ask(person)));
      assert.deepEqual(new Set(said.map(verdict)), new Set(['nothing']));
      assert.equal(state.issued, 1);
      assert.equal(trial.endpoint.requests.length, 21);
    }));

  it('is that of one platform: another agency logs in for itself', () =>
    province(async (trial) => {
      platform(trial);
      const http: HttpPort = {
        async send(path, { method = 'GET', body, headers = {} }) {
          const sent = { method, headers, ...(body === undefined ? {} : { body: String(body) }) };
          const reply = await fetch(trial.endpoint.url + path, sent);
          return { status: reply.status, headers: {}, body: new Uint8Array(await reply.arrayBuffer()) };
        },
      };
      const never = new AbortController().signal;
      for (const agencyId of ['real-estate.sample', 'real-estate.other']) {
        await trial.session.ask!(person, { agency: { ...trial.agency, agencyId }, requestNumber: '1', http }, never);
      }
      expect(asked(trial).map(({ path }) => path)).toEqual(['/token', '/sscx', '/token', '/sscx']);
    }));

  it('is kept between askings', () =>
    province(async (trial) => {
      platform(trial);
      await trial.ask(person);
      await trial.ask(inquiryAbout('company'));
      expect(asked(trial).map(({ path }) => path)).toEqual(['/token', '/sscx', '/sscx']);
    }));

  it('is renewed once for all askings that it was refused to', () =>
    province(async (trial) => {
      const state = platform(trial);
      await trial.ask(person);
      state.issued += 1; // the platform has forgotten what it issued
      const said = await Promise.all([trial.ask(person), trial.ask(person), trial.ask(person)]);
      assert.deepEqual(said.map(verdict), ['nothing', 'nothing', 'nothing']);
      assert.equal(asked(trial).filter(({ path }) => path === '/token').length, 2);
    }));

  it('is not fetched again when the platform refuses two in a row', () =>
    province(async (trial) => {
      trial.endpoint.behaveAs(({ path }) => (path === '/token' ? good({ token: 'token' }) : expired));
      const said = await trial.ask(person);
      expect(said).toMatchObject({ verdict: 'no-answer', reason: 'unauthorized', reasonCode: '2010' });
      expect(asked(trial).map(({ path }) => path)).toEqual(['/token', '/sscx', '/token', '/sscx']);
    }));

  it('is renewed when its lifetime is over', () =>
    withTrial(tried, { ...options, settings: { ...options.settings, tokenLifetimeSeconds: 60 } }, async (trial) => {
      let nowMs = 0;
      const settings = tried.settings.parse({ ...options.settings, tokenLifetimeSeconds: 60 });
      const session = tried.open({ ...trial.ports, settings, now: () => new Date(nowMs) });
      const later = { ...trial, session };
      platform(later);
      await later.ask(person);
      nowMs = 59_999;
      await later.ask(person);
      nowMs = 60_000;
      await later.ask(person);
      expect(asked(trial).map(({ path }) => path)).toEqual(['/token', '/sscx', '/sscx', '/token', '/sscx']);
    }));

  it('is fetched by the next asking when the one that fetched it is stopped', () =>
    province(async (trial) => {
      const stop = new AbortController();
      const login = occasion();
      let logins = 0;
      trial.endpoint.behaveAs(({ path }) => {
        if (path !== '/token') return nothingFound;
        logins += 1;
        login.happens();
        return logins === 1 ? 'silence' : good({ token: 'token' });
      });
      const first = trial.ask(person, stop.signal);
      const second = trial.ask(person);
      await login.happened;
      stop.abort();
      assert.equal((await first).verdict, 'no-answer');
      assert.equal((await second).verdict, 'nothing');
      assert.equal(logins, 2);
    }));

  it('is not waited for by an asking that is stopped', () =>
    province(async (trial) => {
      const stop = new AbortController();
      const login = occasion();
      trial.endpoint.behaveAs(() => {
        login.happens();
        return 'silence';
      });
      const others = new AbortController();
      const first = trial.ask(person, others.signal);
      const second = trial.ask(person, stop.signal);
      await login.happened;
      stop.abort();
      expect(await second).toMatchObject({ verdict: 'no-answer', reason: 'cancelled' });
      others.abort();
      await first;
    }));
});

describe('a query to a province', () => {
  it('carries the request number, the debtor in the registry\'s codes, and "" for what is not known', () =>
    province(async (trial) => {
      platform(trial);
      await trial.ask(inquiryAbout('company'));
      const [login, query] = asked(trial);
      expect(login?.message).toEqual({
        head: { xzqdm: '990100' },
        data: { username: 'court', password: 'synthetic-password' },
      });
      expect(query?.message).toEqual({
        head: { xzqdm: '990100', token: 'token-1', cxjgbs: '某市某区人民法院', openid: 'synthetic-open-id' },
        data: {
          ...{ cxsqdh: '20261101000000000001', xz: '1', xm: '示例（北京）商贸有限公司', zjzl: '8' },
          ...{ zjhm: '91110000MA00XY018L', bdcqzh: '', bdcdyh: '', zl: '', cxqy: '990100', cxfw: '1' },
          wsbh: '（2026）京9901执1号之一',
        },
      });
    }));

  it('is not sent about a debtor whose type of identifier has no code', () =>
    withTrial(tried, { ...options, settings: { ...options.settings, idTypeCodes: { uscc: '8' } } }, async (trial) => {
      platform(trial);
      const failure = await trial.failureOf(person);
      assert.ok(failure instanceof NoAnswer);
      expect([failure.reason, failure.reasonCode]).toEqual(['identity-mismatch', 'id-type-not-carried']);
      expect(asked(trial).filter(({ path }) => path === '/sscx')).toEqual([]);
    }));
});

describe('the pages of a city', () => {
  const withPages = (name: string, use: (trial: Trial) => Promise<void>) =>
    withTrial(tried, { ...options, fixture: readFixtures(options.folder).find((each) => each.name === name)! }, use);

  it('are asked one after the other, in order, and never beyond the total', () =>
    withPages('city-three-pages', async (trial) => {
      const { exchanges = [] } = trial.fixtures.find(({ name }) => name === 'city-three-pages')!;
      let inFlight = 0;
      trial.endpoint.behaveAs(({ body }) => {
        assert.equal((inFlight += 1), 1, 'two pages at once');
        const page = Number(JSON.parse(Buffer.from(body).toString()).head.page);
        inFlight -= 1;
        return { status: 200, body: JSON.stringify(exchanges[page - 1]?.reply.body) };
      });
      assert.equal((await trial.ask(person)).verdict, 'found');
      expect(asked(trial).map(({ message }) => [message.head['page'], message.head['size']])).toEqual([
        [1, 2],
        [2, 2],
        [3, 2],
      ]);
    }));

  it('stop at the limit of the channel, and the answer is not whole', () =>
    withTrial(
      tried,
      { ...options, settings: { ...withoutNullsOf('city-three-pages'), maxPages: 2 } },
      async (trial) => {
        const { exchanges = [] } = trial.fixtures.find(({ name }) => name === 'city-three-pages')!;
        let next = 0;
        trial.endpoint.behaveAs(() => ({ status: 200, body: JSON.stringify(exchanges[next++]?.reply.body) }));
        expect(await trial.ask(person)).toMatchObject({ verdict: 'found', complete: false });
        assert.equal(trial.endpoint.requests.length, 2);
      },
    ));

  it('do not turn a stopped asking into a partial answer', () =>
    withPages('city-three-pages', async (trial) => {
      const { exchanges = [] } = trial.fixtures.find(({ name }) => name === 'city-three-pages')!;
      const stop = new AbortController();
      trial.endpoint.behaveAs(() => {
        if (trial.endpoint.requests.length === 1)
          return { status: 200, body: JSON.stringify(exchanges[0]?.reply.body) };
        stop.abort();
        return 'silence';
      });
      expect((await trial.failureOf(person, stop.signal)).reason).toBe('cancelled');
    }));
});

function withoutNullsOf(name: string): Record<string, unknown> {
  const fixture = readFixtures(options.folder).find((each) => each.name === name);
  return withoutNulls({ ...options.settings, ...fixture?.settings }) as Record<string, unknown>;
}
