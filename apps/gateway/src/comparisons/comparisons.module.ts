import { Module } from '@nestjs/common';
import { ComparisonsController } from './comparisons.controller.ts';

@Module({ controllers: [ComparisonsController] })
export class ComparisonsModule {}
