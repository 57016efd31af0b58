/**
 * The policy packs 政策包 of the program: one line each, beside a folder here and a folder of resources/policy. Whatever is wanted of every pack
 * derives from this table; nothing else lists packs. It reads no file.
 * @source shared spec house.md (Policy packs)
 */
import type { PackId } from '../../../shared/eligibility/model.ts';
import type { PackDefinition } from '../pack.ts';
import { definition2022 } from './mof-sta-2022-14/pack.ts';
import { definition2025 } from './mof-sta-2025-07/pack.ts';
import { generalDefinition } from './mof-sta-gac-2019-39/pack.ts';

export const packTable: Readonly<Record<PackId, PackDefinition>> = {
  'mof-sta-gac-2019-39': generalDefinition,
  'mof-sta-2022-14': definition2022,
  'mof-sta-2025-07': definition2025,
};
