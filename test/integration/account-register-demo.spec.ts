import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHttp } from '#adapter-kit';
import { inquiryAbout } from '#conformance';
import { agencySchema, channelConfigSchema, type Ticketed } from '#contracts';
import { createSecrets, loadAgencies, loadChannels } from '#platform';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSimulator, truthOf } from '../../apps/simulator/src/index.ts';
import { iso20022Auth } from '../../libs/adapters/src/iso20022-auth/adapter.ts';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => quiet };
const config = new URL('../../config/', import.meta.url).pathname;
const never = new AbortController().signal;

async function configured() {
  const channels = await loadChannels(join(config, 'channels'), channelConfigSchema);
  const agencies = await loadAgencies(join(config, 'agencies'), agencySchema);
  if (!channels.ok || !agencies.ok) throw new Error('the configuration cannot be used');
  const channel = channels.values.find(({ channelId }) => channelId === 'register-national')!;
  return { channel, agency: agencies.values.find(({ channelId }) => channelId === channel.channelId)! };
}

describe('the account register of the configuration', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), `chakong-register-${process.pid}-`));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is asked with keys that the demo makes up, product and simulator each for itself', async () => {
    const { channel, agency } = await configured();
    const secretsOf = () =>
      createSecrets({ variables: new Map(), secretsDir: folder, generateIn: join(folder, 'made') });
    const ours = new Map<string, string>();
    for (const name of ['register-national-court-private-key', 'register-national-register-public-key']) {
      const found = await secretsOf()(name);
      ours.set(name, found.ok ? found.value : '');
    }
    const simulator = await startSimulator({
      ...{ port: 0, seed: 1, agencies: [agency], channels: [channel], doorsUrl: 'http://127.0.0.1:1' },
      ...{ secret: secretsOf(), pollEveryMs: 0, latencyScale: 0, log: quiet, signal: never, production: false },
    });
    const baseUrl = channel.baseUrl!.replace('http://127.0.0.1:7400', simulator.url);
    const http = openHttp({
      baseUrl,
      maxReplyBytes: 1_000_000,
      connections: 1,
      simulatedHeader: 'x-chakong-simulated',
      allowedNetworks: ['127.0.0.0/8'],
    });
    try {
      const { submit, collect } = iso20022Auth.open({
        settings: iso20022Auth.settings.parse(channel.settings),
        ...{ log: { warn: () => {} }, agencies: new Map(), now: () => new Date('2026-11-01T01:00:00Z') },
        secret: (name) => ours.get(name)!,
      });
      const port = http.portFor(agency, { message: () => {}, simulated: () => {} });
      const asking = { agency, requestNumber: 'R120261101000000000001', http: port };
      const inquiry = inquiryAbout('company');
      let taken: Ticketed = await submit!(inquiry, asking, never);
      for (let time = 1; taken.ticket !== null && time < 5; time += 1) {
        taken = await collect!(inquiry, { ...asking, ticket: taken.ticket }, never);
      }
      const [real] = truthOf({
        seed: 1,
        debtor: { idNumber: inquiry.debtor.ids[0].number },
        agencies: [agency],
      }).agencies;
      expect([taken.said.verdict, taken.said.assets?.length]).toEqual([real!.state, real!.assets.length]);
    } finally {
      await http.close();
      await simulator.stop();
    }
  });
});
