/* An office that answers late: what the program says to a page arrives STANDIN_LATE_MS after it was said, replies and notices in the order in which they
   were said. Finds specs, and pages, that take the screen of before for the answer. Without the variable nothing waits. */
/* global setTimeout */
import process from 'node:process';

const lateMs = Number(process.env.STANDIN_LATE_MS ?? 0);

/** One line to one page. @returns carries a message: at once, or late and never before the one said earlier */
export function lineToPage() {
  let before = Promise.resolve();
  return (deliver) => {
    if (lateMs === 0) return deliver();
    const due = new Promise((resolve) => setTimeout(resolve, lateMs));
    before = Promise.all([before, due]).then(deliver);
    return before;
  };
}
