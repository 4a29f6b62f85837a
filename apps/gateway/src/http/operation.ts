import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiCookieAuth,
  ApiHeader,
  ApiOperation,
  ApiResponse,
} from '@nestjs/swagger';
import { type ProblemCode, problemStatus, type ScopeName } from '#contracts';
import type { z } from 'zod';
import { actionsOf, type Audited } from '../audit/traces.ts';

/** What a route is, said once: operation.guard.ts enforces it, documents/openapi.ts prints it. */
export interface OperationSpec {
  readonly summary: string;
  /** `any`: every token will do. `public`: nobody needs one; counted per address. */
  readonly scope: ScopeName | 'any' | 'public';
  /** Does as well; the handler then looks closer. */
  readonly orScope?: ScopeName;
  readonly status: 200 | 201 | 202;
  /** What it leaves in the ledger. The answer does not leave before it is there (audit/traces.ts). */
  readonly audit: Audited;
  /** What comes back as JSON; null: something else, named in `media`. */
  readonly returns: z.ZodType | null;
  readonly media?: string;
  /** Its query parameters. Without it every parameter is unknown. */
  readonly query?: z.ZodObject;
  /** multipart/form-data with the one field `file`: a document, or a list of debtors. */
  readonly uploads?: 'document' | 'list';
  /** Creates or sends something: needs an idempotency key. */
  readonly idempotent?: boolean;
  /** Takes a body and changes nothing. */
  readonly reads?: boolean;
  /** Takes a body and may be repeated without harm, as PUT does. */
  readonly takesBody?: boolean;
  /** Changes what has versions: the header If-Match names the one it starts from. */
  readonly versioned?: boolean;
  /** Browsers must have signed in so recently, or sign in again; tokens pass. */
  readonly freshWithinSeconds?: number;
  /** A rate policy beside `default`. */
  readonly policy?: 'inquiries' | 'exports' | 'verify';
  /** Problems beside those that every route may have. */
  readonly problems?: readonly ProblemCode[];
}

export const OPERATION = Symbol('operation');

export function Operation(spec: OperationSpec): MethodDecorator {
  return applyDecorators(
    SetMetadata(OPERATION, spec),
    HttpCode(spec.status),
    ApiOperation({
      summary: spec.summary,
      description: `${rightOf(spec)} ${recordedAs(spec)}`,
    }),
    ...(spec.scope === 'public' ? [] : [ApiBearerAuth('token'), ApiCookieAuth('session')]),
    ...(spec.uploads ? uploadParts(spec.uploads) : []),
    ...(spec.idempotent ? [keyHeader] : []),
    ...(spec.versioned ? [versionHeader] : []),
    ApiResponse({
      status: spec.status,
      description: spec.summary,
      ...(spec.returns
        ? { standardSchema: spec.returns }
        : { content: { [spec.media ?? 'application/json']: { schema: { type: 'string' } } } }),
      ...(spec.status === 200
        ? {}
        : { headers: { Location: { description: 'Where it is from now on.', schema: { type: 'string' } } } }),
    }),
    ...problemParts(spec),
  );
}

const recordedAs = ({ audit }: OperationSpec): string => {
  const actions = actionsOf(audit);
  return actions.length === 0
    ? 'Not in the ledger.'
    : `In the ledger: ${actions.map((action) => `\`${action}\``).join(', ')}.`;
};

const rightOf = ({ scope, orScope }: OperationSpec): string => {
  if (scope === 'any') return 'Any token.';
  if (scope === 'public') return 'Open to everybody: no token.';
  return orScope === undefined ? `Scope \`${scope}\`.` : `Scope \`${scope}\` or \`${orScope}\`.`;
};

const uploaded = {
  document: 'PDF, OFD, JPEG or PNG, at most 20 MB.',
  list: 'A workbook (xlsx) or text (CSV, or as pasted from a spreadsheet), at most 5 MB and 2,000 rows.',
} as const;

function uploadParts(what: keyof typeof uploaded): MethodDecorator[] {
  const file = { type: 'string', format: 'binary', description: uploaded[what] };
  return [
    ApiConsumes('multipart/form-data'),
    ApiBody({ schema: { type: 'object', required: ['file'], properties: { file } } }),
  ];
}

const keyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: true,
  description: 'One per intent; repeating it gives the first answer again.',
  schema: { type: 'string', minLength: 16, maxLength: 128 },
});

const versionHeader = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag of what is changed, as it was read.',
  schema: { type: 'string' },
});

const always: readonly ProblemCode[] = ['rate-limited', 'internal', 'dependency-down'];
const ofSignIn: readonly ProblemCode[] = ['not-signed-in', 'token-expired', 'locked-out'];
const ofKeys: readonly ProblemCode[] = [
  'idempotency-key-required',
  'idempotency-key-in-flight',
  'idempotency-key-reused',
];
const ofBodies: readonly ProblemCode[] = ['csrf', 'malformed', 'validation', 'too-large', 'unsupported-media-type'];

/** One response per status, naming the codes it may carry. */
function problemParts(spec: OperationSpec): MethodDecorator[] {
  const { idempotent, reads, takesBody, versioned, query, scope, freshWithinSeconds, problems = [] } = spec;
  const codes: ProblemCode[] = [
    ...(scope === 'public' ? [] : ofSignIn),
    ...always,
    ...(idempotent ? ofKeys : []),
    ...(idempotent || reads || takesBody || versioned ? ofBodies : []),
    ...(versioned ? (['if-match-required', 'version-mismatch'] as const) : []),
    ...(scope === 'any' || scope === 'public' ? [] : (['not-allowed'] as const)),
    ...(freshWithinSeconds === undefined ? [] : (['step-up-required'] as const)),
    ...(query ? (['validation'] as const) : []),
    'unknown-parameter',
    ...problems,
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => problemStatus[code]);
  return [...byStatus].map(([status, group]) =>
    ApiResponse({
      status,
      description: `Problem: ${group.map((code) => `\`${code}\``).join(', ')}.`,
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );
}
