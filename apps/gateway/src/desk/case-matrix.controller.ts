import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type CaseMatrix, caseMatrixSchema, idSchema } from '#contracts';
import { z } from 'zod';
import { caseForView } from '../cases/read-case.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { readMatrix } from './read-matrix.ts';

const most = 12;
const usual = 6;
const query = z.strictObject({
  debtorId: idSchema('deb').optional().describe('only inquiries about this debtor'),
  inquiries: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .optional()
    .describe(`the newest so many inquiries: 1 to ${most}, ${usual} without it`),
});
type MatrixQuery = z.infer<typeof query>;

/** Agency × day over the inquiries of a case. */
@ApiTags('cases')
@Controller('api/v1/cases/:caseId/matrix')
export class CaseMatrixController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Which agency said what on which day, over the newest inquiries of a case',
    scope: 'inquiries:read',
    audit: 'case.read',
    status: 200,
    returns: caseMatrixSchema,
    query,
    problems: ['not-found'],
  })
  async read(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Query({ schema: query }) { debtorId, inquiries = usual }: MatrixQuery,
    @InExchange() exchange: Exchange,
  ): Promise<CaseMatrix> {
    await caseForView(this.#gateway, exchange, { caseId, view: 'matrix' });
    return readMatrix(this.#gateway, exchange.caller, { caseId, debtorId: debtorId ?? null, most: inquiries });
  }
}
