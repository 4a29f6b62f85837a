import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, type SwaggerDocumentOptions, SwaggerModule } from '@nestjs/swagger';
import { problemSchema } from '#contracts';
import { sha256Hex } from '#platform';
import { z } from 'zod';

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
    .build();
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

/** A schema with an id becomes a component, and is referred to wherever it is used. */
const convert: NonNullable<SwaggerDocumentOptions['standardSchemaConverter']> = (schema, { schemaType }) => {
  if (!(schema instanceof z.ZodType)) return undefined;
  const json = z.toJSONSchema(schema, { io: schemaType, unrepresentable: 'any', reused: 'inline', override: shorten });
  const { $schema: _, $defs = {}, id, ...own } = named(json);
  const components: Record<string, object> = Object.fromEntries(
    Object.entries($defs).map(([name, { id: __, ...definition }]) => [name, definition]),
  );
  if (typeof id !== 'string') return { schema: own, components };
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...components, [id]: own } };
};

/** The pattern of an instant is longer than all the rest, and says no more than its format. */
function shorten({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
}

const schemaDocument = z.looseObject({
  $schema: z.string().optional(),
  id: z.string().optional(),
  $defs: z.record(z.string(), z.looseObject({ id: z.string().optional() })).optional(),
});

/** Shapes that refer to themselves are numbered per schema; in one document they need names of their own. */
function named(json: z.core.JSONSchema.BaseSchema): z.infer<typeof schemaDocument> {
  let text = JSON.stringify(json);
  for (const [name, definition] of Object.entries(json.$defs ?? {})) {
    if (!name.startsWith('__')) continue;
    const own = ownName(name, definition);
    text = text.replaceAll(`"${name}"`, `"${own}"`).replaceAll(`/${name}"`, `/${own}"`);
  }
  return schemaDocument.parse(JSON.parse(text));
}

const ownName = (name: string, definition: unknown): string =>
  `Shape-${sha256Hex(JSON.stringify(definition).replaceAll(name, '')).slice(0, 8)}`;
