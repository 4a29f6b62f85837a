import type { RoleName } from '#contracts';
import type { ApiOperation } from './api.ts';

/**
 * Who may do what, written down by hand from the design (domain.md §1, api.md §2.2) and not from the code: a slip in the
 * rules of the code is seen because it disagrees with this table. Looking and acting are told apart by the method; what
 * is neither stands under `special`, by operation.
 */
interface Duty {
  readonly look: readonly RoleName[];
  readonly act: readonly RoleName[];
}

const court: readonly RoleName[] = ['officer', 'approver', 'court-admin'];
const readers: readonly RoleName[] = ['officer', 'approver'];

/** By the tag of the OpenAPI document. */
const duties: Readonly<Record<string, Duty>> = {
  users: { look: ['court-admin'], act: ['court-admin'] },
  cases: { look: court, act: ['officer'] },
  imports: { look: ['officer'], act: ['officer'] },
  searches: { look: [], act: court },
  debtors: { look: court, act: ['officer'] },
  files: { look: readers, act: ['officer', 'clerk'] },
  inquiries: { look: court, act: ['officer'] },
  reports: { look: readers, act: ['officer'] },
  comparisons: { look: readers, act: readers },
  schedules: { look: court, act: ['officer'] },
  answers: { look: readers, act: [] },
  agencies: { look: [...court, 'ops', 'auditor', 'integrator'], act: ['ops'] },
  channels: { look: ['ops', 'integrator'], act: ['ops'] },
  incidents: { look: ['ops', 'integrator'], act: ['ops'] },
  quarantine: { look: ['ops', 'integrator'], act: ['ops'] },
  exports: { look: ['officer'], act: ['officer'] },
  approvals: { look: readers, act: ['officer'] },
  'emergency-reviews': { look: ['approver'], act: ['approver'] },
  retention: { look: ['court-admin'], act: ['court-admin'] },
  'audit-events': { look: ['auditor'], act: ['auditor'] },
  administration: { look: ['court-admin'], act: ['court-admin'] },
  'operations-events': { look: ['ops', 'integrator'], act: [] },
  operators: { look: ['ops', 'integrator'], act: [] },
};

const special: Readonly<Record<string, readonly RoleName[]>> = {
  'answers-raw': ['officer'],
  'approvals-list': court,
  'approvals-read': court,
  'approvalsteps-decide': ['approver'],
  'debtors-mark': ['approver', 'court-admin'],
  'debtors-readMark': ['approver', 'court-admin'],
  'retention-preview': ['ops', 'integrator'],
  'caseofficers-assign': ['officer', 'approver', 'court-admin'],
  'caseofficers-end': ['officer', 'approver', 'court-admin'],
  'handovers-create': ['approver', 'court-admin'],
  'agencies-breakerTransitions': ['ops', 'integrator'],
  'agencies-figures': ['ops', 'integrator'],
  'manualtasks-list': ['officer', 'clerk'],
  'manualtasks-form': ['officer', 'clerk'],
  'manualtasks-answer': ['officer', 'clerk'],
};

/** @throws Error when nobody has said yet who may use it */
export function dutifulRoles({ id, tag, method }: ApiOperation): readonly RoleName[] | 'everybody' {
  if (tag === 'me') return 'everybody';
  const roles = special[id] ?? duties[tag]?.[method === 'GET' ? 'look' : 'act'];
  if (roles) return roles;
  throw new Error(
    `${id} (tag ${tag}): nobody has said who may use it; add the tag or the operation to test/security/duties.ts`,
  );
}
