export { abilityOf, allows, type Ability, packedRules, type RightsOf } from './ability.ts';
export { handOverFaults, type HandOverFault, type HandOverToJudge } from './hand-over.ts';
export { type CaseFacts, type Rows, rowScopeOf, type RowsOf, sees, sightOf } from './rows.ts';
