import { Module } from '@nestjs/common';
import { HoldsController } from './holds.controller.ts';
import { RetentionController } from './retention.controller.ts';

@Module({ controllers: [HoldsController, RetentionController] })
export class RetentionModule {}
