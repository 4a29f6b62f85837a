import { Module } from '@nestjs/common';
import { EmergenciesController } from './emergencies.controller.ts';

@Module({ controllers: [EmergenciesController] })
export class EmergenciesModule {}
