import canonicalize from 'canonicalize';

/** One part of a file that has a hash of its own: its canonical text (RFC 8785), and the hash that the file claims. */
interface Part {
  readonly text: string;
  readonly claimed: string;
}

/** What a file says of itself. Whether it is true is found out by hashing, and by asking the gateway. */
export interface FileClaim {
  readonly reportId: string;
  readonly reportVersion: number;
  readonly contentHash: string;
  readonly parts: readonly Part[];
  /** The content itself is in the file, unmasked and uncut, so that its hash can be held against the version's. */
  readonly isWhole: boolean;
}

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isHash = (value: unknown): value is string => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value);

const without = (members: Members, names: readonly string[]): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));

const partOf = (value: Members, claimed: string): Part => ({ text: canonicalize(value) ?? '', claimed });

function namesOf({ reportId, reportVersion, contentHash }: Members) {
  if (typeof reportId !== 'string' || typeof reportVersion !== 'number' || !isHash(contentHash)) return null;
  return { reportId, reportVersion, contentHash };
}

const outsideOfContent = ['reportId', 'reportVersion', 'supersedes', 'contentHash', 'signature', 'changes'];
const isNothing = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** Null: neither an exported report nor a version of one. */
export function claimOf(value: unknown): FileClaim | null {
  if (!isMembers(value)) return null;
  if (value['documentType'] === 'chakong-export') return exportClaim(value);
  const names = namesOf(value);
  if (names === null) return null;
  return { ...names, parts: [partOf(without(value, outsideOfContent), names.contentHash)], isWhole: true };
}

function exportClaim(file: Members): FileClaim | null {
  const { original, export: about, report, exportHash } = file;
  if (!isMembers(original) || !isMembers(about) || !isMembers(report) || !isHash(exportHash)) return null;
  const names = namesOf(original);
  if (names === null) return null;
  const isWhole = about['mask'] === 'none' && isNothing(about['leftOut']) && isNothing(about['masked']);
  const own = partOf(without(file, ['exportHash', 'exportSignature']), exportHash);
  return { ...names, parts: isWhole ? [own, partOf(report, names.contentHash)] : [own], isWhole };
}
