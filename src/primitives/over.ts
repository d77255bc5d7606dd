/** Why a wait is ended that nobody needs any more. Without a reason a signal makes an error with its stack, each time. */
export const OVER = 'over';
