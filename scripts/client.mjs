import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import './check-node.mjs';

/**
 * Makes the client of the console from docs/openapi.json: types, one function per operation, and the hooks of
 * react-query. Does nothing when it is made from exactly that document. What it makes is not kept in the repository.
 */
const root = join(import.meta.dirname, '..');
const input = join(root, 'docs/openapi.json');
const path = join(root, 'apps/console/src/api/generated');
const stamp = join(path, '.made-from');

const now = createHash('sha256')
  .update(readFileSync(input))
  .update(readFileSync(import.meta.filename))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== now) {
  await createClient({
    input,
    output: { path, module: { extension: '.ts' } },
    logs: { level: 'silent', file: false },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk', '@tanstack/react-query'],
  });
  // it is written for laxer settings than ours; what uses it is checked against its types all the same
  for (const file of globSync(`${path}/**/*.ts`)) writeFileSync(file, `// @ts-nocheck\n${readFileSync(file, 'utf8')}`);
  writeFileSync(stamp, now);
  process.stderr.write('client: made from docs/openapi.json\n');
}
