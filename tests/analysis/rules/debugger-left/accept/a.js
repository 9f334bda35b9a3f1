const debugger_ = "debugger";
attach(debugger_);
