import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  type CaseNote,
  caseNoteSchema,
  idSchema,
  type NewCaseNote,
  newCaseNoteSchema,
  type Page,
  pageSchema,
} from '#contracts';
import type { CaseNotes } from '#store';
import { z } from 'zod';
import { refusalOfCase } from '../access/looking.ts';
import { actOf } from '../audit/act-of.ts';
import { GATEWAY, type Gateway } from '../gateway.ts';
import { type Exchange, InExchange } from '../http/exchange.ts';
import { Operation } from '../http/operation.ts';
import { linkNext, listName, pageParameters, readPage } from '../http/page.ts';
import { foundOr404 } from '../http/problem-error.ts';

const listQuery = z.strictObject(pageParameters);
const keptSchema = z.object({ noteId: idSchema('note') });

/** What officers wrote down about a case (备注): kept sealed, only ever added. */
@ApiTags('cases')
@Controller('api/v1/cases/:caseId/notes')
export class NotesController {
  readonly #gateway: Gateway;

  constructor(@Inject(GATEWAY) gateway: Gateway) {
    this.#gateway = gateway;
  }

  @Get()
  @Operation({
    summary: 'Notes about a case, newest first',
    scope: 'cases:read',
    audit: 'note.read',
    status: 200,
    returns: pageSchema(caseNoteSchema),
    query: listQuery,
    problems: ['not-found', 'cursor-invalid'],
  })
  async list(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
    @InExchange() exchange: Exchange,
  ): Promise<Page<CaseNote>> {
    const { store, cursors } = this.#gateway;
    const { read: rows } = exchange.caller.rows;
    foundOr404(await store.cases.get(caseId, rows), 'case');
    const page = await readPage(cursors, query, {
      name: listName('case-notes', { caseId }),
      read: (after, limit) => store.caseNotes.list({ caseId, rows, after, limit }),
      positionOf: ({ noteId }) => noteId,
    });
    const detail = { count: page.items.length };
    await store.ledger.record(actOf(exchange, { action: 'note.read', objectId: caseId, caseId, detail }));
    return linkNext(exchange, { ...page, items: page.items.map((note) => this.#viewOf(note)) });
  }

  @Post()
  @Operation({
    summary: 'Write a note; it is never changed and never taken back',
    scope: 'cases:write',
    audit: 'note.written',
    status: 201,
    returns: caseNoteSchema,
    idempotent: true,
    problems: ['not-found'],
  })
  async write(
    @Param('caseId', { schema: idSchema('case') }) caseId: string,
    @Body({ schema: newCaseNoteSchema }) { text }: NewCaseNote,
    @InExchange() exchange: Exchange,
  ): Promise<CaseNote> {
    const { store, intents } = this.#gateway;
    const { caller } = exchange;
    if (!(await store.cases.get(caseId, caller.rows.write))) throw await refusalOfCase(this.#gateway, caller, caseId);
    return intents.once(exchange, {
      act: async (tx) => {
        const note = await store.caseNotes.write(tx, {
          caseId,
          text: text.normalize('NFC'),
          by: caller.officer.userId,
        });
        const { noteId } = note;
        return {
          status: 201,
          location: `/api/v1/cases/${caseId}/notes`,
          view: this.#viewOf(note),
          kept: { noteId }, // the text is free: it is read again from where it is sealed
          acts: [{ action: 'note.written', objectId: noteId, caseId }],
        };
      },
      keeps: keptSchema,
      again: async ({ noteId }) =>
        this.#viewOf(foundOr404(await store.caseNotes.get(noteId, caller.rows.read), 'note')),
    });
  }

  #viewOf(note: NonNullable<Awaited<ReturnType<CaseNotes['get']>>>): CaseNote {
    return { ...note, writerName: this.#gateway.people.find(note.writtenBy)?.name ?? null };
  }
}
