import type { Trial } from './trial.ts';

/** The contract as data: a spec registers these checks, and the kit's own spec runs them on adapters that are wrong. */
export interface Check {
  readonly id: string; // stable, so that documents can cite it
  readonly says: string;
  readonly appliesTo?: (trial: Pick<Trial, 'adapter' | 'mode'>) => boolean;
  readonly run: (trial: Trial) => Promise<void>;
}
