manager.securityPolicy.allowInvalidCertificates = false
manager.securityPolicy.validatesDomainName = true
let trust = PinnedCertificatesTrustEvaluator()
