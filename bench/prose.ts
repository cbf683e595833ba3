import type { Random } from './random.js';

const SENTENCES = [
  'The suite in which the step runs today closes at the end of next year and can not be kept open.',
  'The present equipment has reached the end of its life and spare parts are no longer to be had.',
  'Demand for the coming two years exceeds what the registered batch size can give.',
  'The supplier has announced that it gives up the material with twelve months of notice.',
  'A trend in the last annual product quality review shows that the range leaves too little room.',
  'The comparison of three development batches shows no difference in the profile of impurities.',
  'The risk assessment names the temperature and the hold before filtration as the two parameters that matter.',
  'Batches made before the change stay within their shelf life and are not touched by it.',
  'The change came out of a corrective action after a deviation in the second quarter.',
  'Laboratory data at the edges of the new range support the change; the report is attached.',
  'The quality unit at the receiving site has reviewed the plan and agrees to the dates.',
  'Stability data of three batches over six months will be placed in the dossier before implementation.',
] as const;

const GROUNDS = [
  'the report of the comparison shows no difference beyond the noise of the method',
  'the certificate covers this activity at this site',
  'the method does not see what is changed',
  'three batches at the new setting met every criterion',
  'the last inspection covered the activity and was closed without observations',
] as const;

/** So many different sentences of an author's reasons, one a line. */
export function sentences(count: number, random: Random): readonly string[] {
  const left = [...SENTENCES] as string[];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(random.between(0, left.length - 1), 1).join(''),
  );
}

/** Why an answer is as it is. */
export function grounds(random: Random): string {
  return random.pick(GROUNDS);
}
