import type { Reason, Section, SectionName } from '#contracts';

/** The verdict of one part of an answer; a reason only with `no-answer` (domain.md §5.6). */
export function section(name: SectionName, verdict: Section['verdict'], reason: Reason | null = null): Section {
  return { name, verdict, reason };
}
