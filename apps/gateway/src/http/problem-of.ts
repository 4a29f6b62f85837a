import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem-error.ts';

const mediaTypes = 'Send application/json, or multipart/form-data where a file is uploaded.';

/** Codes of Fastify, its parsers and Node that are the caller's doing. */
const callersDoing: Readonly<Record<string, () => ProblemError>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new ProblemError('unsupported-media-type', mediaTypes),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new ProblemError('too-large', 'The body is longer than 1 MB.'),
  FST_REQ_FILE_TOO_LARGE: () => new ProblemError('too-large', 'The file is longer than 20 MB.'),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new ProblemError('malformed', 'The body is empty; JSON is expected.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new ProblemError('malformed', 'The body is not valid JSON.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new ProblemError('malformed', 'Content-Length does not fit the body.'),
  FST_ERR_BAD_URL: () => new ProblemError('malformed', 'The address is not well formed.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new ProblemError('not-found', 'There is nothing at this address.'),
  FST_FILES_LIMIT: () => new ProblemError('malformed', 'One file at a time, in the field `file`.'),
  FST_FIELDS_LIMIT: () => new ProblemError('malformed', 'The upload has only one field, `file`.'),
  FST_PARTS_LIMIT: () => new ProblemError('malformed', 'The upload has only one field, `file`.'),
  FST_INVALID_MULTIPART_CONTENT_TYPE: () => new ProblemError('unsupported-media-type', mediaTypes),
};

/** PostgreSQL away or refusing connections: classes 08 and 57P, and the socket's own codes. */
const awayCode = /^(?:08\w{3}|57P\w{2}|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|connection-lost)$/;

const byStatus: Readonly<Record<number, () => ProblemError>> = {
  400: () => new ProblemError('malformed', 'The request cannot be read.'),
  404: () => new ProblemError('not-found', 'There is nothing at this address.'),
  413: () => new ProblemError('too-large', 'The request is too large.'),
  414: () => new ProblemError('malformed', 'The address is too long.'),
  415: () => new ProblemError('unsupported-media-type', mediaTypes),
};

/**
 * What a failure is for the caller. Known problems pass; what is the caller's doing is said; everything else is
 * `internal`, with the request id only.
 */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const code = codeOf(error);
  const known = callersDoing[code];
  if (known) return known();
  if (error instanceof SyntaxError) return new ProblemError('malformed', 'The body is not valid JSON.');
  if (awayCode.test(code)) {
    return new ProblemError('dependency-down', 'The database does not answer at the moment.', {
      headers: { 'retry-after': '5' },
    });
  }
  if (code === 'key-unknown') {
    return new ProblemError('dependency-down', 'A key is being fetched; the same request works in a moment.', {
      headers: { 'retry-after': '2' },
    });
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  return (
    byStatus[status]?.() ??
    new ProblemError('internal', 'Something went wrong on our side; the request id finds it in the log.')
  );
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Errors of Fastify carry the status they mean. Those of other origin do not, and stay internal. */
const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
