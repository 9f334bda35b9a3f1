import { execFileSync } from "child_process";
const out: Buffer = execFileSync("ls", [`${path}`]);
