import { Module } from '@nestjs/common';
import { OperationsEventsController } from './operations-events.controller.ts';
import { QuarantineController } from './quarantine.controller.ts';
import { SuspicionController } from './suspicion.controller.ts';

@Module({ controllers: [QuarantineController, OperationsEventsController, SuspicionController] })
export class QuarantineModule {}
