void start(Manager *manager) {
    manager.securityPolicy.allowInvalidCertificates = YES; // HERE
    manager.securityPolicy.validatesDomainName = NO; // HERE
}
