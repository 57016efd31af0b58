/** The closed table of verbs of the headless interface. */
import { backup, restore } from './backup-verbs.ts';
import { demo } from './demo-verb.ts';
import { channelVerbs } from './epoch-verbs.ts';
import { evaluate } from './evaluate-verb.ts';
import { keyRevoke, keyRotate, keyShow, keyTrust, packageExport, packageImport, packageInspect, packageList } from './exchange-verbs.ts';
import { ledgerVerify, officeInit, officeStatus, operationVerb } from './office-verbs.ts';
import { forecast } from './forecast-verb.ts';
import { reconcile } from './reconcile-verb.ts';
import { report } from './report-verb.ts';
import { explain } from './explain-verb.ts';
import { assess, rosterExport, rosterImport, rosterTemplateVerb } from './roster-verbs.ts';
import { risk } from './risk-verb.ts';
import { sample } from './sample-verb.ts';
import { survey } from './survey-verb.ts';
import type { Verb } from './verb.ts';

export const verbs: readonly Verb[] = [
  evaluate, officeInit, officeStatus, rosterImport, rosterExport, rosterTemplateVerb, assess, explain, survey, operationVerb,
  packageExport, packageImport, packageList, packageInspect, keyShow, keyTrust, keyRotate, keyRevoke, report, reconcile, forecast, risk, sample, ledgerVerify, backup, restore, demo,
  ...channelVerbs,
];
