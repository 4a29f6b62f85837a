import { networkSchema } from '#contracts';
import { z } from 'zod';
import { sealAlgorithmSchema } from '#contracts';
import { folderSetting, pathSetting, setting, wholeSetting, yesNoSetting } from './environment-variable.ts';

const port = { from: 0, to: 65_535, unit: 'port, 0 picks a free one' };
const bareUrl = (protocols: RegExp) => z.url({ protocol: protocols });
const hostList =
  /^redis\+(?:sentinel|cluster):\/\/(?:[^@/\s]*@)?[^:@/\s,]+(?::\d{1,5})?(?:,[^:@/\s,]+(?::\d{1,5})?)*(?:\/\S*)?$/;
const queueUrl = z.union([bareUrl(/^rediss?$/), z.string().regex(hostList)]);
const hostName = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,39})$/;

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
const keyCommand = jsonText.pipe(z.array(z.string().min(1).max(4_096)).min(1).max(50));

const networkList = z
  .string()
  .max(4_000)
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [asNetwork(part.trim())])))
  .pipe(z.array(networkSchema).max(100));
const asNetwork = (text: string): string =>
  text.includes('/') ? text : `${text}/${text.includes(':') ? '128' : '32'}`;

/** Who we are, where things are and where we listen. */
export const placeSettings = {
  profile: setting(z.enum(['demo', 'development', 'production']), {
    name: 'CHAKONG_PROFILE',
    default: 'production',
    expected: 'demo, development or production',
    meaning: 'production refuses simulated channels, generated keys and the embedded database',
  }),
  databaseUrl: setting(bareUrl(/^postgres(?:ql)?$/).nullable(), {
    name: 'DATABASE_URL',
    default: null,
    expected: 'postgres://user:password@host:port/database',
    isSecret: true,
    meaning: 'system of record; unset: embedded PostgreSQL below CHAKONG_DATA_DIR',
  }),
  queueUrl: setting(queueUrl.nullable(), {
    name: 'QUEUE_URL',
    default: null,
    expected: 'redis://…, rediss://…, redis+sentinel://hosts/master or redis+cluster://hosts',
    isSecret: true,
    meaning: 'where the queue lives; unset: PostgreSQL at DATABASE_URL',
  }),
  host: setting(z.string().regex(hostName), {
    name: 'CHAKONG_HOST',
    default: '127.0.0.1',
    expected: 'an address or host name without port',
    meaning: 'address that all ports listen on; 0.0.0.0 in a container',
  }),
  port: wholeSetting(port, { name: 'PORT', default: '7300', meaning: 'gateway: console and API' }),
  doorsPort: wholeSetting(port, { name: 'CHAKONG_DOORS_PORT', default: '7301', meaning: 'doors that agencies call' }),
  metricsPort: wholeSetting(port, {
    name: 'CHAKONG_METRICS_PORT',
    default: '7310',
    meaning: 'worker: health and metrics',
  }),
  simulatorPort: wholeSetting(port, { name: 'CHAKONG_SIMULATOR_PORT', default: '7400', meaning: 'simulated agencies' }),
  simulatorFilesPort: wholeSetting(port, {
    name: 'CHAKONG_SIMULATOR_FILES_PORT',
    default: '7422',
    meaning: 'simulated box (SFTP) of agencies that exchange files, where `demo` and `up` start it',
  }),
  databasePort: wholeSetting(port, { name: 'CHAKONG_DATABASE_PORT', default: '7432', meaning: 'embedded PostgreSQL' }),
  controlUrl: setting(z.union([bareUrl(/^tcp$/), queueUrl]), {
    name: 'CHAKONG_CONTROL_URL',
    default: 'tcp://127.0.0.1:7320',
    expected: 'tcp://host:port or the form of QUEUE_URL',
    isSecret: true,
    meaning: 'control channel between gateway and workers',
  }),
  publicUrl: setting(z.url({ protocol: /^https?$/ }).nullable(), {
    name: 'CHAKONG_PUBLIC_URL',
    default: null,
    expected: 'http://… or https://…',
    meaning: 'address under which people reach the gateway; unset: http://localhost:<PORT>',
  }),
  configDir: folderSetting({
    name: 'CHAKONG_CONFIG_DIR',
    default: 'config',
    meaning: 'channels, agencies, officers',
  }),
  dataDir: folderSetting({
    name: 'CHAKONG_DATA_DIR',
    default: '.chakong',
    meaning: 'embedded database and generated keys',
  }),
  secretsDir: folderSetting({
    name: 'CHAKONG_SECRETS_DIR',
    default: '/run/secrets',
    meaning: 'mounted secrets, one per file',
  }),
  encryptionKeysFile: pathSetting({
    name: 'CHAKONG_ENCRYPTION_KEYS_FILE',
    default: null,
    meaning: 'wrapping keys with ids, first one wraps, all unwrap; unset: generated, not in production',
  }),
  encryptionKeys: setting(z.string().max(65_536).nullable(), {
    name: 'CHAKONG_ENCRYPTION_KEYS',
    default: null,
    expected: '{ keys: [{ id, secret }] } in one line',
    isSecret: true,
    meaning: 'the same keys as a text; read once, so that rotating them needs a restart',
  }),
  keyCommand: setting(keyCommand.nullable(), {
    name: 'CHAKONG_KEY_COMMAND',
    default: null,
    expected: 'program and arguments as a JSON array of texts, such as ["/usr/local/bin/kms-wrap","--key","chakong"]',
    isSecret: true,
    meaning: 'command that wraps and unwraps data keys in a KMS or HSM, in place of keys of our own',
  }),
  keyCommandTimeoutMs: wholeSetting(
    { from: 100, to: 120_000, unit: 'ms' },
    { name: 'CHAKONG_KEY_COMMAND_TIMEOUT_MS', default: '10000', meaning: 'longest time the key command may take' },
  ),
  cipher: setting(sealAlgorithmSchema, {
    name: 'CHAKONG_CIPHER',
    default: 'aes-256-gcm',
    expected: sealAlgorithmSchema.options.join(' or '),
    meaning: 'cipher of new data keys; what another one sealed still opens',
  }),
  dataKeyHours: wholeSetting(
    { from: 1, to: 8_760, unit: 'hours' },
    { name: 'CHAKONG_DATA_KEY_HOURS', default: '24', meaning: 'how long a data key seals before the next takes over' },
  ),
  dataKeySeals: wholeSetting(
    { from: 1_000, to: 1_000_000_000, unit: 'rows' },
    { name: 'CHAKONG_DATA_KEY_SEALS', default: '16777216', meaning: 'how many rows a data key seals at most' },
  ),
  tokensFile: pathSetting({
    name: 'CHAKONG_TOKENS_FILE',
    default: null,
    meaning: 'bearer tokens as hashes, with person and scopes; unset: generated in the demo',
  }),
  trustedProxies: setting(networkList, {
    name: 'CHAKONG_TRUST_PROXY',
    default: '',
    expected: 'addresses or networks such as 10.0.0.5,10.1.0.0/24',
    meaning: 'proxies whose X-Forwarded-For and client certificate header are believed; unset: nobody',
  }),
  doorsCertFile: pathSetting({
    name: 'CHAKONG_DOORS_TLS_CERT_FILE',
    default: null,
    meaning: 'certificate (PEM) of the doors; with it they speak TLS themselves',
  }),
  doorsKeyFile: pathSetting({
    name: 'CHAKONG_DOORS_TLS_KEY_FILE',
    default: null,
    meaning: 'private key (PEM) of the certificate of the doors',
  }),
  doorsClientCaFile: pathSetting({
    name: 'CHAKONG_DOORS_CLIENT_CA_FILE',
    default: null,
    meaning: 'authorities (PEM) whose certificates agencies show at the doors; with TLS nobody comes in without one',
  }),
  doorsClientCertHeader: setting(
    z
      .string()
      .regex(/^[a-z0-9-]{1,60}$/i)
      .transform((name) => name.toLowerCase())
      .nullable(),
    {
      name: 'CHAKONG_DOORS_CLIENT_CERT_HEADER',
      default: null,
      expected: 'the name of a header',
      meaning: 'header in which a trusted proxy hands on the client certificate (PEM, percent-encoded)',
    },
  ),
  allowEmbedded: yesNoSetting({
    name: 'CHAKONG_ALLOW_EMBEDDED',
    default: 'false',
    meaning: 'lets the production profile use the embedded database',
  }),
};
