import type { ResolvedSecret } from '../secrets.ts';
import { openSigner, type Signer } from './detached-jws.ts';

export const reportSigningSecret = 'report-signing-private-key';

/**
 * What reports and exports are signed with, from the secret `report-signing-private-key`
 * (docs/decisions/0027-an-export-is-signed-twice.md). The problem is one line that never quotes the key.
 */
export async function readReportSigner(
  secret: (name: string) => Promise<ResolvedSecret>,
): Promise<{ readonly ok: true; readonly signer: Signer } | { readonly ok: false; readonly problem: string }> {
  const found = await secret(reportSigningSecret);
  if (!found.ok) return { ok: false, problem: `${reportSigningSecret}: expected a private key; ${found.problem.fix}` };
  const signer = openSigner(found.value);
  if (signer !== null) return { ok: true, signer };
  const expected = 'an Ed25519 or SM2 private key in PEM (PKCS 8)';
  return {
    ok: false,
    problem: `${reportSigningSecret}: expected ${expected}; make one with: openssl genpkey -algorithm ed25519`,
  };
}
