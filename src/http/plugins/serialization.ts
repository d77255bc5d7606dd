import { SerializerSelector } from '@fastify/fast-json-stringify-compiler';

type BuildSerializers = ReturnType<typeof SerializerSelector>;

/** When the schemas of routes are compiled. A fault in one shows at start only where all are compiled there. */
export type Compiled = 'when used' | 'at start';

const buildAtOnce = SerializerSelector();

type Serialize = ReturnType<ReturnType<BuildSerializers>>;

/** By the names of the schemas that an answer's may refer to. A name has one schema, so that apps of one process share serializers. */
const shared = new Map<string, WeakMap<object, Serialize>>();

const sharedAmong = (names: string): WeakMap<object, Serialize> => {
  const known = shared.get(names) ?? new WeakMap<object, Serialize>();
  shared.set(names, known);
  return known;
};

/** Makes the serializer of an answer when the first such answer is sent: those of all routes take a good part of a start, and one process sends few kinds. */
const buildWhenUsed: BuildSerializers = (schemas, options) => {
  const compile = buildAtOnce(schemas, options);
  const made = sharedAmong(typeof schemas === 'object' && schemas !== null ? Object.keys(schemas).sort().join(' ') : '');
  return (route) => {
    const { schema } = route;
    // A schema may be true or false.
    if (typeof schema !== 'object' || schema === null) return compile(route);
    const known = made.get(schema);
    if (known !== undefined) return known;
    let serialize: Serialize | undefined;
    const whenUsed: Serialize = (answer) => (serialize ??= compile(route))(answer);
    made.set(schema, whenUsed);
    return whenUsed;
  };
};

export const buildSerializers = (compiled: Compiled): BuildSerializers => (compiled === 'at start' ? buildAtOnce : buildWhenUsed);
