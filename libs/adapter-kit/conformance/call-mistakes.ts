import { found } from '#adapter-kit';
import { NoAnswer, type Adapter, type CoRight, type FoundAsset, type Inquiry, type Said } from '#contracts';
import { z } from 'zod';
import { asking, emptyAnswer, manifest, type Mistake, type Spoil } from './mistake.ts';
import type { Trial } from './trial.ts';

const failing = (change: (failure: NoAnswer, inquiry: Inquiry) => NoAnswer): Spoil =>
  asking(
    (ask) =>
      (inquiry, ...rest) =>
        ask(inquiry, ...rest).catch((error: NoAnswer) => {
          throw change(error, inquiry);
        }),
  );

const emptyWhen = (...reasons: readonly string[]): Spoil =>
  asking(
    (ask) =>
      (...given) =>
        ask(...given).catch((error: NoAnswer) => {
          if (reasons.includes(error.reason)) return emptyAnswer;
          throw error;
        }),
  );

const saying = (change: (said: Said) => Said): Spoil =>
  asking(
    (ask) =>
      async (...given) =>
        change(await ask(...given)),
  );

/** As if the adapter had delivered this of every asset: its fixtures say what it delivers (FX-…). */
const recordedAs =
  (change: Partial<FoundAsset>): Spoil =>
  ({ allFixtures }) => ({
    allFixtures: allFixtures.map((fixture) =>
      fixture.said?.verdict === 'found'
        ? {
            ...fixture,
            said: {
              ...fixture.said,
              assets: fixture.said.assets.map((each) => ({ ...each, ...change }) as FoundAsset),
            },
          }
        : fixture,
    ),
  });

const stranger: CoRight = {
  ...{ holderName: '李四', holderKind: 'person', isDebtor: false, share: null, mode: null, rightKind: 'co-ownership' },
  ...{ holderIdMasked: null, holdsCertificate: null, amount: null, sequence: null },
};

const asSent = (text: string): Uint8Array => Buffer.from(text, 'utf8');

