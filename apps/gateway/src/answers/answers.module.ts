import { Module } from '@nestjs/common';
import { AnswersController } from './answers.controller.ts';

@Module({ controllers: [AnswersController] })
export class AnswersModule {}
