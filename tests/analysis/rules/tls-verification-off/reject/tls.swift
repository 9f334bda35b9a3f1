manager.securityPolicy.allowInvalidCertificates = true // HERE
let trust = DisabledTrustEvaluator() // HERE
