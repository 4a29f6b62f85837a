import { z } from 'zod';

/** Why there is no answer (domain.md §5.2). These codes are stored: none is ever renamed or given another meaning. */
export const reasons = [
  'pending', // 待反馈: asked or about to be asked; nothing went wrong; the due time has not passed
  'overdue', // 逾期未反馈: the promised time has passed
  'timed-out', // 超时: one exchange got no reply inside its deadline
  'breaker-open', // 熔断: nothing was sent, because recent calls failed
  'unavailable', // 不可用: no connection, or the agency reports a fault of its own
  'throttled', // 限流: we ask too often
  'unauthorized', // 未授权: our login, certificate or token is not accepted
  'refused', // 拒绝: understood, and will not be answered
  'returned', // 回退: sent back with a reason and usually somebody to call
  'objected', // 异议: the agency objects in writing
  'clarification-needed', // 需核实: kept open until the officer has been asked
  'ambiguous', // 身份不唯一: the keys fit several persons
  'identity-mismatch', // 身份不符: the answer is about somebody else, or the name cannot be sent unmangled
  'incomplete', // 不完整: parts are missing, and no asset is in the rest
  'unintelligible', // 无法识别: not in the agreed format
  'outside-hours', // 非服务时间: the agency is closed
  'cancelled', // 已撤回: a person stopped the asking
] as const;

export const reasonSchema = z.enum(reasons);
export type Reason = z.infer<typeof reasonSchema>;

interface NoAnswerDetails {
  /** An error code such as ECONNRESET, never a message. */
  readonly cause?: string | undefined;
  /** Our own stable code beside the reason, such as `lossy-encoding`. */
  readonly reasonCode?: string | null;
  readonly retryAfterMs?: number | null;
}

/**
 * The only error an adapter may throw: something went wrong on the way, so nobody said anything.
 * Message and cause carry no personal data and no credentials; whoever catches it may log them.
 */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reason: Reason;
  readonly reasonCode: string | null;
  readonly retryAfterMs: number | null;

  constructor(reason: Reason, message: string, details: NoAnswerDetails = {}) {
    super(message, { cause: details.cause });
    this.reason = reason;
    this.reasonCode = details.reasonCode ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}
