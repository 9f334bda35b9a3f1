const { exec } = require("child_process");
exec("rm -r " + path); // HERE
require("child_process").execSync(`ls ${path}`); // HERE
spawn(`ls ${path}`, [], { shell: true }); // HERE
