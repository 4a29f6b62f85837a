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

/** What a route is, said once: operation.guard.ts enforces it, documents/openapi.ts prints it. */
export interface OperationSpec {
  readonly summary: string;
  /** `any`: every token will do. */
  readonly scope: ScopeName | 'any';
  readonly status: 200 | 201 | 202;
  /** What comes back as JSON; null: something else, named in `media`. */
  readonly returns: z.ZodType | null;
  readonly media?: string;
  /** Its query parameters. Without it every parameter is unknown. */
  readonly query?: z.ZodObject;
  /** multipart/form-data with the one field `file`. */
  readonly uploads?: boolean;
  /** Creates or sends something: needs an idempotency key. */
  readonly idempotent?: boolean;
  /** Takes a body and changes nothing. */
  readonly reads?: boolean;
  /** Browsers must have signed in so recently, or sign in again; tokens pass. */
  readonly freshWithinSeconds?: number;
  /** A rate policy beside `default`. */
  readonly policy?: 'inquiries';
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
      description: spec.scope === 'any' ? 'Any token.' : `Scope \`${spec.scope}\`.`,
    }),
    ApiBearerAuth('token'),
    ApiCookieAuth('session'),
    ...(spec.uploads ? uploadParts : []),
    ...(spec.idempotent ? [keyHeader] : []),
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

const file = { type: 'string', format: 'binary', description: 'PDF, OFD, JPEG or PNG, at most 20 MB.' };
const uploadParts = [
  ApiConsumes('multipart/form-data'),
  ApiBody({ schema: { type: 'object', required: ['file'], properties: { file } } }),
];

const keyHeader = ApiHeader({
  name: 'Idempotency-Key',
  required: true,
  description: 'One per intent; repeating it gives the first answer again.',
  schema: { type: 'string', minLength: 16, maxLength: 128 },
});

const always: readonly ProblemCode[] = [
  'not-signed-in',
  'token-expired',
  'rate-limited',
  'locked-out',
  'internal',
  'dependency-down',
];
const ofKeys: readonly ProblemCode[] = [
  'idempotency-key-required',
  'idempotency-key-in-flight',
  'idempotency-key-reused',
];
const ofBodies: readonly ProblemCode[] = ['csrf', 'malformed', 'validation', 'too-large', 'unsupported-media-type'];

/** One response per status, naming the codes it may carry. */
function problemParts({
  idempotent,
  reads,
  query,
  scope,
  freshWithinSeconds,
  problems = [],
}: OperationSpec): MethodDecorator[] {
  const codes: ProblemCode[] = [
    ...always,
    ...(idempotent ? ofKeys : []),
    ...(idempotent || reads ? ofBodies : []),
    ...(scope === 'any' ? [] : (['not-allowed'] as const)),
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
