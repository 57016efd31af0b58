/**
 * Handlers of 政策参数 and 政策更正: what stands and since when, proposing, the two confirmations, withdrawing. An amendment takes effect with the
 * second person's confirmation and is never edited; a wrong one is amended by a later one.
 * @source shared spec decisions 15, 16
 */
import type { DeskLine } from '../../shared/kernel/case.ts';
import { amendmentRoleDuties, amendmentRoleNames, forbiddenAmendmentPairs, type AmendmentRole } from '../../shared/administration/duties.ts';
import type { amendmentContract } from '../../shared/policy/amendment-contract.ts';
import { amendmentStateNames, type AmendmentDraft } from '../../shared/policy/amendment.ts';
import { packIds } from '../../shared/eligibility/model.ts';
import { valueFormSays, valueText } from '../../shared/policy/value-forms.ts';
import { refuse } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import { dutyNames } from '../../shared/kernel/office.ts';
import { type Context, type HandlersOf, plain } from '../journal/index.ts';
import { personName } from '../administration/index.ts';
import { amendmentConfirmed, amendmentProposed, amendmentsReceived, amendmentWithdrawn } from './amendment-entries.ts';
import { alreadyHeld, judgeAmendment, standingValue } from './amendments.ts';
import { amendmentsInForce, nextAmendmentNo, placedAmendments, readAmendment, readAmendments, type AmendmentRecord } from './amendments.sql.ts';
import { packDocument, type ParameterDocument } from '../eligibility/index.ts';
import { amendedResources, standingResources } from './policy-in-force.ts';

type Own = Omit<typeof amendmentContract, 'policy.ruleChange'>;

export const amendmentHandlers: HandlersOf<Own> = {
  'policy.parameters': plain((ctx) => ({ packs: packIds.map((pack) => standingPack(ctx, pack)) })),
  'policy.amendments': plain((ctx) => ({ amendments: readAmendments(ctx.db).map((record) => amendmentShown(ctx, record)) })),
  'policy.propose': plain((ctx, { draft }) => {
    const { document } = packDocument(standingResources(ctx.db, ctx.resources), draft.pack);
    const fault = judgeAmendment(document, draft, ctx.today);
    if (fault !== null) throw fault;
    const no = nextAmendmentNo(ctx.db, ctx.today.slice(0, 4));
    ctx.journal.append(amendmentProposed, { key: `eligibility.amendment-proposed/${no}`, subject: no, facts: { no, draft } });
    return shownByNo(ctx, no);
  }),
  'policy.confirm': plain((ctx, { no }) => {
    const found = readAmendment(ctx.db, no) ?? refuse('AMENDMENT_UNKNOWN', { no });
    const role = nextRole(found);
    requireRole(ctx, found, role);
    if (role === 'proposer') {
      ctx.journal.append(amendmentConfirmed, { key: `eligibility.amendment-confirmed/${no}/${role}`, subject: no, facts: { no, role, effect: null } });
      return shownByNo(ctx, no);
    }
    const inForce = amendmentsInForce(ctx.db);
    const place = inForce.length + 1;
    if (found.place !== null && found.place !== place) {
      const earlier = placedAmendments(ctx.db).filter((one) => one.state !== 'in-force' && (one.place ?? 0) < (found.place ?? 0));
      refuse('AMENDMENT_OUT_OF_ORDER', { no, earlier: earlier.map((one) => one.no).join('、') });
    }
    const { document } = packDocument(amendedResources(ctx.resources, inForce), found.draft.pack);
    const fault = found.source === 'received' && alreadyHeld(document, found.draft) ? null : judgeAmendment(document, found.draft, ctx.today);
    if (fault !== null) throw fault;
    const { hash: packHash } = packDocument(amendedResources(ctx.resources, [...inForce, found]), found.draft.pack);
    ctx.journal.append(amendmentConfirmed, {
      key: `eligibility.amendment-confirmed/${no}/${role}`,
      subject: no,
      ...(found.proposer === null ? {} : { checker: found.proposer }),
      facts: { no, role, effect: { place, packHash } },
    });
    return shownByNo(ctx, no);
  }),
  'policy.withdraw': plain((ctx, { no, reason }) => {
    const found = readAmendment(ctx.db, no) ?? refuse('AMENDMENT_UNKNOWN', { no });
    if (found.state !== 'proposed') refuse('AMENDMENT_NOT_OPEN', { no, state: amendmentStateNames[found.state], act: '撤回' });
    ctx.journal.append(amendmentWithdrawn, { key: `eligibility.amendment-withdrawn/${no}`, subject: no, facts: { no, reason } });
    return shownByNo(ctx, no);
  }),
};

/** Amendments that wait for the first or the second person to confirm them. */
export function amendmentsDesk(ctx: Context): readonly DeskLine[] {
  const all = readAmendments(ctx.db);
  return (['received', 'proposed'] as const).flatMap((state) => {
    const waiting = all.filter((one) => one.state === state);
    if (waiting.length === 0) return [];
    const may = amendmentRoleDuties[state === 'received' ? 'proposer' : 'confirmer'];
    const oldest = waiting.flatMap(({ proposedAt }) => (proposedAt === null ? [] : [proposedAt])).sort()[0] ?? null;
    return [{ table: 'policy', state, title: `政策更正${amendmentStateNames[state]}`, may, count: waiting.length, total: null, oldest, dueOn: null, daysLeft: null, overdue: 0 }];
  });
}

