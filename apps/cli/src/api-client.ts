import { randomUUID } from 'node:crypto';
import { problemSchema, type ProblemItem } from '#contracts';
import type { z } from 'zod';
import { CliError, exitCodes } from './exit-codes.ts';

/** The gateway's HTTP API, seen from the command line: it uses nothing else. */
export interface ApiClient {
  readonly url: string;
  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  /** Each call is one intent with an idempotency key of its own. */
  post<Schema extends z.ZodType>(path: string, body: unknown, schema: Schema): Promise<z.infer<Schema>>;
  /** Takes back what is at the path. */
  remove<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.infer<Schema>>;
  upload<Schema extends z.ZodType>(
    path: string,
    file: { readonly name: string; readonly bytes: Uint8Array },
    schema: Schema,
  ): Promise<z.infer<Schema>>;
  /** The raw stream of an inquiry's events; null when there is nothing more to come. */
  stream(path: string, after: number): Promise<ReadableStream<Uint8Array> | null>;
}

interface ClientOptions {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
  readonly language: 'zh' | 'en';
}

const deadlineMs = 60_000;

export function openApiClient(options: ClientOptions): ApiClient {
  const { url, token, language, signal } = options;
  const common = { authorization: `Bearer ${token}`, 'accept-language': language === 'zh' ? 'zh-CN' : 'en' };
  const intent = () => ({ ...common, 'idempotency-key': randomUUID() });
  return {
    url,
    get: (path, schema) => exchange(options, { path, headers: common }, schema),
    post: (path, body, schema) =>
      exchange(
        options,
        {
          path,
          method: 'POST',
          headers: { ...intent(), 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
        schema,
      ),
    remove: (path, schema) => exchange(options, { path, method: 'DELETE', headers: common }, schema),
    upload(path, { name, bytes }, schema) {
      const form = new FormData();
      form.append('file', new Blob([Uint8Array.from(bytes)]), name);
      return exchange(options, { path, method: 'POST', headers: intent(), body: form }, schema);
    },
    async stream(path, after) {
      const resume = { 'last-event-id': String(after) };
      const headers = { ...common, ...resume, accept: 'text/event-stream' };
      const response = await send(options, { path, headers, signal });
      return response.status === 204 ? null : response.body;
    },
  };
}

type Call = RequestInit & { readonly path: string };

async function exchange<Schema extends z.ZodType>(
  options: ClientOptions,
  call: Call,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(deadlineMs)]);
  const response = await send(options, { ...call, signal });
  return schema.parse(await response.json());
}

async function send({ url, signal }: ClientOptions, { path, ...init }: Call): Promise<Response> {
  const response = await fetch(`${url}/api/v1${path}`, init).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new CliError('gateway-away', `No gateway answers at ${url}.`, {
      exitCode: exitCodes.failed,
      fix: 'Start one with: npm start   (or name another with --url)',
    });
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response: Response): Promise<CliError> {
  const exitCode = response.status === 401 || response.status === 403 ? exitCodes.notAllowed : exitCodes.failed;
  const read = problemSchema.safeParse(await response.json().catch(() => ({ status: response.status })));
  if (!read.success)
    return new CliError('gateway-error', `The gateway replied ${response.status}.`, {
      exitCode,
      fix: 'Look into its log.',
    });
  const { code, title, detail, errors, requestId } = read.data;
  const items = errors.map(({ pointer, parameter, detail: what, fix }: ProblemItem) =>
    `  ${pointer ?? parameter ?? ''}  ${what} ${fix}`.trimEnd(),
  );
  return new CliError(code, [`${title}: ${detail}`, ...items].join('\n'), {
    exitCode,
    fix: `request ${requestId}`,
    itemCodes: errors.map((item) => item.code),
  });
}
