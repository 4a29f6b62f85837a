import { join } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '../apps/console');

/** How the console is bundled. */
export default defineConfig({
  root,
  base: '/console/',
  cacheDir: join(root, '../../node_modules/.vite/console'),
  oxc: { jsx: { runtime: 'automatic' } },
  resolve: { conditions: ['source', 'module', 'browser', 'production'] },
  build: {
    outDir: join(root, '../../dist/console'),
    target: 'chrome90',
    cssTarget: 'chrome90',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      // our libraries only define things, so what nobody uses of them is left out
      treeshake: { moduleSideEffects: (id) => !/\/libs\/[^/]+\/src\//.test(id) },
    },
  },
  server: {
    port: 7600,
    strictPort: true,
    proxy: { '/api': 'http://127.0.0.1:7300', '/auth': 'http://127.0.0.1:7300' },
  },
});
