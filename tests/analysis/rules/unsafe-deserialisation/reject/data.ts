import * as serialize from "node-serialize";
const value: unknown = serialize.unserialize(text as string); // HERE
