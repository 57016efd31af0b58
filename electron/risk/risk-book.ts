/** The book of hits 疑点: how the case engine reads, names and words them, and the acts by which a person judges one. */
import { errorMessage } from '../../shared/error-table.ts';
import { refusal } from '../../shared/errors.ts';
import { field } from '../../shared/kernel/record.ts';
import { requiredText } from '../../shared/kernel/schema.ts';
import { riskCases, type RiskAct, type RiskRole, type RiskState } from '../../shared/risk/cases.ts';
import { riskContract } from '../../shared/risk/contract.ts';
import { indicators } from '../../shared/risk/indicators.ts';
import { hitKeySchema } from '../../shared/risk/model.ts';
import { hitName } from '../../shared/risk/words.ts';
import { actsOf, type CaseBook } from '../journal/index.ts';
import { riskHits, type RiskHit } from './risk.tables.ts';

export const riskBook: CaseBook<RiskState, RiskAct, RiskRole, RiskHit> = {
  table: riskCases, rows: 'risk_hit', events: 'risk_hit_event', key: 'hit', keySchema: hitKeySchema, keyOf: ({ hit }) => hit,
  read: (db, hit) => riskHits.find(db, { hit }), limits: { period: 'period' },
  // What is at stake is not known of every hit, and a firm may have several: sums of it would be no money of anybody's.
  amount: null,
  keepReason: ['refresh'], periodOf: ({ period }) => period,
  facts: { run: field.count('判断次序', 1), evidence: field.note('依据资料', 300) },
  sentence: ({ code, params }) => errorMessage(code, params),
  refuse: {
    unknown: (hit) => refusal('HIT_UNKNOWN', { hit: hitName(hit) }),
    unfit: ({ name, indicator }, says) => refusal('HIT_STATE_UNFIT', { name, indicator: indicators[indicator].zh, ...says }),
    samePerson: ({ name, indicator }, says) => refusal('HIT_STATE_UNFIT', { name, indicator: indicators[indicator].zh, state: says.held, act: says.role }),
  },
};

const riskAct = actsOf(riskCases, riskBook, riskContract);
const withEvidence = {
  more: { facts: { evidence: requiredText(300) }, of: ({ evidence }: { readonly evidence: string }) => ({ evidence }) },
  write: ({ entry }: { readonly entry: { readonly facts: { readonly evidence: string } } }) => ({ facts: { evidence: entry.facts.evidence } }),
};

export const riskActs = [riskAct('clear', withEvidence), riskAct('prove', withEvidence), riskAct('refer', withEvidence), riskAct('reopen')];

/** What an answer tells of a hit after an act. */
export function riskTold({ hit, uscc, name, state }: RiskHit) {
  return { hit, uscc, name, state };
}
