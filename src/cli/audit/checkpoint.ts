import { signCheckpoints } from '../../commands/audit/sign-checkpoints.js';
import { DONE, FAILED, type Action, type Command } from '../command.js';

const sign: Action<'audit'> = async ({ commands, signer, tree, level }, { print, operator }) => {
  if (signer === null) {
    print('AUDIT is off: there is no tree to sign');
    return FAILED;
  }
  await level();
  const signed = await signCheckpoints({ ...commands, signer, tree })('demand', `operator:${operator}`);
  if (!signed.ok) {
    print(signed.rejection === 'audit-tree-differs' ? 'the tree is not what was signed before: nothing is signed; registrar audit verify says more' : 'the tree does not have all events yet that were signed before: try again in a moment');
    return FAILED;
  }
  if (signed.value === null) print('there is no event of a payment or a coupon yet');
  else for (const line of signed.value.note.trimEnd().split('\n')) print(line);
  return DONE;
};

/** Signs a checkpoint of everything so far. */
export const auditCheckpointCommand: Command<'audit'> = {
  summary: 'signs a checkpoint of all events so far and prints it',
  usage: 'audit checkpoint',
  needs: 'audit',
  parse: (args) => (args.length === 0 ? sign : undefined),
};
