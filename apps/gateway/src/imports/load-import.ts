import type { ImportRowState, ImportView } from '#contracts';
import type { StoredImport } from '#store';
import type { Caller } from '../access/caller.ts';
import type { Gateway } from '../gateway.ts';
import { foundOr404 } from '../http/problem-error.ts';
import { isOutdated, missingFields } from './columns.ts';
import { checkRows, judgeRows, type JudgedRow, viewRow } from './judge-rows.ts';

export interface LoadedImport {
  readonly stored: StoredImport;
  readonly rows: readonly JudgedRow[];
}

/**
 * A list and what its rows can be now: cases, people and running inquiries are looked up anew every time.
 * @throws ProblemError `not-found`, also for the list of somebody else and one whose time is over
 */
export async function loadImport(gateway: Gateway, caller: Caller, importId: string): Promise<LoadedImport> {
  const { imports } = gateway.store;
  const stored = foundOr404(await imports.get(importId, caller.officer.userId), 'import');
  const checked = checkRows(stored, stored.mapping);
  const caseNumbers = checked.map((row) => row.checked.caseNumber).filter((number) => number !== '');
  const indexes = checked.flatMap(({ checked: { normalised } }) =>
    normalised === null ? [] : imports.indexesOf(normalised.type, normalised.number),
  );
  const surroundings = await imports.surroundings({ caseNumbers, indexes }, caller.rows.write);
  return { stored, rows: judgeRows(stored, checked, { surroundings, indexesOf: imports.indexesOf }) };
}

export function viewImport({ stored, rows }: LoadedImport): ImportView {
  const { importId, hash, content, mapping, createdAt, expiresAt } = stored;
  const count = (state: ImportRowState) => rows.filter((row) => row.state === state).length;
  const { format, encoding, headers } = content;
  return {
    ...{ importId, format, encoding, hash, createdAt, expiresAt, mapping },
    headers: [...headers],
    templateOutdated: isOutdated(headers),
    missingFields: missingFields(mapping),
    counts: {
      rows: rows.length,
      ready: count('ready'),
      fixable: count('fixable'),
      blocked: count('blocked'),
      sent: count('sent'),
    },
    rows: rows.map(viewRow),
  };
}
