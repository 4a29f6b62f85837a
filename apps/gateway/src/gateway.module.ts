import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AgenciesModule } from './agencies/agencies.module.ts';
import { AnswersModule } from './answers/answers.module.ts';
import { ApprovalsModule } from './approvals/approvals.module.ts';
import { AuditEventsModule } from './audit-events/audit-events.module.ts';
import { CasesModule } from './cases/cases.module.ts';
import { ChannelsModule } from './channels/channels.module.ts';
import { ComparisonsModule } from './comparisons/comparisons.module.ts';
import { DeskModule } from './desk/desk.module.ts';
import { EmergenciesModule } from './emergencies/emergencies.module.ts';
import { ExportsModule } from './exports/exports.module.ts';
import { FilesModule } from './files/files.module.ts';
import { GATEWAY, type Gateway } from './gateway.ts';
import { HealthModule } from './health/health.module.ts';
import { OperationGuard } from './http/operation.guard.ts';
import { IncidentsModule } from './incidents/incidents.module.ts';
import { InquiriesModule } from './inquiries/inquiries.module.ts';
import { MeModule } from './me/me.module.ts';
import { QuarantineModule } from './quarantine/quarantine.module.ts';
import { ReportsModule } from './reports/reports.module.ts';
import { RetentionModule } from './retention/retention.module.ts';
import { ImportsModule } from './imports/imports.module.ts';
import { SchedulesModule } from './schedules/schedules.module.ts';
import { TokensModule } from './tokens/tokens.module.ts';
import { UsersModule } from './users/users.module.ts';
import { VerificationModule } from './verification/verification.module.ts';

@Global()
@Module({})
class PartsModule {}

@Module({})
class GatewayModule {}

/** One module per resource; all of them are given the same parts. Their documentation needs no more than these. */
export function gatewayModule(gateway: Pick<Gateway, 'installation'>): DynamicModule {
  const parts: DynamicModule = {
    module: PartsModule,
    providers: [{ provide: GATEWAY, useValue: gateway }],
    exports: [GATEWAY],
  };
  const resources = [
    CasesModule,
    DeskModule,
    FilesModule,
    InquiriesModule,
    ApprovalsModule,
    EmergenciesModule,
    ReportsModule,
    ComparisonsModule,
    ImportsModule,
    SchedulesModule,
    ExportsModule,
    VerificationModule,
    RetentionModule,
    AnswersModule,
    AgenciesModule,
    ChannelsModule,
    IncidentsModule,
    QuarantineModule,
    AuditEventsModule,
    MeModule,
    UsersModule,
    TokensModule,
    HealthModule,
  ];
  return {
    module: GatewayModule,
    imports: [parts, ...resources],
    providers: [{ provide: APP_GUARD, useClass: OperationGuard }],
  };
}
