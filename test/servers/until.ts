/** Looks again and again until it is so: servers tell nobody when they are done. */
export const until = async (condition: () => Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
};
