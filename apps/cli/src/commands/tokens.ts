import { pageSchema, type TokenView, tokenMadeSchema, tokenViewSchema } from '#contracts';
import type { ApiClient } from '../api-client.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Output } from '../output.ts';
import { table } from '../table.ts';

export interface TokenWanted {
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly days: number;
  readonly label: string;
  readonly json: boolean;
  readonly now: Date;
}

const dayMs = 86_400_000;

/** Makes a token. On standard output there is nothing but the token, so that it can go straight into a file. */
export async function createToken(output: Output, api: ApiClient, wanted: TokenWanted): Promise<number> {
  const { userId, scopes, days, label, json, now } = wanted;
  const expiresAt = new Date(now.getTime() + days * dayMs).toISOString();
  const made = await api.post('/tokens', { userId, scopes, expiresAt, label }, tokenMadeSchema);
  output.progress(`  ${made.tokenId} for ${made.userId}, ends ${made.expiresAt}; it is shown this once`);
  output.result(json ? JSON.stringify(made, null, 2) : (made.token ?? ''));
  return exitCodes.done;
}

/** The tokens of the own court, newest first. */
export async function listTokens(
  output: Output,
  api: ApiClient,
  { limit, json }: { readonly limit: number; readonly json: boolean },
): Promise<number> {
  const { items } = await api.get(`/tokens?limit=${limit}`, pageSchema(tokenViewSchema));
  if (json) {
    output.result(JSON.stringify(items, null, 2));
    return exitCodes.done;
  }
  const columns = [
    { title: 'token', cell: ({ tokenId }: TokenView) => tokenId },
    { title: 'person', cell: ({ userId }: TokenView) => userId },
    { title: 'label', cell: ({ label }: TokenView) => label },
    { title: 'scopes', most: 48, cell: ({ scopes }: TokenView) => scopes.join(', ') },
    { title: 'ends', cell: ({ expiresAt }: TokenView) => expiresAt },
    { title: 'last used', cell: ({ lastUsedOn }: TokenView) => lastUsedOn ?? 'never' },
    { title: 'revoked', cell: ({ revokedAt }: TokenView) => revokedAt ?? '' },
  ];
  for (const line of table(columns, items)) output.result(line);
  output.result(`  ${items.length} shown`);
  return exitCodes.done;
}

/** From now on it opens nothing. */
export async function revokeToken(
  output: Output,
  api: ApiClient,
  { tokenId, json }: { readonly tokenId: string; readonly json: boolean },
): Promise<number> {
  const view = await api.remove(`/tokens/${encodeURIComponent(tokenId)}`, tokenViewSchema);
  output.result(json ? JSON.stringify(view, null, 2) : `  ${view.tokenId} revoked ${view.revokedAt ?? ''}`);
  return exitCodes.done;
}
