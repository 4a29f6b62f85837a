import { Module } from '@nestjs/common';
import { AnomaliesController } from './anomalies.controller.ts';
import { AuditEventsController } from './audit-events.controller.ts';
import { AuditPacksController } from './audit-packs.controller.ts';

@Module({ controllers: [AnomaliesController, AuditEventsController, AuditPacksController] })
export class AuditEventsModule {}
