/** The door of policy 政策参数: the policy in force in an office, amendments of its values, what an amendment changes, and the schedule. */
export { amendmentsToSend, receiveAmendments, type SignedAmendment } from './amendments.service.ts';
export { alreadyHeld, amendedBy, judgeAmendment } from './amendments.ts';
export { placedAmendments } from './amendments.sql.ts';
export { amendedResources, knownPackHashes, standingPolicy, standingResources } from './policy-in-force.ts';
export { loadCountyPlan, type CountyPlan } from './county-plan.ts';
