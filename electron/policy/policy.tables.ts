/**
 * 政策更正: one row an amendment of policy values, its state and the people who answer for it. One person in both roles, content that changes
 * after it was written, and amendments that take effect out of turn are refused here too.
 */
import { forbiddenAmendmentPairs, separationChecks } from '../../shared/administration/duties.ts';
import { packIds } from '../../shared/eligibility/model.ts';
import { amendmentStates } from '../../shared/policy/amendment.ts';
import type { StateTables } from '../journal/index.ts';
import { sqlTexts } from '../platform/record-table.ts';

export const policyTables: StateTables = {
  capability: 'policy',
  version: 1,
  tables: ['policy_amendment'],
  deciding: [{ tables: ['policy_amendment'], from: ['policy.'] }],
  ddl: `
CREATE TABLE policy_amendment (
  no TEXT PRIMARY KEY CHECK (no GLOB 'ZC-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]'),
  source TEXT NOT NULL CHECK (source IN ('own', 'received')),
  package TEXT,
  signed_by TEXT,
  pack TEXT NOT NULL CHECK (pack IN (${sqlTexts(packIds)})),
  draft TEXT NOT NULL CHECK (json_valid(draft)),
  state TEXT NOT NULL CHECK (state IN (${sqlTexts(amendmentStates)})),
  place INTEGER UNIQUE CHECK (place >= 1),
  proposer TEXT,
  proposed_at TEXT,
  confirmer TEXT,
  confirmed_at TEXT,
  pack_hash TEXT CHECK (length(pack_hash) = 64),
  withdrawn_by TEXT,
  withdrawn_at TEXT,
  withdraw_reason TEXT,
  ${separationChecks(forbiddenAmendmentPairs)},
  CHECK ((source = 'received') = (package IS NOT NULL) AND (source = 'received') = (signed_by IS NOT NULL)),
  CHECK ((state = 'received') = (proposer IS NULL) AND (proposer IS NULL) = (proposed_at IS NULL)),
  CHECK ((state = 'in-force') = (confirmer IS NOT NULL)
    AND (confirmer IS NULL) = (confirmed_at IS NULL) AND (confirmer IS NULL) = (pack_hash IS NULL)),
  CHECK ((state = 'withdrawn') = (withdrawn_by IS NOT NULL)
    AND (withdrawn_by IS NULL) = (withdrawn_at IS NULL) AND (withdrawn_by IS NULL) = (withdraw_reason IS NULL)),
  CHECK ((source = 'received' OR state = 'in-force') = (place IS NOT NULL))
) STRICT;
CREATE TRIGGER policy_amendment_starts BEFORE INSERT ON policy_amendment
WHEN (NEW.source = 'own' AND NEW.state <> 'proposed') OR (NEW.source = 'received' AND NEW.state <> 'received')
  OR EXISTS (SELECT 1 FROM policy_amendment WHERE no = NEW.no)
BEGIN SELECT RAISE(ABORT, 'amendment: begins unconfirmed and once'); END;
CREATE TRIGGER policy_amendment_settled BEFORE UPDATE ON policy_amendment
WHEN OLD.state = NEW.state
BEGIN SELECT RAISE(ABORT, 'amendment: changes only by a step'); END;
CREATE TRIGGER policy_amendment_people BEFORE UPDATE OF proposer, proposed_at ON policy_amendment
WHEN OLD.proposer IS NOT NULL AND (NEW.proposer IS NOT OLD.proposer OR NEW.proposed_at IS NOT OLD.proposed_at)
BEGIN SELECT RAISE(ABORT, 'amendment: the first person stays'); END;
CREATE TRIGGER policy_amendment_in_turn BEFORE UPDATE OF state ON policy_amendment
WHEN NEW.state = 'in-force' AND NEW.place <> (SELECT count(*) + 1 FROM policy_amendment WHERE state = 'in-force')
BEGIN SELECT RAISE(ABORT, 'amendment: takes effect in turn'); END;
CREATE TRIGGER policy_amendment_fixed BEFORE UPDATE OF no, source, package, signed_by, pack, draft ON policy_amendment
BEGIN SELECT RAISE(ABORT, 'amendment: never edited'); END;
CREATE TRIGGER policy_amendment_place BEFORE UPDATE OF place ON policy_amendment
WHEN OLD.place IS NOT NULL AND NEW.place IS NOT OLD.place
BEGIN SELECT RAISE(ABORT, 'amendment: keeps its place'); END;
CREATE TRIGGER policy_amendment_stays BEFORE DELETE ON policy_amendment
BEGIN SELECT RAISE(ABORT, 'amendment: never deleted'); END;
`,
};
