import { Module } from '@nestjs/common';
import { KeysController } from './keys.controller.ts';
import { VerifyController } from './verify.controller.ts';

@Module({ controllers: [KeysController, VerifyController] })
export class VerificationModule {}
