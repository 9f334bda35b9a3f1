import { execSync } from "node:child_process";
const view = <pre>{execSync(`ls ${props.path}`)}</pre>; // HERE
