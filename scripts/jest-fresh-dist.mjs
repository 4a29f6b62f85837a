import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Before the end-to-end specs, which run what was built: builds once, unless dist/ is current. */
export default function freshDist() {
  // oxlint-disable-next-line no-restricted-properties -- the runner's own `test` would build a console whose parts share one id
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, 'build.mjs')], { stdio: 'inherit', env });
  if (status !== 0) throw new Error('the end-to-end specs need a build');
}
