if (Number.isNaN(a)) one();
if (a === "NaN") two();
b = NaN;
