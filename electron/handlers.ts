/** The handlers of every operation, joined; a missing one does not compile. */
import type { contract } from '../shared/contract.ts';
import { administrationHandlers } from './administration/index.ts';
import type { HandlersOf } from './context.ts';

export const handlers: HandlersOf<typeof contract> = {
  ...administrationHandlers,
};
