import { Type, type TProperties, type TSchema } from 'typebox';

/** How a surface wraps what succeeded, as far as code that serves several surfaces needs to know. */
export interface SuccessEnvelope {
  /** The schema of an answer with these properties beside the message. */
  schema(properties: TProperties): TSchema;
  /** Such an answer. */
  answer(message: string, properties: object): object;
  done(message: string): object;
}

/**
 * An envelope of constants, a message and what the route answers: `successEnvelope({ success: true })` makes
 * `{success: true, message, ...}`. Schema and answer come from one declaration, so that they agree.
 */
export const successEnvelope = <const Constants extends Readonly<Record<string, string | number | boolean>>>(constants: Constants) => {
  const head = Object.fromEntries(Object.entries(constants).map(([name, value]) => [name, Type.Literal(value)]));
  return {
    schema: <Properties extends TProperties>(properties: Properties) =>
      Type.Object({ ...head, message: Type.String(), ...properties }),
    answer: <const Message extends string, Properties extends object>(message: Message, properties: Properties) => ({
      ...constants,
      message,
      ...properties,
    }),
    /** An answer that is nothing but its message. */
    done: <const Message extends string>(message: Message) => ({ ...constants, message }),
  };
};
