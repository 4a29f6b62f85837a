export { type DocumentFormat, renderDocument, TooManyDocuments } from './render.ts';
