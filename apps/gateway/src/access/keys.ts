import type { BoundKeyring } from '#platform';

/** What seals cookies and marks them as ours. */
export type AccessKeys = Pick<BoundKeyring, 'seal' | 'open' | 'blindIndex' | 'blindIndexes'>;
