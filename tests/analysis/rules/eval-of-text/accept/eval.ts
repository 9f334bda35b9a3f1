setTimeout((): void => refresh(), 10);
