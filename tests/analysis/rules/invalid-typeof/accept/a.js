if (typeof a === "undefined") one();
if ("bigint" == typeof a) two();
if (typeof a === typeof b) three();
if (typeof a === kind) four();
