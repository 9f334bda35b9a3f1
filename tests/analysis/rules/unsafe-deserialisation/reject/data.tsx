import * as serialize from "node-serialize";
const view = <p>{serialize.unserialize(props.text)}</p>; // HERE
