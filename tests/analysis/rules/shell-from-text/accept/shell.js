const { exec, spawn } = require("child_process");
exec("ls");
spawn("ls", [path]);
spawn(`${folder}/tool`, [path], { shell: false });
pattern.exec("a" + text);
