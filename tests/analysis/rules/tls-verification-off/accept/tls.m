void start(Manager *manager) {
    manager.securityPolicy.allowInvalidCertificates = NO;
    manager.securityPolicy.validatesDomainName = YES;
}
