export {
  type About,
  type Answer,
  type LedgerMail,
  ledgerOf,
  type NextVersion,
  type Outcome,
  type PatchLedger,
  type Place,
  type Remark,
} from './ledger.ts';
export { firstSentence, type Verdict } from './remarks.ts';
