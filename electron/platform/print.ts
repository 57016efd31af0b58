/**
 * The seam of printing 打印: a finished HTML page in, PDF bytes out. The window prints with Electron's own Chromium (print-window.ts), the command line
 * and the tests with an installed one (print-chromium.ts); both give the same terms, so the same page gives the same sheets.
 */

/**
 * Prints one self-contained page: styles inline, fonts and pictures as `data:`. Nothing is fetched and no script runs. Paper size, orientation, margins,
 * page numbers and the digest at the foot are the page's own `@page` rules, margin boxes (`@bottom-center { content: counter(page) }`) included.
 */
export type PrintToPdf = (html: string) => Promise<Uint8Array>;

/** A4 in inches: what a page gets that sets no `@page size`. */
export const paper = { width: 8.27, height: 11.69 } as const;

/** What both printers hand to Chromium. */
export const pdfTerms = { printBackground: true, preferCSSPageSize: true, displayHeaderFooter: false, generateTaggedPDF: true, generateDocumentOutline: false } as const;

/** The policy of a page that is printed: it brings everything along. */
export const printPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