/** Mistakes of adapters that call. */
export const callMistakes: Readonly<Record<string, Mistake>> = {
  'is filed under another name': { spoil: manifest({ id: 'another-hub' }), caughtBy: ['CT-01'] },
  'hides a function in its manifest': { spoil: manifest({ modes: () => ['call'] }), caughtBy: ['CT-02'] },
  'accepts any settings': {
    spoil: ({ adapter }) => ({ adapter: { ...adapter, settings: z.looseObject({}) } as Adapter }),
    caughtBy: ['CT-03'],
  },
  'repeats the values of wrong settings': {
    spoil: ({ adapter }) => ({
      adapter: {
        ...adapter,
        settings: z.looseObject({}).superRefine((value, context) => context.addIssue(JSON.stringify(value))),
      } as Adapter,
    }),
    caughtBy: ['CT-03'],
  },
  'cannot ask': { spoil: ({ session: { ask: _ask, ...rest } }) => ({ session: rest }), caughtBy: ['CT-04'] },
  'was never shown an empty answer': {
    spoil: ({ fixtures }) => ({ fixtures: fixtures.filter(({ name }) => name !== 'nothing') }),
    caughtBy: ['CT-05'],
  },
  'was never shown an odd answer': {
    spoil: ({ fixtures }) => ({ fixtures: fixtures.filter(({ said }) => said && said.verdict !== 'no-answer') }),
    caughtBy: ['CT-05'],
  },
  'delivers a field that its manifest does not name': {
    spoil: manifest({ delivers: ['deposit-account.balance'] }),
    caughtBy: ['CT-06'],
  },
  'promises a field that it never delivers': {
    spoil: ({ adapter }) =>
      manifest({ delivers: [...adapter.manifest.delivers, 'deposit-account.iban'] })({ adapter } as Trial),
    caughtBy: ['CT-06'],
  },
  'answers for a section that its manifest does not name': {
    spoil: manifest({ sections: ['vehicles'] }),
    caughtBy: ['CT-07'],
  },
  'hands over the telephone of a holder': {
    spoil: recordedAs({ remark: '租客王某，电话：13800000000' }),
    caughtBy: ['CT-08'],
  },
  'hands over the number of a co-owner': {
    spoil: recordedAs({ coRights: [{ ...stranger, holderIdMasked: '320100198510120237' }] }),
    caughtBy: ['CT-08'],
  },
  'takes an agency that is down for one that found nothing': {
    spoil: emptyWhen('unavailable'),
    caughtBy: ['CT-10', 'CT-15'],
  },
  'takes whatever it cannot read for an empty answer': {
    spoil: emptyWhen('unintelligible', 'unauthorized'),
    caughtBy: ['CT-12', 'CT-13', 'CT-14', 'CT-16', 'CT-17', 'CT-18', 'CT-40'],
  },
  'knows only one kind of failure': {
    spoil: failing(() => new NoAnswer('unavailable', 'something went wrong')),
    caughtBy: ['CT-11', 'CT-12', 'CT-13', 'CT-14', 'CT-20'],
  },
  'throws what is no failure of an agency': {
    spoil: asking(
      (ask) =>
        (...given) =>
          ask(...given).catch(() => Promise.reject(new TypeError('rows is undefined'))),
    ),
    caughtBy: ['CT-10', 'CT-18', 'CT-19'],
  },
  'forgets how long to wait': {
    spoil: failing(({ reason, message }) => new NoAnswer(reason, message)),
    caughtBy: ['CT-19', 'FX-overloaded'],
  },
  'ignores the signal': {
    spoil: asking(
      (ask) => (inquiry, given) =>
        Promise.race([
          ask(inquiry, given, new AbortController().signal),
          new Promise<never>((_, reject) => void setTimeout(reject, 300, new NoAnswer('cancelled', 'at last'))),
        ]),
    ),
    caughtBy: ['CT-20', 'CT-21'],
  },
  'remembers the last debtor': {
    spoil: asking((ask) => {
      let last: Inquiry | undefined;
      return async (inquiry, given, signal) => {
        last = inquiry;
        await new Promise(setImmediate);
        return ask(last, given, signal);
      };
    }),
    caughtBy: ['CT-30'],
  },
  'keeps a cache': {
    spoil: asking((ask) => {
      let kept: Promise<Said> | undefined;
      return (...given) => (kept ??= ask(...given));
    }),
    caughtBy: ['CT-31'],
  },
  'writes the debtor into the address': {
    spoil: asking(
      (ask) => (inquiry, given, signal) =>
        ask(
          inquiry,
          {
            ...given,
            http: {
              send: (path, options) =>
                given.http.send(`${path}?name=${encodeURIComponent(inquiry.debtor.name)}`, options),
            },
          },
          signal,
        ),
    ),
    caughtBy: ['CT-32', 'FX-found'],
  },
  'writes the debtor into a header': {
    spoil: asking(
      (ask) => (inquiry, given, signal) =>
        ask(
          inquiry,
          {
            ...given,
            http: {
              send: (path, options) =>
                given.http.send(path, { ...options, headers: { about: inquiry.debtor.ids[0].number } }),
            },
          },
          signal,
        ),
    ),
    caughtBy: ['CT-32'],
  },
  'quotes the debtor when it fails': {
    spoil: failing(({ reason }, { debtor }) => new NoAnswer(reason, `no answer about ${debtor.name}`)),
    caughtBy: ['CT-33'],
  },
  'logs the debtor': {
    spoil: asking((ask, { ports }) => (inquiry, ...rest) => {
      ports.log.warn('asking', { about: inquiry.debtor.ids[0].number });
      return ask(inquiry, ...rest);
    }),
    caughtBy: ['CT-33'],
  },
  'sends a name with a question mark in it': {
    spoil: asking(
      (ask) =>
        (inquiry, ...rest) =>
          ask({ ...inquiry, debtor: { ...inquiry.debtor, name: inquiry.debtor.name.replace('𠮷', '?') } }, ...rest),
    ),
    caughtBy: ['CT-34'],
  },
  'calls a rare name somebody else’s failure': {
    spoil: failing((error) => (error.reasonCode === 'lossy-encoding' ? new NoAnswer('refused', 'no') : error)),
    caughtBy: ['CT-34'],
  },
  'takes a missing list for an empty one': {
    spoil: asking(
      (ask) => (inquiry, given, signal) =>
        ask(
          inquiry,
          {
            ...given,
            http: {
              async send(path, options) {
                const reply = await given.http.send(path, options);
                const text = Buffer.from(reply.body).toString('utf8');
                return text.includes('"accounts"')
                  ? reply
                  : {
                      ...reply,
                      body: asSent(
                        text.replace(/"accountsX":.*\]/, '"accounts":[]').replace('"total":"2"', '"total":"0"'),
                      ),
                    };
              },
            },
          },
          signal,
        ),
    ),
    caughtBy: ['CT-40'],
  },
  'does not look whom an answer is about': {
    spoil: asking((ask) => (inquiry, given, signal) => {
      const { debtor } = inquiry;
      const anybody = {
        ...debtor,
        name: '张三',
        ids: [{ ...debtor.ids[0], number: '110100199003074112', normalised: '110100199003074112' }] as const,
      };
      return ask({ ...inquiry, debtor: { ...debtor, ...anybody, ids: [...anybody.ids] } }, given, signal);
    }),
    caughtBy: ['CT-41', 'CT-30'],
  },
  'rewrites an amount': {
    spoil: saying((said) => JSON.parse(JSON.stringify(said).replace('1250.40', '1250.4')) as Said),
    caughtBy: ['FX-found'],
  },
  'calls a part the whole': {
    spoil: saying((said) =>
      said.verdict === 'found'
        ? found({ assets: said.assets, sections: said.sections, asOf: said.asOf, asOfKind: said.asOfKind })
        : said,
    ),
    caughtBy: ['FX-one-bad-row'],
  },
  'calls a cut-off list an empty one': {
    spoil: saying((said) => (said.verdict === 'no-answer' && said.reason === 'incomplete' ? emptyAnswer : said)),
    caughtBy: ['FX-cut-off-empty'],
  },
  'says more than may be kept': {
    spoil: saying((said) => ({ ...said, ...{ surprise: undefined } }) as Said),
    caughtBy: ['FX-nothing'],
  },
};
