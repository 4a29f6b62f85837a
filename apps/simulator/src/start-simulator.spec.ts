import { afterEach, describe, expect, it } from '@jest/globals';
import { agencySchema, channelConfigSchema, type Agency, type ChannelConfig } from '#contracts';
import { SimulatorRefused } from './simulator-refused.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.ts';
import { syntheticDebtor } from './world/person.ts';
import { truthOf } from './world/truth.ts';

const agency: Agency = agencySchema.parse({
  agencyId: 'vehicle.hu',
  code: '310000',
  nameZh: '示例车辆管理所',
  nameEn: 'Sample Bureau',
  category: 'vehicle',
  region: '310000',
  channelId: 'vehicle-national',
  typicalMs: null,
  promisedMs: null,
});
const channel = (simulated: boolean): ChannelConfig =>
  channelConfigSchema.parse({
    channelId: 'vehicle-national',
    nameZh: '车管',
    nameEn: 'Vehicles',
    adapter: 'vehicle',
    mode: 'call',
    simulated,
    settings: { callerSerialRef: { secret: 'serial' } },
  });
const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => quiet };
const options = (): SimulatorOptions => ({
  port: 0,
  seed: 4,
  agencies: [agency],
  channels: [channel(true)],
  doorsUrl: 'http://127.0.0.1:1',
  secret: () => 'demo',
  pollEveryMs: 0,
  log: quiet,
  signal: new AbortController().signal,
  production: false,
});

describe('the simulator', () => {
  let simulator: Simulator | undefined;
  const start = async (changes: Partial<SimulatorOptions> = {}): Promise<Simulator> => {
    simulator = await startSimulator({ ...options(), ...changes });
    return simulator;
  };
  afterEach(() => simulator?.stop());
  const get = async (path: string): Promise<unknown> => (await fetch(`${simulator?.url}${path}`)).json();

  it('does not start in production', async () => {
    await expect(start({ production: true })).rejects.toThrow(SimulatorRefused);
    await expect(start({ production: true })).rejects.toMatchObject({ code: 'simulator-in-production' });
  });

  it('does not play a channel that is not declared simulated', async () => {
    await start({ channels: [channel(false)] });
    expect((await fetch(`${simulator?.url}/vehicle/310000/services/TmriOutNewAccess`, { method: 'POST' })).status).toBe(
      404,
    );
  });

  it('names the secrets it misses, and takes those the platform resolves', async () => {
    const missing = { ok: false, problem: { name: 'serial', expected: '', fix: '' } } as const;
    await expect(start({ secret: () => Promise.resolve(missing) })).rejects.toThrow('serial');
    await start({ secret: () => Promise.resolve({ ok: true, value: 'demo' }) });
    expect(simulator?.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('stops when its signal aborts', async () => {
    const stopping = new AbortController();
    const { url } = await start({ signal: stopping.signal });
    stopping.abort();
    await simulator?.stop();
    await expect(fetch(`${url}/__magic`)).rejects.toThrow();
  });

  it('tells the ground truth, with the name on record or another', async () => {
    await start();
    const { idNumber } = syntheticDebtor(4, 9);
    expect(await get(`/__truth/${idNumber}`)).toEqual(truthOf({ seed: 4, debtor: { idNumber }, agencies: [agency] }));
    expect(await get(`/__truth/${idNumber}?name=${encodeURIComponent('别人')}`)).toMatchObject({
      debtor: { name: '别人' },
    });
  });

  it('tells its people and its magic debtors', async () => {
    await start();
    expect(await get('/__people/17')).toEqual(syntheticDebtor(4, 17));
    expect(await get('/__people/x')).toEqual({ problems: ['the path is /__people/<number>'] });
    expect(await get('/__magic')).toContainEqual({
      kind: 'natural',
      name: '李四',
      idNumber: '320100198510120237',
      scenario: 'nothing',
    });
  });

  it('forgets its counts when told so', async () => {
    await start();
    await fetch(`${simulator?.url}/__calls`, { method: 'DELETE' });
    expect(await get('/__calls')).toEqual({ agencies: [], requests: {}, forgottenRequests: 0 });
  });

  it('marks what it says about itself, too', async () => {
    await start();
    expect((await fetch(`${simulator?.url}/nowhere`)).headers.get('x-chakong-simulated')).toBe('1');
  });
});
