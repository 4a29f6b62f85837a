import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type VerifyRequest, verifyRequestSchema, type VerifyView, verifyViewSchema } from '#contracts';
import { equalsConstantTime, verificationCode } from '#platform';
import type { SealedVersion } from '#store';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { Operation } from '../http/operation.ts';

/** Whether a hash or a code from paper belongs to a report of ours. Tells nothing else, to anybody. */
@ApiTags('verification')
@Controller('api/v1/verify')
export class VerifyController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Post()
  @Operation({
    summary: 'Is this hash or code that of a version of ours?',
    scope: 'public',
    audit: { none: 'whoever has the report asks about its seal; nothing of it is kept' },
    status: 200,
    returns: verifyViewSchema,
    reads: true,
    policy: 'verify',
  })
  async verify(@Body({ schema: verifyRequestSchema }) asked: VerifyRequest): Promise<VerifyView> {
    const version = await this.#gateway.store.reports.sealed(asked.reportId);
    if (version === null || !isRight(version, asked)) return { result: 'not-valid' };
    const { sealedAt, signature, supersededBy } = version;
    return { result: 'valid', sealedAt, signed: signature !== null, supersededBy };
  }
}

function isRight(version: SealedVersion, { reportVersion, contentHash, code }: VerifyRequest): boolean {
  const expected = code === undefined ? version.contentHash : verificationCode(version);
  return equalsConstantTime(expected, code ?? contentHash ?? '') && version.reportVersion === reportVersion;
}
