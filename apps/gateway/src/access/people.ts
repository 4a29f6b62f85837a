import type { CourtTree, RegisteredOfficer } from '#contracts';
import { errorCode, type Log } from '#platform';
import type { RoleChange, RoleChanges } from '#store';
import type { Person } from './caller.ts';

/** Everybody who may sign in, with the roles that count now. */
export interface People {
  find(userId: string): Person | null;
  readonly all: readonly Person[];
}

/** People whose roles are changed while the gateway runs, here or by another gateway. */
export interface LivePeople extends People {
  /** Reads the changes of roles. @throws when the database does not answer: what was known before stays */
  refresh(): Promise<void>;
  /** Reads them again and again until `close`; every replica knows a change within a few seconds. */
  keepFresh(): void;
  close(): void;
}

interface PeopleParts {
  readonly courts: CourtTree;
  readonly roleChanges: Pick<RoleChanges, 'newest'>;
  readonly log: Pick<Log, 'warn'>;
}

const refreshEveryMs = 2_000;

export function openPeople(officers: readonly RegisteredOfficer[], parts: PeopleParts): LivePeople {
  let known = indexed(officers, [], parts.courts);
  let timer: NodeJS.Timeout | undefined;
  const refresh = async () => {
    known = indexed(officers, await parts.roleChanges.newest(), parts.courts);
  };
  const again = () => {
    timer = setTimeout(() => {
      refresh()
        .catch((error: unknown) => parts.log.warn('people.stale', { code: errorCode(error) }))
        .finally(() => timer && again());
    }, refreshEveryMs).unref();
  };
  return {
    find: (userId) => known.get(userId) ?? null,
    get all() {
      return [...known.values()];
    },
    refresh,
    keepFresh: again,
    close() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** The register says who there is; the newest change of roles, if there is one, says which roles they have. */
function indexed(
  officers: readonly RegisteredOfficer[],
  changes: readonly RoleChange[],
  courts: CourtTree,
): ReadonlyMap<string, Person> {
  const rolesNow = new Map(changes.map(({ userId, roles }) => [userId, roles]));
  return new Map(
    officers.map((officer) => {
      const roles = [...(rolesNow.get(officer.userId) ?? officer.roles)];
      return [officer.userId, { ...officer, roles, courts }];
    }),
  );
}
