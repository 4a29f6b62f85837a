import type { Agency } from '#contracts';
import type { Fault, FaultRule } from './fault.ts';

export interface InjectedFault {
  readonly fault: Fault;
  readonly afterMs: number | null;
}

export interface FaultCount extends FaultRule {
  readonly injected: number;
}

/** The faults in force. Rules are tried in the order given, those of one agency before those of a category or of all. */
export interface FaultPlan {
  replace(rules: readonly FaultRule[]): void;
  /** Takes the fault for one exchange and counts it, among the faults that can happen in this place. */
  take(agency: Agency, possible: (fault: Fault) => boolean): InjectedFault | null;
  counts(): readonly FaultCount[];
}

interface Slot {
  readonly rule: FaultRule;
  injected: number;
}

export function openFaultPlan(): FaultPlan {
  let byAgency = new Map<string, Slot[]>();
  let general: Slot[] = [];
  const slots = (): readonly Slot[] => [...[...byAgency.values()].flat(), ...general];

  return {
    replace: (rules) => {
      const all = rules.map((rule): Slot => ({ rule, injected: 0 }));
      general = all.filter(({ rule }) => rule.agencyId === null);
      byAgency = Map.groupBy(
        all.filter(({ rule }) => rule.agencyId !== null),
        ({ rule }) => rule.agencyId ?? '*',
      );
    },
    take: (agency, possible) => {
      const candidates = [...(byAgency.get(agency.agencyId) ?? []), ...general];
      const slot = candidates.find(({ rule, injected }) => {
        const hits = rule.category === null || rule.category === agency.category;
        return hits && possible(rule.fault) && (rule.times === null || injected < rule.times);
      });
      if (slot === undefined) return null;
      slot.injected += 1;
      return { fault: slot.rule.fault, afterMs: slot.rule.afterMs };
    },
    counts: () => slots().map(({ rule, injected }) => ({ ...rule, injected })),
  };
}
