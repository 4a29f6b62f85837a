import { readFileSync } from 'node:fs';
import { scopesOfRole, type ScopeName } from '#contracts';

export type JsonSchema = Readonly<Record<string, any>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: JsonSchema;
}

/** One operation: of the OpenAPI document, or a route outside of it that needs a token all the same. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  /** With `{names}`. */
  readonly path: string;
  readonly tag: string;
  /** One of them is enough; `any`: every token will do. */
  readonly scopes: readonly ScopeName[] | 'any';
  readonly parameters: readonly Parameter[];
  readonly body: { readonly media: string; readonly schema: JsonSchema } | null;
  /** Answers with a page of `items`. */
  readonly isList: boolean;
  readonly isStream: boolean;
  /** Statuses that the document names. */
  readonly statuses: readonly number[];
}

export interface ApiDocument {
  readonly operations: readonly ApiOperation[];
  /** Those that say of themselves that they are open to everybody. Each stands in outside.ts with its reason. */
  readonly open: readonly string[];
  /** Follows `$ref`. */
  resolve(schema: JsonSchema): JsonSchema;
}

export function readApiDocument(): ApiDocument {
  const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8'));
  const resolve = (schema: JsonSchema): JsonSchema =>
    typeof schema['$ref'] === 'string'
      ? resolve(document.components.schemas[schema['$ref'].replace('#/components/schemas/', '')])
      : schema;
  const operations: ApiOperation[] = [];
  const open: string[] = [];
  for (const [path, methods] of Object.entries<Record<string, any>>(document.paths))
    for (const [method, described] of Object.entries<any>(methods))
      if (isOpen(described)) open.push(`${method.toUpperCase()} ${path}`);
      else operations.push(operationOf({ path, method, described, resolve }));
  return { operations, open, resolve };
}

const isOpen = ({ description = '' }: { readonly description?: string }): boolean =>
  description.startsWith('Open to everybody');

interface Described {
  readonly path: string;
  readonly method: string;
  readonly described: any;
  readonly resolve: ApiDocument['resolve'];
}

function operationOf({ path, method, described, resolve }: Described): ApiOperation {
  const { operationId, tags = [], parameters = [], requestBody, responses } = described;
  const [body] = Object.entries<any>(requestBody?.content ?? {});
  const shown = responses['200']?.content ?? {};
  const page = shown['application/json']?.schema;
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    tag: tags[0] ?? 'none',
    scopes: scopesIn(operationId, described),
    parameters: parameters.map((each: any) => ({ ...each, required: each.required ?? false })),
    body: body ? { media: body[0], schema: body[1].schema } : null,
    isList: page !== undefined && 'items' in (resolve(page)['properties'] ?? {}),
    isStream: 'text/event-stream' in shown,
    statuses: Object.keys(responses).map(Number),
  };
}

/** What `@Operation` prints about the scope (apps/gateway/src/http/operation.ts). */
function scopesIn(
  operationId: string,
  { description = '' }: { readonly description?: string },
): ApiOperation['scopes'] {
  if (description.startsWith('Any token.')) return 'any';
  const [, one, other] = /^Scope `([^`]+)`(?: or `([^`]+)`)?\./.exec(description) ?? [];
  const known = Object.values(scopesOfRole).flat();
  const found = [one, other].flatMap((name) => known.find((each) => each === name) ?? []);
  if (one !== undefined && found.length === (other === undefined ? 1 : 2)) return found;
  throw new Error(
    `${operationId}: docs/openapi.json does not say which scope of some role it needs ("Scope \`…\`." or "Any token."); declare the route with @Operation`,
  );
}
