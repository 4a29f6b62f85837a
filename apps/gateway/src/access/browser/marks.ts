import type { AccessKeys } from '../keys.ts';

/** What the provider calls a session (`sid`) or a person (`sub`), as keyed hashes: the current key's first. */
const marksOf =
  (kind: string) =>
  (keyring: Pick<AccessKeys, 'blindIndexes'>, issuer: string, value: string): readonly [string, ...string[]] => {
    const [current = '', ...older] = keyring.blindIndexes(kind, JSON.stringify([issuer, value]));
    return [current, ...older];
  };

export const sidMarks = marksOf('session.sid');
export const subMarks = marksOf('session.sub');
export const logoutMarks = marksOf('logout.jti');
