import { blindIndexes, type Keyring } from '#platform';

/** What the provider calls a session (`sid`) or a person (`sub`), as keyed hashes: the current key's first. */
const marksOf =
  (kind: string) =>
  (keyring: Keyring, issuer: string, value: string): readonly [string, ...string[]] => {
    const [current = '', ...older] = blindIndexes(keyring, kind, JSON.stringify([issuer, value]));
    return [current, ...older];
  };

export const sidMarks = marksOf('session.sid');
export const subMarks = marksOf('session.sub');
export const logoutMarks = marksOf('logout.jti');
