import { execSync } from "child_process";
const out: Buffer = execSync(`ls ${path as string}`); // HERE
