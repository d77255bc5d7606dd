export interface ParticipantsChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** The participants of a chat after a change of them. */
export const changedParticipants = (participants: readonly string[], { added, removed }: ParticipantsChange): readonly string[] => {
  const moved = new Set([...removed, ...added]);
  return [...participants.filter((id) => !moved.has(id)), ...added];
};
