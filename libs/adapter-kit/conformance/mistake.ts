import { nothing, section } from '#adapter-kit';
import type { AdapterSession, Manifest, Said } from '#contracts';
import type { Trial } from './trial.ts';

/** Makes a right adapter wrong in one way. A kit that passes everything proves nothing. */
export type Spoil = (right: Trial) => Partial<Trial>;

export interface Mistake {
  readonly spoil: Spoil;
  readonly caughtBy: readonly string[]; // ids of checks
}

type Ask = NonNullable<AdapterSession['ask']>;
type Receive = NonNullable<AdapterSession['receive']>;

export const asking =
  (change: (ask: Ask, trial: Trial) => Ask): Spoil =>
  (trial) => ({
    session: {
      ...trial.session,
      ask: change((...given) => trial.session.ask?.(...given) ?? Promise.reject(new Error('no ask')), trial),
    },
  });

type Submit = NonNullable<AdapterSession['submit']>;
type Collect = NonNullable<AdapterSession['collect']>;
const none = () => Promise.reject(new Error('no submit or no collect'));

export const ticketing =
  (
    change: (right: { submit: Submit; collect: Collect }, trial: Trial) => { submit: Submit; collect: Collect },
  ): Spoil =>
  (trial) => {
    const { submit = none, collect = none } = trial.session;
    return { session: { ...trial.session, ...change({ submit, collect }, trial) } };
  };

export const receiving =
  (change: (receive: Receive, trial: Trial) => Receive): Spoil =>
  (trial) => ({
    session: {
      ...trial.session,
      receive: change(
        (...given) => trial.session.receive?.(...given) ?? Promise.reject(new Error('no receive')),
        trial,
      ),
    },
  });

export const manifest =
  (wrong: Partial<Record<keyof Manifest, unknown>>): Spoil =>
  ({ adapter }) => ({
    adapter: { ...adapter, manifest: { ...adapter.manifest, ...wrong } as Manifest },
  });

export const emptyAnswer: Said = nothing({ signal: 'total 0', sections: [section('accounts', 'nothing')] });
