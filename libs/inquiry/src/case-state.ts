import type { CaseState, Inquiry, Purpose } from '#contracts';

interface AskedIn {
  readonly purpose: Purpose;
  readonly state: CaseState;
  readonly origin: Inquiry['origin'];
}

/**
 * Which purpose a case allows in which state (domain.md L19, L21, L22): a running case is executed or, in cases 执保,
 * preserved; one that was terminated for lack of assets is only looked at again every six months, or when a clue says
 * that there are some; a suspended or concluded one is left alone.
 */
const purposesIn: Readonly<Record<CaseState, readonly Purpose[]>> = {
  'in-progress': ['execution', 'preservation'],
  suspended: [],
  terminated: ['post-termination-requery'],
  resumed: ['execution', 'resumption'],
  concluded: [],
};

export const stateAllows = ({ purpose, state, origin }: AskedIn): boolean =>
  purposesIn[state].includes(purpose) || (state === 'terminated' && purpose === 'resumption' && origin === 'clue');

/** What an officer reads and does where it does not. */
export const wordsOfState: Readonly<Record<CaseState, { readonly detail: string; readonly fix: string }>> = {
  'in-progress': {
    detail: 'The case is in progress (执行中): it is neither terminated nor resumed.',
    fix: 'Choose execution, or preservation in a case 执保.',
  },
  suspended: {
    detail: 'The case is suspended (中止执行): nothing is asked.',
    fix: 'Enter that it was resumed, with the reason, when it was.',
  },
  terminated: {
    detail: 'The case is terminated for lack of assets (终结本次执行程序).',
    fix: 'Choose post-termination-requery, or resumption with the origin clue.',
  },
  resumed: {
    detail: 'The case was resumed (恢复执行).',
    fix: 'Choose execution or resumption.',
  },
  concluded: {
    detail: 'The case is concluded (结案): nothing is asked any more.',
    fix: 'Enter the case under which enforcement goes on.',
  },
};

const nextStates: Readonly<Record<CaseState, readonly CaseState[]>> = {
  'in-progress': ['suspended', 'terminated', 'concluded'],
  suspended: ['resumed', 'terminated', 'concluded'],
  terminated: ['resumed', 'concluded'],
  resumed: ['suspended', 'terminated', 'concluded'],
  concluded: [],
};

/** Whether a case may go from one state to another. A concluded one stays so: what goes on gets a number of its own. */
export const mayBecome = (from: CaseState, to: CaseState): boolean => nextStates[from].includes(to);
