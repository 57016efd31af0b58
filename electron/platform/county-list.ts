/** The counties whose profiles are shipped 县区参数: code and name, for the founding form. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countyProfileSchema } from '../../shared/administration/model.ts';

/** @param resources absolute path of the resources folder */
export function shippedCounties(resources: string): { readonly code: string; readonly name: string }[] {
  const folder = join(resources, 'county');
  return readdirSync(folder)
    .filter((name) => /^[0-9]{6}\.json$/.test(name))
    .sort()
    .map((name) => {
      const { code, name: county } = countyProfileSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      return { code, name: county };
    });
}
