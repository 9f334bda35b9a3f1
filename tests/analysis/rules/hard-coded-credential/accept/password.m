void start(void) {
    NSString *password = @"changeme";
    self.apiKey = [self load:@"k4tz3!Ba9um"];
}
