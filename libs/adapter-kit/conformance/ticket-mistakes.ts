import type { Adapter, AdapterSession, Inquiry, Said, Ticketed } from '#contracts';
import { emptyAnswer, ticketing, type Mistake, type Spoil } from './mistake.ts';

type Collect = NonNullable<AdapterSession['collect']>;

/** The same change to what either step gives. */
const giving = (change: (taken: Ticketed) => Ticketed): Spoil =>
  ticketing(({ submit, collect }) => ({
    submit: async (...given) => change(await submit(...given)),
    collect: async (...given) => change(await collect(...given)),
  }));

const collecting = (change: (collect: Collect) => Collect): Spoil =>
  ticketing(({ submit, collect }) => ({ submit, collect: change(collect) }));

const isPending = (said: Said): boolean => said.verdict === 'no-answer' && said.reason === 'pending';

/** Mistakes of adapters that collect. */
export const ticketMistakes: Readonly<Record<string, Mistake>> = {
  'cannot collect': {
    spoil: ({ session: { collect: _collect, ...rest } }) => ({ session: rest }),
    caughtBy: ['CT-04'],
  },
  'was never shown an agency that is not ready': {
    spoil: ({ fixtures }) => ({ fixtures: fixtures.filter(({ name }) => name !== 'waiting') }),
    caughtBy: ['CK-01'],
  },
  'takes the empty list of an agency that is not ready for its answer': {
    spoil: giving(({ said, ticket }) => ({ said: isPending(said) ? emptyAnswer : said, ticket })),
    caughtBy: ['CK-01', 'FX-waiting'],
  },
  'takes an agency that is not ready at the second time for one that has nothing': {
    spoil: collecting((collect) => async (...given) => {
      const { said, ticket } = await collect(...given);
      return { said: isPending(said) ? emptyAnswer : said, ticket };
    }),
    caughtBy: ['CK-01'],
  },
  'gives up an agency that is not ready': {
    spoil: giving(({ said }) => ({ said, ticket: null })),
    caughtBy: ['CK-01', 'FX-waiting', 'FX-found'],
  },
  'does not say that the agency has the asking': {
    spoil: giving(({ said, ticket }) => ({
      said: said.verdict === 'no-answer' ? { ...said, stage: null } : said,
      ticket,
    })),
    caughtBy: ['CK-01'],
  },
  'collects for ever': {
    spoil: giving(({ said, ticket }) => ({ said, ticket: ticket ?? '{"file":"F1"}' })),
    caughtBy: ['CK-02', 'FX-found', 'FX-nothing'],
  },
  'collects under another number': {
    spoil: collecting(
      (collect) => (inquiry, asking, signal) =>
        collect(inquiry, { ...asking, requestNumber: `${asking.requestNumber.slice(0, -1)}9` }, signal),
    ),
    caughtBy: ['CK-03'],
  },
  'writes the debtor into its ticket': {
    spoil: ticketing(({ submit, collect }) => ({
      async submit(inquiry, ...given) {
        const { said, ticket } = await submit(inquiry, ...given);
        return { said, ticket: ticket && JSON.stringify({ file: inquiry.debtor.ids[0].number }) };
      },
      collect,
    })),
    caughtBy: ['CK-04'],
  },
  'writes a ticket without end': {
    spoil: ticketing(({ submit, collect }) => ({
      async submit(...given) {
        const { said, ticket } = await submit(...given);
        return { said, ticket: ticket && ticket.padEnd(4_001, ' ') };
      },
      collect,
    })),
    caughtBy: ['CK-04'],
  },
  'stays pending when collecting fails': {
    spoil: ticketing(({ submit, collect }) => ({
      submit,
      collect: (inquiry, asking, signal) =>
        collect(inquiry, asking, signal).catch((): Ticketed => ({ said: emptyAnswer, ticket: asking.ticket })),
    })),
    caughtBy: ['CK-05', 'CK-06', 'CK-07', 'CK-08'],
  },
  'goes on collecting when it is cancelled': {
    spoil: collecting(
      (collect) => (inquiry, asking) =>
        Promise.race([
          collect(inquiry, asking, new AbortController().signal),
          new Promise<never>((_, reject) => void setTimeout(reject, 600, new Error('at last')).unref()),
        ]),
    ),
    caughtBy: ['CK-06'],
  },
  'takes any ticket': {
    spoil: collecting(
      (collect) => (inquiry, asking, signal) => collect(inquiry, { ...asking, ticket: '{"file":"F1"}' }, signal),
    ),
    caughtBy: ['CK-07'],
  },
  'collects for the last debtor': {
    spoil: ticketing(({ submit, collect }) => {
      let last: Inquiry | undefined;
      return {
        submit(inquiry, ...given) {
          last = inquiry;
          return submit(inquiry, ...given);
        },
        collect: (inquiry, ...given) => collect(last ?? inquiry, ...given),
      };
    }),
    caughtBy: ['CK-09'],
  },
  'is filed as an adapter that is asked once': {
    spoil: ({ adapter }) => ({
      adapter: { ...adapter, manifest: { ...adapter.manifest, modes: ['call'] } } as Adapter,
    }),
    caughtBy: ['CT-04'],
  },
};
