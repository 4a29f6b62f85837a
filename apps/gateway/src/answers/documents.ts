import type { RegisteredOfficer } from '#contracts';
import { canonicalJson } from '#platform';
import type { Gateway } from '../gateway.ts';
import { ProblemError } from '../http/problem-error.ts';

/** A document that goes with something entered by hand. */
export interface Enclosed {
  readonly fileId: string;
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/**
 * The named documents, in their order.
 * @throws ProblemError `validation` naming every one that is not there, or was uploaded elsewhere
 */
export async function readDocuments(
  { store }: Pick<Gateway, 'store'>,
  { courtCode }: RegisteredOfficer,
  fileIds: readonly string[],
): Promise<Enclosed[]> {
  const documents: Enclosed[] = [];
  const missing: number[] = [];
  for (const [index, fileId] of fileIds.entries()) {
    const file = await store.files.get(fileId);
    if (file?.courtCode === courtCode) documents.push({ fileId, hash: file.view.hash, bytes: file.bytes });
    else missing.push(index);
  }
  if (missing.length === 0) return documents;
  const errors = missing.map((index) => ({
    pointer: `/fileIds/${index}`,
    code: 'unknown-file',
    detail: 'There is no such document of yours.',
    fix: 'Upload it with POST /api/v1/files and take the id from there.',
  }));
  throw new ProblemError('validation', 'Some of the documents are not there.', { errors });
}

/** What was entered, as the first of the raw messages behind its answer; the documents' bytes follow it. */
export const formBytes = (entered: Readonly<Record<string, unknown>>, documents: readonly Enclosed[]): Uint8Array =>
  Buffer.from(
    canonicalJson({ ...entered, documents: documents.map(({ fileId, hash }) => ({ fileId, hash })) }),
    'utf8',
  );
