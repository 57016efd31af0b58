/**
 * The seam of printing 打印: a finished HTML page in, PDF bytes out. The window prints with Electron's own Chromium (print-window.ts), the command line
 * and the tests with an installed one (print-chromium.ts); both take the same paper from here, so the same page gives the same sheets.
 */

/** Prints one self-contained page: styles inline, fonts and pictures as `data:`; nothing is fetched and no script runs. */
export type PrintToPdf = (page: PrintPage) => Promise<Uint8Array>;

export type PrintPage = {
  readonly html: string;
  /** Set where the paper lies across 横向. */
  readonly landscape?: boolean;
  /** HTML of the strip at the foot; `<span class="pageNumber">` and `<span class="totalPages">` are filled in by Chromium. */
  readonly footer?: string;
};

/** A4 in inches, and margins in inches; a template narrows them further with `@page`. */
export const paper = { width: 8.27, height: 11.69, margins: { top: 0.59, bottom: 0.71, left: 0.59, right: 0.59 } } as const;

/** What both printers hand to Chromium. */
export function pdfTerms(page: PrintPage) {
  return {
    landscape: page.landscape === true,
    printBackground: true,
    preferCSSPageSize: true,
    generateTaggedPDF: true,
    generateDocumentOutline: false,
    displayHeaderFooter: page.footer !== undefined,
    headerTemplate: '<span></span>',
    footerTemplate: page.footer ?? '<span></span>',
  };
}

/** The policy of a page that is printed: it brings everything along. */
export const printPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
