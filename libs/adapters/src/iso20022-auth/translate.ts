import { found, noAnswer, nothing, section } from '#adapter-kit';
import { NoAnswer, type Agency, type Reason, type Said, type SaidFound } from '#contracts';
import { readAccounts, type AccountsRead, type Reading } from './accounts.ts';
import type { Answer, Indicator } from './answer.ts';
import { disputesIn } from './disputes.ts';
import type { Query } from './query.ts';
import { asAccounts } from './safe-boxes.ts';
import { saysTheSame } from './search.ts';

/** What the signature of an answer was found to be. */
export type Signature = SaidFound['signatureStatus'];

/** Null where the answer is to our question; otherwise what stands instead of it. */
export function notOurs({ investigation, criteria }: Answer, { requestNumber, search }: Query): Said | null {
  if (investigation !== requestNumber) return noAnswer('unintelligible', { reasonCode: 'foreign-request-number' });
  if (!saysTheSame(criteria, search.criteria))
    return noAnswer('identity-mismatch', { reasonCode: 'criteria-not-echoed' });
  return null;
}

/** Asked, received, and not yet answered. */
export const acknowledged = (): Said => noAnswer('pending', { stage: 'acknowledged' });

interface Told {
  readonly query: Query;
  readonly wanted: readonly string[];
  readonly agency: Agency;
  readonly signature: Signature;
}

/**
 * What an answer with results says (iso20022-auth.md, verdicts). Only COMP may say nothing; a part that found something
 * is a finding that is not whole, and a part without is no answer yet.
 */
export function toSaid(answer: Answer, told: Told): Said {
  const { status, indicators } = answer;
  if (status === 'NRES') return acknowledged();
  const parts = told.wanted.map((message) => partOf(indicators, message, { answer, told }));
  const part = together(parts);
  const common = {
    dropped: { closed: part.closed, unreadable: part.unreadable, minimised: part.foreign + part.access },
    asOf: part.asOf,
    asOfKind: part.asOf === null ? null : ('snapshot' as const),
    signatureStatus: told.signature,
  };
  if (part.assets.length > 0) {
    const complete = status === 'COMP' && part.failure === null;
    return found({ assets: part.assets, sections: [section('accounts', 'found')], complete, ...common });
  }
  if (status === 'PART') return acknowledged();
  const failure = part.failure ?? whyNone(part);
  if (failure !== null) return noAnswer(failure, { sections: [section('accounts', 'no-answer', failure)] });
  return nothing({ signal: signalOf(part), sections: sectionsOfNothing(part), ...common });
}

interface Part extends AccountsRead {
  readonly failure: Reason | null;
}

const none: AccountsRead = { assets: [], asOf: null, closed: 0, access: 0, foreign: 0, unreadable: 0 };

/** Everything said about one wanted message; several parties may answer through one register. */
function partOf(
  indicators: readonly Indicator[],
  message: string,
  { answer, told }: { readonly answer: Answer; readonly told: Told },
): Part {
  const about = indicators.filter((each) => each.message === message);
  if (about.length === 0) return { ...none, failure: 'incomplete' };
  return together(about.map((each) => readOne(each, { answer, told })));
}

function readOne(
  { message, status, result }: Indicator,
  { answer, told }: { readonly answer: Answer; readonly told: Told },
): Part {
  if (status === 'NFOU') return { ...none, failure: null };
  if (status === 'NOAP') return { ...none, failure: 'ambiguous' };
  if (result === null) return { ...none, failure: 'unintelligible' };
  const { query, agency } = told;
  const { debtor } = query.inquiry;
  const isBoxes = message.startsWith('fin.002.');
  const reading: Reading = {
    holds: isBoxes ? 'safe-boxes' : 'accounts',
    debtor,
    rule: query.search.rule,
    bankName: agency.nameZh,
    investigation: query.requestNumber,
    disputes: disputesIn(answer.supplements, debtor),
  };
  return readOrNot(() => ({ ...readAccounts(isBoxes ? asAccounts(result) : result, reading), failure: null }));
}

/** One party's extension that cannot be read leaves the others what they are; it is never taken for empty. */
function readOrNot(read: () => Part): Part {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { ...none, failure: error.reason };
  }
}

function together(parts: readonly Part[]): Part {
  const sum = (count: (part: Part) => number): number => parts.reduce((total, part) => total + count(part), 0);
  return {
    assets: parts.flatMap(({ assets }) => assets),
    asOf: parts.find(({ asOf }) => asOf !== null)?.asOf ?? null,
    closed: sum(({ closed }) => closed),
    access: sum(({ access }) => access),
    foreign: sum(({ foreign }) => foreign),
    unreadable: sum(({ unreadable }) => unreadable),
    failure: parts.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

/** Rows, but none that is the debtor's: nobody said "nothing". */
function whyNone({ unreadable, foreign, closed, access }: Part): Reason | null {
  if (unreadable > 0) return closed + access + foreign > 0 ? 'incomplete' : 'unintelligible';
  return foreign > 0 ? 'identity-mismatch' : null;
}

function signalOf({ closed, access }: Part): string {
  if (access > 0) return 'comp-access-only';
  return closed > 0 ? 'comp-closed-only' : 'comp-nfou';
}

/** The right to dispose of somebody's account is told and not kept as a role, so absence is not proved by it. */
function sectionsOfNothing({ access }: Part) {
  const accounts = section('accounts', 'nothing');
  return access > 0 ? [accounts, section('roles', 'not-asked')] : [accounts];
}
