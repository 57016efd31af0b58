/** Handlers of 风险: judging the roster in the ledger into a file. Judging itself is risk-lines.ts. */
import { refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { riskContract } from '../../shared/risk/contract.ts';
import type { PaidRefunds } from '../eligibility/index.ts';
import { prepared, type HandlersOf } from '../journal/index.ts';
import { writeLineFile } from '../platform/line-file.ts';
import { OutputFault, writeFaultNames } from '../platform/output-file.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { linesOfJudged, type RiskSummary } from './risk-lines.ts';
import { officeGround, wholeSettings } from './risk-office.ts';

export function riskHandlers(paidRefunds: PaidRefunds): HandlersOf<typeof riskContract> {
  return {
    'risk.export': prepared({
      async prepare(env, { period, file: token, settings }) {
        const path = env.resolveFile(token);
        const file = fileNameOf(path);
        const { ground, previous } = officeGround(env, { period, settings: wholeSettings(settings) }, paidRefunds);
        const ends: RiskSummary[] = [];
        const lines = linesOfJudged(ground, env.resources, (summary) => { ends.push(summary); });
        try {
          await writeLineFile(path, lines, env.mayReplace(token));
        } catch (error) {
          if (!(error instanceof OutputFault) || error.fault === 'reader-left') throw error;
          return refuse('RISK_NOT_WRITTEN', { file, reason: writeFaultNames[error.fault] });
        }
        return { ...present(ends[0], 'the end of a roster that was read through'), file, previous };
      },
      apply: (_ctx, _input, written) => written,
    }),
  };
}
