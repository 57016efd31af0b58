/** Fields by which every list, package and paper names a taxpayer and what the taxpayer is due by. A field is named and bounded here once. */
import { field } from '../kernel/record.ts';
import { sizeNames, routeNames } from './terms.ts';

export const taxpayerFields = {
  uscc: field.coded('统一社会信用代码', /^[0-9A-Z]{15,20}$/, '不是统一社会信用代码'),
  name: field.text('纳税人名称', 200),
  filingPeriod: field.period('申报期'),
  route: field.oneOf('政策依据', routeNames),
  size: field.oneOf('企业规模', sizeNames),
};
