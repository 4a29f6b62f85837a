import { Module } from '@nestjs/common';
import { ChannelsController } from './channels.controller.ts';

@Module({ controllers: [ChannelsController] })
export class ChannelsModule {}
