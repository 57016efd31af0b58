/**
 * The policy 政策 that a reader of resources holds, with its hashes: the shipped files, or through the room above the same files with the office's
 * amendments laid over them. Says which file is broken; opens nothing itself.
 */
import { z } from 'zod';
import type { PackId } from '../../shared/eligibility/model.ts';
import { refuse } from '../../shared/errors.ts';
import { sha256Hex } from '../platform/hash.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { parameterDocumentSchema, type ParameterDocument } from './parameters.ts';
import { loadPolicy, policyFiles, type Policy } from './policy.ts';

/**
 * The policy that a reader holds: as shipped, or through `standingResources` as it stands in an office with its amendments.
 * @throws Refusal POLICY_PACK_BROKEN when a file is missing or has another form
 */
export function officePolicy(resources: ResourceReader): Policy {
  const readText = (path: string): string => resources(path) ?? refuse('POLICY_PACK_BROKEN', { pack: path, fault: '文件缺失' });
  try {
    return loadPolicy(readText, (text) => sha256Hex(text));
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return refuse('POLICY_PACK_BROKEN', { pack: Object.keys(policyFiles.parameters).join('、'), fault: error.message.slice(0, 200) });
    throw error;
  }
}

/** The document of a pack as a reader gives it, with the hash of its text. @throws Refusal POLICY_PACK_BROKEN */
export function packDocument(resources: ResourceReader, pack: PackId): { readonly document: ParameterDocument; readonly hash: string } {
  const path = policyFiles.parameters[pack];
  const text = resources(path) ?? refuse('POLICY_PACK_BROKEN', { pack: path, fault: '文件缺失' });
  const parsed = parameterDocumentSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return refuse('POLICY_PACK_BROKEN', { pack: path, fault: parsed.error.message.slice(0, 200) });
  return { document: parsed.data, hash: sha256Hex(text) };
}
