/** The door of 监督检查. */
export { sampleOf, type SampleDocument, type SampleTerms } from './sample-file.ts';
