export { type DocumentFormat, renderDocument, TooManyDocuments } from './render.ts';
export { writeList } from './xlsx.ts';
