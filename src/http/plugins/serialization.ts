import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';

type BuildSerializers = ReturnType<typeof SerializerSelector>;

/** When the schemas of routes are compiled. A fault in one shows at start only where all are compiled there. */
export type Compiled = 'when used' | 'at start';

const buildAtOnce = SerializerSelector();

/** Makes the serializer of an answer when the first such answer is sent: those of all routes take a good part of a start, and one process sends few kinds. */
const buildWhenUsed: BuildSerializers = (schemas, options) => {
  const compile = buildAtOnce(schemas, options);
  return (route) => {
    let serialize: ReturnType<typeof compile> | undefined;
    return (answer) => (serialize ??= compile(route))(answer);
  };
};

export const buildSerializers = (compiled: Compiled): BuildSerializers => (compiled === 'at start' ? buildAtOnce : buildWhenUsed);
