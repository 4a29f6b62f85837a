import type { Agency } from '#contracts';
import type { CallReply, Turn } from '../calls/call-profile.ts';
import { drawsFor } from '../random.ts';
import type { Account } from '../world/accounts.ts';
import { holdingsOf } from '../world/holdings.ts';
import type { Scenario } from '../world/scenario.ts';
import { xmlText } from '../xml-tree.ts';
import { accountsDocument } from './account-rows.ts';
import { answerMessage, faultReply, indicator, replyOf, type Asked, type Told } from './register-message.ts';
import { signAnswer } from './signed-messages.ts';

export interface RegisterQuestion {
  readonly seed: number;
  readonly agency: Agency;
  readonly idNumber: string;
  readonly asked: Asked;
  readonly schemes: { readonly person: string; readonly company: string };
  readonly keys: { readonly own: string; readonly stranger: () => string };
  readonly at: string;
}

const accountsMessage = 'supl.027.001.01';
const faults: Partial<Record<Scenario, number>> = {
  'agency-failure': 0,
  unauthorized: 2,
  refused: 5,
  returned: 5,
  'too-large': 6,
  ambiguous: 7,
};
const neverReady: ReadonlySet<Scenario> = new Set(['never', 'clarification', 'nothing-lookalike']);
const lateAfter = 20; // times of asking

/** What the register says when it is asked for the n-th time under one number (iso20022-auth.md, simulator scenarios). */
export function registerReply(question: RegisterQuestion, turn: Turn): CallReply {
  const fault = faultOf(turn);
  if (fault !== null) return fault;
  const { asked, keys, at } = question;
  const told = isReady(question, turn) ? contentOf(question, turn) : notReady(asked);
  const message = answerMessage(asked, { supplements: [], investigation: asked.investigation, at, ...told });
  return replyOf(signAnswer(message, turn.scenario === 'bad-signature' ? keys.stranger() : keys.own), 202);
}

function faultOf({ scenario, count }: Turn): CallReply | null {
  if (scenario === 'our-message-wrong') return faultReply(4, ['InvstgtnPrd']);
  if (scenario === 'throttled') return count === 2 ? faultReply(3) : null;
  if (scenario === 'lost-query') return count === 3 ? faultReply(1) : null;
  if (scenario === 'expired') return count > 1 ? faultReply(8) : null;
  const code = faults[scenario];
  return code === undefined ? null : faultReply(code);
}

/** Registers take their time: up to two times "not yet", the same for the same seed and number. */
function isReady({ seed, agency, asked }: RegisterQuestion, { scenario, count }: Turn): boolean {
  if (neverReady.has(scenario) || (scenario === 'expired' && count === 1)) return false;
  if (scenario === 'late') return count > lateAfter;
  if (scenario === 'lost-query') return count > 3;
  if (scenario === 'throttled') return count > 2;
  return count > drawsFor('register', seed, agency.agencyId, asked.investigation).below(3);
}

/** Not yet. The schema demands an indicator, and so NFOU stands beside NRES. */
const notReady = ({ wanted }: Asked): Pick<Told, 'status' | 'indicators'> => ({
  status: 'NRES',
  indicators: wanted.map((message) => indicator(message, 'NFOU')),
});

type Content = Pick<Told, 'status' | 'indicators'> & Partial<Told>;

function contentOf(question: RegisterQuestion, { scenario, count }: Turn): Content {
  const { seed, agency, idNumber, asked, schemes, at } = question;
  const investigation = isMisdirected(scenario) ? `${asked.investigation.slice(0, -1)}X` : asked.investigation;
  const { accounts } = holdingsOf({ seed, debtor: { idNumber }, agency });
  const hasNone = accounts.length === 0 || scenario === 'failure-told-as-nothing';
  // A wanted message that nothing is said about, while something else is.
  if (scenario === 'half-answer') return { status: 'COMP', indicators: [indicator('fin.002.001.03', 'NFOU')] };
  const others = asked.wanted.filter((each) => each !== accountsMessage).map((each) => indicator(each, 'NFOU'));
  if (hasNone) return { status: 'COMP', indicators: [indicator(accountsMessage, 'NFOU'), ...others], investigation };
  const isPart = scenario === 'changed-answer' && count <= partsUntil;
  const told = isPart ? accounts.slice(0, 1) : accounts;
  const document = accountsDocument(told, { agency, idNumber, schemes, investigation, at, scenario });
  return {
    status: isPart ? 'PART' : 'COMP',
    indicators: [indicator(accountsMessage, document), ...others],
    supplements: scenario === 'disputed' ? [disputeOf(told, agency)] : [],
    investigation,
  };
}

const partsUntil = 4; // times of asking under one number
const isMisdirected = (scenario: Scenario): boolean =>
  scenario === 'wrong-request-number' || scenario === 'foreign-request-number';

/** The first account is disputed (iso20022-auth.md §5). */
function disputeOf([first]: readonly Account[], agency: Agency): string {
  const entity = `<DisputedEntityId>${xmlText('Id', first?.number ?? '')}<Code>ACCT</Code></DisputedEntityId>`;
  const servicer = `<FinancialInstitutionId>${xmlText('Id', agency.code)}<Code>Y</Code></FinancialInstitutionId>`;
  const document = `<Document xmlns="urn:fin.disputed"><Disputed>${entity}${servicer}</Disputed></Document>`;
  return `<SplmtryData><Envlp>${document}</Envlp></SplmtryData>`;
}
