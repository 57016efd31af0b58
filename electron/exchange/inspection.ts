/** What a look into a package file shows 查看结果: as much as the steps could prove, and what an import would answer. */
import type { exchangeContract } from '../../shared/exchange/contract.ts';
import { errorMessage } from '../../shared/error-table.ts';
import { assertNever } from '../../shared/kernel/assert.ts';
import type { z } from 'zod';
import type { Judged } from './import-terms.ts';
import { kindTitle } from './overdue.ts';
import type { PackageHeader, PackageManifest } from './package-schema.ts';

export type Inspection = z.output<(typeof exchangeContract)['exchange.inspectPackage']['output']>;

export function inspectionOf(judged: Judged): Inspection {
  switch (judged.kind) {
    case 'refused':
    case 'contradiction':
      return { ...shell(judged.header, null), stage: judged.stage, code: judged.code, message: errorMessage(judged.code, judged.params) };
    case 'duplicate':
      return { ...shell(judged.header, null), stage: 'S6', code: 'DUPLICATE_PACKAGE', message: '该包已经接收，再次导入不会重复入账' };
    case 'held':
      return { ...shell(judged.header, null), stage: 'S6', code: 'PACKAGE_GAP', message: `缺少第 ${String(judged.missing)} 号包，导入后将暂存` };
    case 'rejected': {
      const { header, manifest, stage, code, params, faults, rowsSeen, sumSeenFen } = judged.package;
      const rows = faults.map(({ section, line, field, code: faultCode, message, seen }) => ({ section, line, field, code: faultCode, message, seen }));
      return { ...shell(header, manifest), rows: rowsSeen, sum: sumSeenFen, stage, code, message: errorMessage(code, params), faults: rows };
    }
    case 'sound': {
      const { header, manifest, content } = judged.package;
      return { ...shell(header, manifest), rows: content.rows, sum: content.sumFen, stage: 'S10', code: null, message: `${kindTitle(manifest.kind)}，校验无误，可以导入` };
    }
    default:
      return assertNever(judged);
  }
}

function shell(header: PackageHeader | null, manifest: PackageManifest | null): Omit<Inspection, 'stage' | 'code' | 'message'> {
  return {
    header:
      header === null
        ? null
        : {
            from: header.from, to: header.to, county: header.county, epoch: header.epoch, seq: header.seq, packageId: header.pkg_id,
            createdAt: header.created_at, practice: header.practice,
          },
    kind: manifest?.kind ?? null,
    period: manifest?.period ?? null,
    docId: manifest?.doc_id ?? null,
    rows: null,
    sum: null,
    sections: manifest === null ? [] : manifest.sections.map(({ name, rows, bytes }) => ({ name, rows, bytes })),
    faults: [],
  };
}