/** What a signed package brings that this office does not have yet. @returns the amendments entered */
export function receiveAmendments(ctx: Context, packageId: string, signed: readonly SignedAmendment[]): number {
  const known = placedAmendments(ctx.db).length;
  const amendments = signed.filter(({ place }) => place > known).map(({ no, place, signedBy, draft }) => ({ no, place, signedBy, draft }));
  if (amendments.length === 0) return 0;
  ctx.journal.append(amendmentsReceived, { key: `eligibility.amendments-received/${packageId}`, subject: packageId, origin: 'tax', package: packageId, facts: { packageId, amendments } });
  return amendments.length;
}

/** An amendment in force as the tax office signs it away. */
export type SignedAmendment = { readonly no: string; readonly place: number; readonly signedBy: string; readonly draft: AmendmentDraft };

/** Every amendment in force, in the order in which they took effect. */
export function amendmentsToSend(ctx: Context): SignedAmendment[] {
  return amendmentsInForce(ctx.db).map(({ no, place, draft, proposer, confirmer }) => ({
    no, draft, place: present(place, 'place of an amendment in force'), signedBy: `${personName(ctx.db, proposer) ?? ''}、${personName(ctx.db, confirmer) ?? ''}`,
  }));
}

/** One step: the second person has not yet spoken, or nobody has. @throws Refusal AMENDMENT_NOT_OPEN */
function nextRole(found: AmendmentRecord): AmendmentRole {
  if (found.state === 'received') return 'proposer';
  if (found.state === 'proposed') return 'confirmer';
  return refuse('AMENDMENT_NOT_OPEN', { no: found.no, state: amendmentStateNames[found.state], act: '确认' });
}

/** The duty of the role, and nobody in two roles that exclude each other. */
function requireRole(ctx: Context, found: AmendmentRecord, role: AmendmentRole): void {
  const needed = amendmentRoleDuties[role];
  if (!needed.some((duty) => ctx.actor.duties.includes(duty))) {
    refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title: `确认政策更正（${amendmentRoleNames[role]}）`, needed: needed.map((duty) => dutyNames[duty]).join('、') });
  }
  const held: Readonly<Record<AmendmentRole, string | null>> = { proposer: found.proposer, confirmer: found.confirmer };
  for (const [a, b] of forbiddenAmendmentPairs) {
    const other = role === a ? b : role === b ? a : null;
    if (other !== null && held[other] === ctx.actor.username) {
      refuse('AMENDMENT_SAME_PERSON', { person: ctx.actor.name, no: found.no, held: amendmentRoleNames[other], role: amendmentRoleNames[role] });
    }
  }
}

function shownByNo(ctx: Context, no: string) {
  return amendmentShown(ctx, present(readAmendment(ctx.db, no), 'an amendment just entered'));
}

/** An amendment with its values beside those that stood, or stand, before it. */
function amendmentShown(ctx: Context, record: AmendmentRecord) {
  const { no, source, state, place, draft, signedBy, packHash, proposedAt, confirmedAt, withdrawReason } = record;
  const before = amendmentsInForce(ctx.db).filter((one) => one.no !== no && (state !== 'in-force' || (one.place ?? 0) < (place ?? 0)));
  const { document } = packDocument(amendedResources(ctx.resources, before), draft.pack);
  return {
    no, source, state, place, draft, signedBy, packHash, proposedAt, confirmedAt, withdrawReason,
    package: record.package,
    changes: changesShown(document, draft),
    proposer: personName(ctx.db, record.proposer),
    confirmer: personName(ctx.db, record.confirmer),
    withdrawnBy: personName(ctx.db, record.withdrawnBy),
  };
}

/** The values of a draft beside those that stand in the document. */
export function changesShown(document: ParameterDocument, draft: AmendmentDraft) {
  return draft.changes.map(({ key, unit, value, cites, certainty, note }) => {
    const parameter = document.parameters.find((one) => one.key === key);
    const before = parameter === undefined ? '' : valueText(unit, standingValue(parameter).value);
    return { key, unit, certainty, note, label: parameter?.label ?? key, before, after: valueText(unit, value), cites: [...cites] };
  });
}

function standingPack(ctx: Context, pack: (typeof packIds)[number]) {
  const inForce = amendmentsInForce(ctx.db).filter(({ draft }) => draft.pack === pack);
  const { document, hash } = packDocument(standingResources(ctx.db, ctx.resources), pack);
  const { title, filing, parameters, settings } = document;
  return {
    pack, title, hash,
    from: filing.from,
    until: filing.until,
    shippedHash: packDocument(ctx.resources, pack).hash,
    parameters: parameters.map((parameter) => {
      const { key, label, unit, values } = parameter;
      const shown = values.toSorted((a, b) => (a.issuedOn < b.issuedOn ? 1 : -1)).map(({ value, issuedOn, cites, certainty, note }) => ({
        value, issuedOn, cites, certainty,
        text: valueText(unit, value),
        note: note ?? null,
        amendment: inForce.find(({ draft }) => draft.issuedOn === issuedOn && draft.changes.some((change) => change.key === key))?.no ?? null,
      }));
      const [standing, ...earlier] = shown;
      return { key, label, unit, form: valueFormSays(unit), standing: present(standing, 'a parameter has a value'), earlier };
    }),
    settings: settings.map(({ key, label, unit, value, note }) => ({ key, label, unit, text: valueText(unit, value), note: note ?? null })),
  };
}
