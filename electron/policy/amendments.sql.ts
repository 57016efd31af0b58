/** SQL of policy amendments 政策更正: reading them. Their only writer is the fold of amendment-entries.ts. */
import { amendmentDraftSchema, type AmendmentDraft, type AmendmentState } from '../../shared/policy/amendment.ts';
import type { Database, Row, SqlValue } from '../platform/database.ts';

export type AmendmentRecord = {
  readonly no: string;
  readonly source: 'own' | 'received';
  readonly package: string | null;
  readonly signedBy: string | null;
  readonly draft: AmendmentDraft;
  readonly state: AmendmentState;
  /** Turn in which it took effect in the tax office; null until then. */
  readonly place: number | null;
  readonly proposer: string | null;
  readonly proposedAt: string | null;
  readonly confirmer: string | null;
  readonly confirmedAt: string | null;
  readonly packHash: string | null;
  readonly withdrawnBy: string | null;
  readonly withdrawReason: string | null;
};

/** Newest first. */
export function readAmendments(db: Database): AmendmentRecord[] {
  return db.prepare('SELECT * FROM policy_amendment ORDER BY no DESC').all().map(recordOf);
}

export function readAmendment(db: Database, no: string): AmendmentRecord | null {
  const row = db.prepare('SELECT * FROM policy_amendment WHERE no = @no').get({ no });
  return row === undefined ? null : recordOf(row);
}

/** Those that two people of this office confirmed, in the order in which they took effect. */
export function amendmentsInForce(db: Database): AmendmentRecord[] {
  return db.prepare("SELECT * FROM policy_amendment WHERE state = 'in-force' ORDER BY place").all().map(recordOf);
}

/** Those with a place, in force or received, in its order. */
export function placedAmendments(db: Database): AmendmentRecord[] {
  return db.prepare('SELECT * FROM policy_amendment WHERE place IS NOT NULL ORDER BY place').all().map(recordOf);
}

/** The next number of the year. */
export function nextAmendmentNo(db: Database, year: string): string {
  const row = db.prepare('SELECT count(*) AS given FROM policy_amendment WHERE no GLOB @form').get({ form: `ZC-${year}-*` });
  return `ZC-${year}-${String(Number(row?.['given'] ?? 0n) + 1).padStart(4, '0')}`;
}

function recordOf(row: Row): AmendmentRecord {
  return {
    no: String(row['no']),
    source: String(row['source']) as AmendmentRecord['source'], // CHECK of the table
    package: textOf(row['package']),
    signedBy: textOf(row['signed_by']),
    draft: amendmentDraftSchema.parse(JSON.parse(String(row['draft']))),
    state: String(row['state']) as AmendmentState, // CHECK of the table
    place: typeof row['place'] === 'bigint' ? Number(row['place']) : null,
    proposer: textOf(row['proposer']),
    proposedAt: textOf(row['proposed_at']),
    confirmer: textOf(row['confirmer']),
    confirmedAt: textOf(row['confirmed_at']),
    packHash: textOf(row['pack_hash']),
    withdrawnBy: textOf(row['withdrawn_by']),
    withdrawReason: textOf(row['withdraw_reason']),
  };
}

function textOf(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
