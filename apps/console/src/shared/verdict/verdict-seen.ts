import type { CoverageLine, NotAskedCause, Reason } from '#contracts';

/**
 * A verdict as it may be shown. The ring belongs to `nothing` alone, and `nothing` needs a line in which the agency said
 * so: there is no way to come to it from an error, an empty list or a default (ux.md V-02, domain.md R1–R3).
 */
export type VerdictSeen =
  | { readonly verdict: 'found'; readonly count: number | null; readonly complete: boolean | null } // null: not read yet
  | { readonly verdict: 'nothing'; readonly proof: 'established' | 'weak' | 'unread' }
  | { readonly verdict: 'no-answer'; readonly reason: Reason; readonly due: boolean }
  | { readonly verdict: 'not-asked'; readonly cause: NotAskedCause | null };

/** What is read of a line to show its verdict. */
export type LineToShow = Pick<
  CoverageLine,
  | 'verdict'
  | 'reason'
  | 'notAskedCause'
  | 'complete'
  | 'assetCount'
  | 'provesAbsence'
  | 'suspicious'
  | 'dueAt'
  | 'slaBreached'
>;

/** @param at the moment of reading: 尚未反馈 before the due time of the line, 未反馈 after it (V-13); null: as kept */
export function verdictSeen(line: LineToShow, at: string | null): VerdictSeen {
  switch (line.verdict) {
    case 'found':
      return { verdict: 'found', count: line.assetCount, complete: line.complete === true };
    case 'nothing':
      return {
        verdict: 'nothing',
        proof: line.provesAbsence && line.suspicious !== 'all-nothing' ? 'established' : 'weak',
      };
    case 'no-answer': {
      const due = at === null || line.dueAt === null ? line.slaBreached : Date.parse(at) >= Date.parse(line.dueAt);
      const reason = line.reason ?? 'pending';
      return { verdict: 'no-answer', reason: reason === 'pending' && due ? 'overdue' : reason, due };
    }
    case 'not-asked':
      return { verdict: 'not-asked', cause: line.notAskedCause };
  }
}
