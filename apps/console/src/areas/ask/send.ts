import { approvalsCreate, inquiriesCreate } from '../../api/generated/sdk.gen.ts';
import type { NewInquiryInput } from '../../api/generated/types.gen.ts';
import { failureOf } from '../../shared/api/problem.ts';

const tries = 5;
const pauseMs = 2_000;

export type Sent =
  | { readonly kind: 'inquiry'; readonly inquiryId: string }
  | { readonly kind: 'approval'; readonly approvalId: string };

interface Sending {
  readonly body: NewInquiryInput;
  readonly key: string;
  /** A second person decides first. */
  readonly needsApproval: boolean;
  /** The connection died and nobody knows whether it was accepted: the same is asked again. */
  readonly onUnknown: () => void;
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends an inquiry once, whatever the network does: the same key goes with every try, so a try that was accepted and
 * whose reply was lost is told again and not repeated. Ends with the refusal, or after five tries with the last failure.
 */
export async function send({ body, key, needsApproval, onUnknown }: Sending): Promise<Sent> {
  const headers = { 'Idempotency-Key': key };
  for (let no = 1; ; no += 1) {
    try {
      if (needsApproval) {
        const { data } = await approvalsCreate({
          body: { ...body, reason: body.reason ?? '' },
          headers,
          throwOnError: true,
        });
        return { kind: 'approval', approvalId: data.approvalId };
      }
      const { data } = await inquiriesCreate({ body, headers, throwOnError: true });
      return { kind: 'inquiry', inquiryId: data.inquiryId };
    } catch (error) {
      if (failureOf(error).kind !== 'unreachable' || no === tries) throw error;
      onUnknown();
      await wait(pauseMs);
    }
  }
}
