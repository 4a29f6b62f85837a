import { type PublicJwk, publicJwkSchema } from '#contracts';
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { StoreContext } from './store-context.ts';

/** Public keys with which something was signed. They stay listed when another key signs, or old reports could not be verified. */
export type SigningKeys = {
  /** The one that signs now first, then the older ones. */
  list(): Promise<readonly PublicJwk[]>;
};

const mostKeys = 999;

export const openSigningKeys = ({ db, signer }: StoreContext): SigningKeys => ({
  async list() {
    const { rows } = await sql<{ jwk: unknown }>`SELECT jwk FROM signing_keys WHERE key_id <> ${signer.publicJwk.kid}
      ORDER BY first_used_at DESC, key_id LIMIT ${mostKeys}`.execute(db);
    return [signer.publicJwk, ...rows.map(({ jwk }) => publicJwkSchema.parse(jwk))];
  },
});

/** Lists the key, in the transaction that keeps what it has signed. */
export async function rememberKey({ signer, clock }: StoreContext, tx: Db): Promise<void> {
  const { publicJwk } = signer;
  await sql`INSERT INTO signing_keys (key_id, jwk, first_used_at)
    VALUES (${publicJwk.kid}, ${JSON.stringify(publicJwk)}, ${clock()}) ON CONFLICT DO NOTHING`.execute(tx);
}
