import './scripts/check-node.mjs';

/**
 * Native ES modules (run through `npm run jest`, which sets the flag Node needs). Relative imports name the `.ts` file
 * and `#names` are resolved by the `source` condition of package.json, so there is no resolver and no module mapper.
 */
const project = (displayName, testMatch) => ({
  displayName,
  testMatch: [`<rootDir>/${testMatch}`],
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  // this package has a `source` condition of its own, which leads to its TypeScript
  transformIgnorePatterns: ['/node_modules/(?!eventsource-parser/)'],
  setupFiles: ['reflect-metadata'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/dist.next/', '<rootDir>/.chakong/'],
});

/** @type {import('jest').Config} */
export default {
  projects: [
    project('unit', '{apps/!(console),libs/*}/**/*.spec.ts'),
    {
      ...project('console', 'apps/console/src/**/*.spec.{ts,tsx}'),
      testEnvironment: 'jsdom',
      setupFiles: ['reflect-metadata', '<rootDir>/scripts/jest-browser-parts.mjs'],
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      testEnvironmentOptions: { customExportConditions: ['source', 'browser', 'import'] },
      transform: { '^.+\\.tsx?$': ['@swc/jest', { jsc: { transform: { react: { runtime: 'automatic' } } } }] },
      moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json', 'node'],
      moduleNameMapper: {
        '\\.css$': '<rootDir>/scripts/jest-no-style.mjs',
        // required by the component library, which would get the module of the same name
        '^((?:scroll-into-view-if-needed|compute-scroll-into-view))$': '<rootDir>/node_modules/$1/dist/index.cjs',
      },
    },
    project('architecture', 'test/architecture/**/*.spec.ts'),
    project('integration', 'test/integration/**/*.spec.ts'),
    project('security', 'test/security/**/*.spec.ts'),
    { ...project('e2e', 'test/e2e/**/*.spec.ts'), globalSetup: '<rootDir>/scripts/jest-fresh-dist.mjs' },
    { ...project('browser', 'test/browser/**/*.spec.ts'), globalSetup: '<rootDir>/scripts/jest-fresh-dist.mjs' },
    { ...project('faults', 'test/faults/**/*.spec.ts'), globalSetup: '<rootDir>/scripts/jest-fresh-dist.mjs' },
  ],
  testTimeout: 120_000, // jest takes it only here; a test that hangs is what it is for, not a slow machine
  maxWorkers: 2,
  workerIdleMemoryLimit: '512MB',
  reporters: [
    'default',
    '<rootDir>/scripts/jest-summary.mjs',
    '<rootDir>/scripts/jest-fault-table.mjs',
    '<rootDir>/scripts/jest-security-table.mjs',
  ],
  coverageProvider: 'v8',
  coverageDirectory: 'coverage',
  collectCoverageFrom: ['{apps,libs}/**/src/**/*.ts', '!**/main.ts', '!**/*.spec.ts'],
};
