import { z } from 'zod';

/**
 * in-progress 执行中, suspended 中止执行, terminated 终结本次执行程序 (终本: closed for lack of assets, to be resumed when some
 * appear), resumed 恢复执行, concluded 结案.
 */
export const caseStates = ['in-progress', 'suspended', 'terminated', 'resumed', 'concluded'] as const;
export const caseStateSchema = z.enum(caseStates);
export type CaseState = z.infer<typeof caseStateSchema>;
