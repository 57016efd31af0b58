/** 窗口: its rows are served by the window and stand in a table of their own, as every process knows it. */
import { shellErrors } from './errors.ts';

export const names = {
  shell: { zh: '窗口', source: '内部用语' },
};
export const contract = {};
export const errors = shellErrors;
