import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, type SwaggerDocumentOptions, SwaggerModule } from '@nestjs/swagger';
import * as contracts from '#contracts';
import { sha256Hex } from '#platform';
import { z } from 'zod';

const { problemSchema } = contracts;

const sessionWords =
  'A browser that has signed in at /auth/sign-in. What changes something also needs the header X-CSRF-Token, from GET /api/v1/me.';

/** The API in OpenAPI 3.1, from the same schemas that check every request. */
export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('查控网关 Chakong Gateway')
    .setDescription(
      'One inquiry about one debtor asks every agency and comes back as one report. Problems are RFC 9457; every list has cursors.',
    )
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'ckt_…' }, 'token')
    .addCookieAuth('__Host-chakong', { type: 'apiKey', in: 'cookie', description: sessionWords }, 'session')
    .build();
  nameSchemas();
  const document = SwaggerModule.createDocument(app, config, { standardSchemaConverter: convert, operationIdFactory });
  const problem = convert(problemSchema, { schemaType: 'output' });
  return {
    ...document,
    components: {
      ...document.components,
      schemas: sorted({ ...document.components?.schemas, ...problem?.components }),
    },
  };
}

const operationIdFactory = (controller: string, method: string): string =>
  `${controller.replace('Controller', '').toLowerCase()}-${method}`;

const sorted = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1)));

/** Every schema of the contracts is called what it is called in the code (`newCaseSchema`: `NewCase`), unless it says otherwise. */
function nameSchemas(): void {
  const schemas = Object.entries(contracts).flatMap(([name, schema]) =>
    name.endsWith('Schema') && schema instanceof z.ZodType
      ? [{ name, schema, known: z.globalRegistry.get(schema) }]
      : [],
  );
  const taken = new Set(schemas.map(({ known }) => known?.id));
  for (const { name, schema, known } of schemas) {
    const id = `${name.charAt(0).toUpperCase()}${name.slice(1, -'Schema'.length)}`;
    if (known?.id === undefined && !taken.has(id)) z.globalRegistry.add(schema, { ...known, id });
  }
}

/** A schema with an id becomes a component, and is referred to wherever it is used. What is sent may have another shape
 *  than what is answered (defaults, other spellings), so it has a name of its own. */
const convert: NonNullable<SwaggerDocumentOptions['standardSchemaConverter']> = (schema, { schemaType }) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const json = z.toJSONSchema(schema, { io: schemaType, unrepresentable: 'any', reused: 'inline', override: shorten });
  const { $defs = {} } = json;
  const { own, id } = withoutFrame(json);
  const suffix = schemaType === 'input' ? 'Input' : '';
  const names = new Map(
    Object.entries($defs).map(([name, definition]) => [name, `${ownName(name, definition)}${suffix}`]),
  );
  const components = Object.fromEntries<unknown>(
    Object.entries($defs).map(([name, definition]) => [
      names.get(name) ?? name,
      renamed(withoutFrame(definition).own, names),
    ]),
  );
  if (typeof id !== 'string') return { schema: renamed(own, names), components };
  const called = `${id}${suffix}`;
  return { schema: { $ref: `${place}${called}` }, components: { ...components, [called]: renamed(own, names) } };
};

/** What says where a schema stands alone, and not what it is. */
function withoutFrame(json: object): { readonly own: object; readonly id: unknown } {
  const entries: [string, unknown][] = Object.entries(json);
  const own = Object.fromEntries(entries.filter(([key]) => key !== '$schema' && key !== '$defs' && key !== 'id'));
  return { own, id: entries.find(([key]) => key === 'id')?.[1] };
}

const place = '#/components/schemas/';

/** The pattern of an instant is longer than all the rest, and says no more than its format. */
function shorten({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

/** Shapes that refer to themselves are numbered per schema; in one document they need names of their own. */
const ownName = (name: string, definition: unknown): string =>
  name.startsWith('__') ? `Shape-${sha256Hex(JSON.stringify(definition).replaceAll(name, '')).slice(0, 8)}` : name;

/** The same with every reference leading to its component. */
function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((each) => renamed(each, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]: [string, unknown]) => {
      const [, name] = key === '$ref' && typeof each === 'string' ? (/^#\/\$defs\/(.+)$/.exec(each) ?? []) : [];
      return [key, name === undefined ? renamed(each, names) : `${place}${names.get(name) ?? name}`];
    }),
  );
}
