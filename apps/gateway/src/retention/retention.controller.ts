import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type RetentionPreview, retentionPreviewSchema } from '#contracts';
import { retentionTimes } from '#platform';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { Operation } from '../http/operation.ts';

/** Removing by age (留存与清理): what would go, in numbers. */
@ApiTags('retention')
@Controller('api/v1/retention')
export class RetentionController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get('preview')
  @Operation({
    summary: 'What the next sweep would remove, and what a legal hold keeps of it',
    scope: 'operations:read',
    audit: { none: 'numbers of what would be removed' },
    status: 200,
    returns: retentionPreviewSchema,
  })
  async preview(): Promise<RetentionPreview> {
    const { store, settings, clock, toInstant } = this.#gateway;
    const now = clock.now();
    const rules: RetentionPreview['rules'] = [];
    for (const { rule, keeps, before } of retentionTimes(settings, now)) {
      const { due, held } = await store.retention.count(rule, before); // one after another: each may look at much
      rules.push({ rule, keeps, before: toInstant(before), due, held });
    }
    return { at: toInstant(now), rules };
  }
}
