import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Court, Person, Reply } from './court.ts';
import { repository } from './running-process.ts';

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}
interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export interface OperationOfDocument {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  /** Names of what the body may hold; null: it takes none. */
  readonly bodyNames: readonly string[] | null;
  readonly takesFile: boolean;
}

/** Every operation of docs/openapi.json: one that is added there is asked here. */
export function operationsOfDocument(): readonly OperationOfDocument[] {
  const document = JSON.parse(readFileSync(join(repository, 'docs/openapi.json'), 'utf8')) as Document;
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const content = operation.requestBody?.content ?? {};
      const schema = content['application/json']?.schema;
      return {
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        bodyNames: schema ? [...new Set(namesOf(document, schema))] : null,
        takesFile: 'multipart/form-data' in content,
      };
    }),
  );
}

function namesOf(document: Document, schema: Schema): readonly string[] {
  const referred = schema.$ref?.split('/').at(-1);
  const found = referred === undefined ? undefined : document.components?.schemas?.[referred];
  return [
    ...Object.keys(schema.properties ?? {}),
    ...[...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(found ? [found] : [])].flatMap(
      (each) => namesOf(document, each),
    ),
  ];
}

/** What exists, by the name of its parameter, so that requests get beyond the first look-up. */
export type KnownIds = Readonly<Record<string, string>>;

/**
 * The person in every place of one operation where a careless answer, log or table could repeat them: path, query,
 * headers, names and values of the body, text that is no JSON, and the name of a file.
 */
export async function sendCanaries(
  court: Court,
  operation: OperationOfDocument,
  { person, ids }: { readonly person: Person; readonly ids: KnownIds },
): Promise<Reply[]> {
  const { method, parameters, bodyNames, takesFile } = operation;
  const { name, idNumber } = person;
  const pathWith = (value: (parameter: string) => string) =>
    operation.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => encodeURIComponent(value(parameter)));
  const known = pathWith((parameter) => ids[parameter] ?? idNumber);
  const query = parameters.filter((each) => each.in === 'query').map((each) => each.name);
  const text = (value: string) =>
    [...query, name, idNumber].map((each) => `${encodeURIComponent(each)}=${encodeURIComponent(value)}`).join('&');
  const headers = Object.fromEntries(
    parameters.filter((each) => each.in === 'header').map((each) => [each.name, idNumber]),
  );
  const withKey = { 'idempotency-key': randomUUID() };
  const json = { ...withKey, 'content-type': 'application/json' };
  const ask = (path: string, options: Parameters<Court['request']>[2] = {}) => court.request(method, path, options);
  const streams = operation.path.endsWith('/events') && method === 'GET'; // on a known id it would never end
  const replies = [
    await ask(
      pathWith(() => idNumber),
      { headers: withKey },
    ),
    await ask(
      pathWith(() => name),
      { headers: withKey },
    ),
    await ask(`${streams ? pathWith(() => idNumber) : known}?${text(name)}`, { headers: withKey }),
    await ask(
      pathWith(() => idNumber),
      { headers: { ...headers, 'x-request-id': idNumber } },
    ),
  ];
  if (bodyNames) {
    const all = (value: unknown) => ({
      ...Object.fromEntries(bodyNames.map((each) => [each, value])),
      [name]: idNumber,
    });
    for (const value of [[name, idNumber], { [idNumber]: name }, `${name}${idNumber}`])
      replies.push(await ask(known, { body: all(value), headers: { 'idempotency-key': randomUUID() } }));
    replies.push(await ask(known, { raw: `{"${name}": "${idNumber}`, headers: json }));
    replies.push(await ask(known, { raw: name, headers: { ...withKey, 'content-type': `text/${idNumber}` } }));
  }
  if (takesFile) replies.push(...(await sendFiles(court, known, person)));
  return replies;
}

/** A file whose name is the person's, in a form that is refused and in one that is taken. */
async function sendFiles(court: Court, path: string, { name, idNumber }: Person): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const [field, content] of [
    ['file', `%PDF-1.7\n${name} ${idNumber}\n%%EOF\n`],
    ['file', `<html>${name}`],
    [name, `%PDF-1.7\n${idNumber}\n%%EOF\n`],
  ] as const) {
    const boundary = 'canary-boundary';
    const raw = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}${idNumber}.pdf"\r\nContent-Type: application/pdf\r\n\r\n${content}\r\n--${boundary}--\r\n`;
    const headers = {
      'idempotency-key': randomUUID(),
      'content-type': `multipart/form-data; boundary=${boundary}`,
    };
    replies.push(await court.request('POST', path, { raw, headers }));
  }
  return replies;
}
