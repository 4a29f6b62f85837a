import type { NewInquiry, ProblemItem } from '#contracts';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import { ProblemError } from '../http/problem-error.ts';
import { unknownAgencies } from './due-policy.ts';
import type { Asked } from './asked.ts';

const longestMs = 366 * 86_400_000;

/**
 * What a schema cannot see: ids that name nothing, a deadline in the past.
 * @throws ProblemError `validation` with everything that is wrong
 */
export async function checkFields(
  gateway: Gateway,
  caller: Caller,
  { body, at }: { readonly body: NewInquiry; readonly at: Date },
): Promise<void> {
  const errors = [
    ...scopeProblems(gateway, body),
    ...dueProblems(body, at),
    ...approverProblems(gateway, caller, body),
    ...(await previousProblems(gateway, caller, body)),
  ];
  if (errors.length === 0) return;
  throw new ProblemError('validation', `${errors.length} ${errors.length === 1 ? 'item does' : 'items do'} not fit.`, {
    errors,
  });
}

export function scopeProblems({ installation }: Gateway, { scope }: Pick<Asked, 'scope'>): ProblemItem[] {
  const known = new Set(installation.agencies.map(({ agencyId }) => agencyId));
  return unknownAgencies(scope, known).map(({ pointer }) => ({
    pointer,
    code: 'unknown-agency',
    detail: 'There is no such agency in the directory.',
    fix: 'Take the id from GET /api/v1/agencies.',
  }));
}

function dueProblems({ dueAt }: NewInquiry, at: Date): ProblemItem[] {
  const left = dueAt === null ? 1 : Date.parse(dueAt) - at.getTime();
  if (left > 0 && left <= longestMs) return [];
  const detail = left > 0 ? 'The deadline is more than a year away.' : 'The deadline has passed.';
  return [
    {
      pointer: '/dueAt',
      code: 'wrong-time',
      detail,
      fix: 'Name a later moment within a year, or null for the usual deadline.',
    },
  ];
}

/** An approver is a person of the same court. Whether one is needed is the guard's affair. */
function approverProblems({ installation }: Gateway, { officer }: Caller, { approverId }: NewInquiry): ProblemItem[] {
  const known = installation.officers.some(
    ({ userId, courtCode }) => userId === approverId && courtCode === officer.courtCode,
  );
  if (approverId === null || known) return [];
  return [
    {
      pointer: '/approverId',
      code: 'unknown-person',
      detail: 'There is no such person at your court.',
      fix: 'Name a person of the register.',
    },
  ];
}

async function previousProblems(
  { store }: Gateway,
  { rows }: Caller,
  { previousInquiryId }: NewInquiry,
): Promise<ProblemItem[]> {
  if (previousInquiryId === null || (await store.inquiries.head(previousInquiryId, rows.read))) return [];
  return [
    {
      pointer: '/previousInquiryId',
      code: 'unknown-inquiry',
      detail: 'There is no such inquiry.',
      fix: 'Check the id.',
    },
  ];
}
