const char *password = NULL;
